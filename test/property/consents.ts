import type { Spec, Told } from "./meanings.js";
import { type Random, some } from "./random.js";

/** Files where an older client may have kept its answer. */
const OLDER = ["~/.tool-older.json", "{app_dir}/../older/config.json"];

/** Draws what older clients left: an answer, an identifier that goes on, events that wait. */
export function adoptions(told: Told, random: Random): readonly Spec[] {
  const made = Object.entries(told.identifiers).filter(
    ([, one]) => one["made_from"] === "random" && one["created"] !== "process-start" && one["created"] !== "each-event",
  );
  const [identifier] = made.length === 0 ? [] : random.pick(made);
  const sides = random.pick<Spec>([
    {},
    { enable_when: [false], disable_when: [true] },
    { enable_when: ["enabled"], disable_when: ["disabled"] },
    { disable_when: [0] },
    { enable_when: "truthy", disable_when: "falsy" },
  ]);
  const answer = {
    from: random.chance(0.5) ? OLDER[0] : OLDER,
    key: random.pick(["telemetry", "telemetry.enabled", "optOut"]),
    ...sides,
    ...(identifier === undefined || random.chance(0.4) ? {} : { identifiers: { [identifier]: "ids.older" } }),
    ...(random.chance(0.3) ? { epoch_from: { stored: "told.at", epochs: epochs(told, random) } } : {}),
  };
  const queue = { file: "~/.tool-older.jsonl", event: "ev", time: "ts", fields: "props" };
  if (told.mode !== "queued" || random.chance(0.6)) return [answer];
  return random.pick<readonly Spec[]>([[{ ...answer, queue }], [answer, { queue }], [{ queue }]]);
}

/** Editions by the day from which they were told, or by a number of the product's own. */
export function epochs({ epoch }: Told, random: Random): Spec {
  const byDay = random.chance(0.5);
  const later = Array.from({ length: Math.max(1, epoch - 1) }, (_, at) => Math.min(epoch, at + 2));
  return Object.fromEntries(later.map((one, at) => [String(one), byDay ? `202${at}-08-25` : at + 1]));
}

/** A state file in another form than JSON. */
export function stateInForm(random: Random): Spec {
  const form = random.pick(["yaml", "toml", "ini"]);
  const named = random.chance(0.5);
  return {
    path: named ? `~/.tool/settings.${form}` : "~/.tool/settings",
    ...(named ? {} : { form }),
    keys: {
      telemetry: { type: form === "ini" ? "enum" : "bool", ...(form === "ini" ? { values: ["true", "false"] } : {}) },
    },
  };
}

/** Several files of which one decides. */
export const LISTED: readonly (readonly string[])[] = [
  ["tool.yml", "tool.yaml"],
  ["tool.json", "~/.tool.json"],
  ["~/.toolrc.toml", "tool.toml", "{app_dir}/tool.toml"],
];

/** A file whose being there is all that counts. */
export function marker(random: Random): Spec {
  const config = random.pick<unknown>(["~/.tool/no-telemetry", "telemetry.off", ["~/.tool-off", "{app_dir}/off"]]);
  return {
    config,
    ...random.pick<Spec>([{}, { disable_when: "present" }, { enable_when: "present" }, { disable_when: "absent" }]),
  };
}

/** A file of one line. */
export function oneLine(random: Random): Spec {
  return {
    config: random.pick(["~/.tool-telemetry", "telemetry.txt"]),
    form: "text",
    ...random.pick<Spec>([
      {},
      { disable_when: ["0", "off"] },
      { enable_when: ["yes"], disable_when: "falsy", any_case: true },
    ]),
  };
}

/** Says that nobody can turn it off. */
export function nobody(drawn: Spec, random: Random): Spec | "none" {
  if (random.chance(0.5)) return "none";
  const kept = some(random, ["notice", "state_file", "commands"]);
  const { commands } = drawn as { readonly commands?: Spec };
  return {
    model: "none",
    justification: "It runs where the law demands the numbers.",
    ...Object.fromEntries(
      kept.flatMap((key) => (drawn[key] === undefined || key === "commands" ? [] : [[key, drawn[key]]])),
    ),
    ...(commands?.["status"] === undefined ? {} : { commands: { status: commands["status"] } }),
  };
}
