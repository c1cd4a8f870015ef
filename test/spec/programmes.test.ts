import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { joinProgrammes } from "../../generator/spec/join-programmes.js";
import { load } from "../../generator/spec/load.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { docsTarget } from "../../generator/targets/docs/docs.js";
import { plainsight } from "../cli/project.js";
import { temporaryFolder } from "../support/temp-folder.js";

const contract = (product: string, consent: string, rest: string) => `telemetry_spec: 1
product: ${product}
title: Telemetry
summary: What it reports.
schema_version: 1
why: [What breaks.]
never_collected: [Names of files.]
${consent}
destination:
  url: https://telemetry.tool.example/${product}
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Write to us.
${rest}
wire: { format: json, body: { event: $event, $common: , $fields: } }
delivery: { mode: immediate }
history: [{ version: 1, change: First version. }]
`;
const usage = contract(
  "usage",
  `consent:
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { stored: enabled }]
  commands: { disable: { run: tool telemetry off }, enable: { run: tool telemetry on } }
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool }, machine_id: { type: identifier } } }`,
  `identifiers: { machine_id: { identifies: machine, made_from: random, format: { type: uuid }, created: first-send } }
page: [../crash/events.yaml]
common: { machine_id: { type: identifier, why: Counts machines. } }
events: { run: { when: It ran., why: How often. } }`,
);
const crash = (consent: string) =>
  contract("crash", consent, "identifiers: none\nevents:\n  crashed: { when: It crashed., why: What breaks. }");
const folder = temporaryFolder("programmes");
const read = async (name: string) => {
  const { specs } = await load(join(folder, "spec"), "spec", async () => ({ joinProgrammes }));
  const found = specs.find(({ system }) => system === name);
  return {
    text: Buffer.from(found?.bytes ?? "").toString(),
    ...readContract(Buffer.from(found?.bytes ?? "").toString(), found?.source ?? ""),
  };
};

beforeAll(() => {
  for (const name of ["usage", "crash"]) mkdirSync(join(folder, `spec/systems/${name}`), { recursive: true });
  writeFileSync(join(folder, "spec/systems/usage/events.yaml"), usage);
});

test.each(["consent: { use: ../usage/events.yaml }", "consent:\n  use: ../usage/events.yaml"])(
  "%j",
  async (consent) => {
    const written = crash(consent);
    writeFileSync(join(folder, "spec/systems/crash/events.yaml"), written);
    const { model, diagnostics, text } = await read("crash");
    expect(diagnostics).toEqual([]);
    // One consent, one answer, no identifier; and every place of the rest is where it was.
    const {
      at: _,
      use,
      ...shared
    } = JSON.parse(JSON.stringify(model?.consent)) as { at: unknown; use: string; order: { place: unknown }[] };
    expect(use).toBe("../usage/events.yaml");
    expect(shared.order.map(({ place }) => place)).toEqual(
      (await read("usage")).model?.consent.order.map(({ place }) => place),
    );
    expect(model?.consent.stateFile?.keys.map(({ key }) => key)).toEqual(["enabled"]);
    expect(text.indexOf("destination:")).toBe(written.indexOf("destination:"));
    expect(readFileSync(join(folder, "spec/systems/crash/events.yaml"), "utf8")).toBe(written);
    const [page] = docsTarget.generate(model as never) as readonly { readonly text: string }[];
    expect(page?.text).toContain("[`spec/systems/usage/events.yaml`](../usage/TELEMETRY.md)");
    expect(page?.text).toContain("tool telemetry off");
  },
);

const USED = "machine_id: { use: ../usage/events.yaml, justification: Shows which commands crash. }";
const written = (identifiers: string, more = "") =>
  crash("consent: { use: ../usage/events.yaml }").replace(
    "identifiers: none",
    `identifiers:\n  ${identifiers}\n${more}common: { machine_id: { type: identifier, why: Counts machines. } }`,
  );
const asWritten = (text: string) => writeFileSync(join(folder, "spec/systems/crash/events.yaml"), text);

test.each([USED, USED.replace("{ use", "\n    use").replace(", just", "\n    just").replace(" }", "")])(
  "an identifier that another one uses is the same, and both pages say so: %j",
  async (used) => {
    const text = written(used);
    asWritten(text);
    const both = [await read("crash"), await read("usage")];
    expect(both.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    const [is, theirs] = both.map(({ model }) => model?.identifiers[0]);
    expect(is).toMatchObject({ use: "../usage/events.yaml", justification: "Shows which commands crash." });
    expect(theirs).toMatchObject({ sharedWith: ["../crash/events.yaml"] });
    const { at: _, justification: _why, use: _use, ...same } = is ?? {};
    const { at: _at, sharedWith: _shared, ...own } = theirs ?? {};
    expect(same).toEqual(own);
    // In the same file, under the same key; and each line is where it was.
    expect(both.map(({ model }) => model?.consent.stateFile?.keys.map(({ key }) => key))).toEqual([
      ["enabled", "machine_id"],
      ["enabled", "machine_id"],
    ]);
    expect(
      both[0]?.text.split("\n").indexOf("wire: { format: json, body: { event: $event, $common: , $fields: } }"),
    ).toBe(text.split("\n").indexOf("wire: { format: json, body: { event: $event, $common: , $fields: } }"));
    for (const { model } of both) {
      const [page] = docsTarget.generate(model as never) as readonly { readonly text: string }[];
      expect(page?.text.replace(/\s+/g, " ")).toMatch(
        /`machine_id` is the same in \[`spec.*: \*\*reports of both can be linked\.\*\*/,
      );
    }
  },
);

test("what can't be shared is refused: what isn't there, is made anew, or is a hash", async () => {
  const plain = "identifies: machine, made_from: random, format: { type: uuid }, created: first-send";
  const change = (more: string) =>
    writeFileSync(join(folder, "spec/systems/usage/events.yaml"), usage.replace(plain, more));
  for (const more of [
    plain.replace("first-send", "process-start"),
    plain.replace("{ type: uuid }", "{ type: hashed, of: random, what: a number, by: sha256, keep: 16 hex }"),
  ]) {
    asWritten(written(USED));
    change(more);
    expect((await read("crash")).diagnostics.map(({ code }) => code)).toEqual(["identifier-use-unknown"]);
  }
  change(plain);
  asWritten(written(USED.replaceAll("machine_id", "other_id")).replaceAll("machine_id", "other_id"));
  expect((await read("crash")).diagnostics.map(({ code }) => code)).toEqual(["identifier-use-unknown"]);
  // One of its own under the same name would be the same by accident.
  asWritten(written(`machine_id: { ${plain} }`));
  expect((await read("crash")).diagnostics.map(({ code }) => code)).toEqual(["identifier-shared-unsaid"]);
});

test("a folder of the application's is that of the contract whose consent it is", async () => {
  writeFileSync(
    join(folder, "spec/systems/usage/events.yaml"),
    usage.replace("~/.tool/state.json", "'{app_dir}/state.json'"),
  );
  asWritten(crash("consent: { use: ../usage/events.yaml }"));
  expect((await read("crash")).model?.consent.stateFile?.path).toBe("{app_dir}/../usage/state.json");
  writeFileSync(join(folder, "spec/systems/usage/events.yaml"), usage);
});

test("one that isn't there, or has no consent of its own, is told", async () => {
  for (const use of ["../other/events.yaml", "events.yaml"]) {
    writeFileSync(join(folder, "spec/systems/crash/events.yaml"), crash(`consent: { use: ${use} }`));
    expect((await read("crash")).diagnostics.map(({ code }) => code)).toEqual(["use-unknown"]);
  }
});

test("two files beside each other are compared with the consent that they name", () => {
  writeFileSync(join(folder, "spec/systems/crash/events.yaml"), crash("consent: { use: ../usage/events.yaml }"));
  writeFileSync(
    join(folder, "spec/systems/crash/own.yaml"),
    crash(usage.match(/^consent:\n(?: .*\n)+/m)?.[0].trimEnd() ?? "").replace(", machine_id: { type: identifier }", ""),
  );
  const told = (cwd: string, from: string, to: string) => plainsight(cwd, ["diff", "--from", from, "--to", to]);
  for (const [cwd, to] of [
    [folder, "spec/systems/crash/events.yaml"],
    [join(folder, "spec/systems/crash"), "events.yaml"],
  ] as const) {
    const { code, out } = told(cwd, to.replace("events", "own"), to);
    expect([code, out]).toEqual([0, expect.stringContaining("It has the consent of ../usage/events.yaml")]);
    expect(out).toContain("COLLECTS MORE 1 · COLLECTS LESS 0");
  }
  // Where it isn't there, the finding names it.
  writeFileSync(join(folder, "spec/systems/crash/alone.yaml"), crash("consent: { use: ../nowhere/events.yaml }"));
  const alone = told(folder, "spec/systems/crash/alone.yaml", "spec/systems/crash/events.yaml");
  expect([alone.code, alone.out + alone.err]).toEqual([2, expect.stringContaining("use-unknown")]);
});

test("raise writes numbers into the file, and nothing of the other contract", () => {
  writeFileSync(join(folder, "spec/systems/usage/events.yaml"), usage);
  asWritten(crash("consent: { use: ../usage/events.yaml }"));
  for (const system of ["crash", "usage"]) rmSync(join(folder, `spec/systems/${system}/alone.yaml`), { force: true });
  expect(plainsight(folder, ["freeze"])).toMatchObject({ code: 0 });
  const text = written(USED);
  asWritten(text);
  expect(plainsight(folder, ["raise"])).toMatchObject({ code: 0 });
  const now = readFileSync(join(folder, "spec/systems/crash/events.yaml"), "utf8");
  expect(now).toContain("schema_version: 2\nconsent_epoch: 2\n");
  expect(now).toContain("consent: { use: ../usage/events.yaml }\n");
  expect(now).not.toContain("DO_NOT_TRACK");
  // The identifier's own contract tells more, too.
  const theirs = readFileSync(join(folder, "spec/systems/usage/events.yaml"), "utf8");
  expect(theirs).toContain("schema_version: 2\n");
  expect(theirs).not.toContain("shared");
});

test("each is told the queues of the others, which can't be its own", async () => {
  const queued = (text: string, file: string) =>
    text.replace(
      "{ mode: immediate }",
      `{ mode: queued, queue: { file: "${file}", max_size: 64KiB, when_full: drop-oldest } }`,
    );
  const place = (name: string) => join(folder, `spec/systems/${name}/events.yaml`);
  const text = crash("consent: { use: ../usage/events.yaml }");
  writeFileSync(place("usage"), queued(usage, "{app_dir}/queue.jsonl"));
  writeFileSync(place("crash"), queued(text, "~/.tool/crash.jsonl"));
  const queues = async () =>
    Promise.all(["usage", "crash"].map(async (name) => (await read(name)).model?.consent.queues));
  expect(await queues()).toEqual([["~/.tool/crash.jsonl"], ["{app_dir}/../usage/queue.jsonl"]]);
  writeFileSync(place("crash"), text);
  expect(await queues()).toEqual([undefined, ["{app_dir}/../usage/queue.jsonl"]]);
  writeFileSync(place("crash"), queued(text, "{app_dir}/../usage/queue.jsonl"));
  const said = (await read("crash")).diagnostics.map(({ code, message }) => `${code}: ${message}`);
  expect(said).toEqual(["path-taken: The queue and another contract's queue would be one file."]);
  writeFileSync(place("usage"), usage);
});

test("who is asked to forget is the owner's receiver alone, so an identifier that others send can't be forgotten", async () => {
  const place = (name: string) => join(folder, `spec/systems/${name}/events.yaml`);
  const forgetting = usage
    .replace("enable: {", "forget: { run: tool telemetry forget }, enable: {")
    .replace(
      "wire:",
      "ingest: { rate_limit: { per: machine_id, requests: 9, window: 1h }, forward_to: { sink: sqlite } }\nwire:",
    );
  writeFileSync(place("usage"), forgetting);
  asWritten(crash("consent: { use: ../usage/events.yaml }"));
  const both = async () => Promise.all(["usage", "crash"].map(read));
  const [own, other] = await both();
  expect([own?.diagnostics, other?.diagnostics]).toEqual([[], []]);
  expect([own, other].map((one) => Object.keys(one?.model?.consent.commands ?? {}).sort())).toEqual([
    ["disable", "enable", "forget"],
    ["disable", "enable"],
  ]);
  asWritten(written(USED));
  const said = (await both()).map(({ diagnostics }) => diagnostics.map(({ code, message }) => `${code}: ${message}`));
  expect(said).toEqual([
    ['forget-impossible: Another contract sends "machine_id", too, to a receiver that this command doesn\'t ask.'],
    [],
  ]);
  writeFileSync(place("usage"), usage);
});

test("what is found in a shared consent is told once, and only on lines that somebody wrote", () => {
  const [there, here] = ["usage", "crash"].map((name) => join(folder, `spec/systems/${name}/events.yaml`)) as [
    string,
    string,
  ];
  for (const name of ["usage", "crash"]) rmSync(join(folder, `spec/systems/${name}/frozen`), { recursive: true });
  writeFileSync(there, usage.replace("{ stored: enabled }", "{ stored: enabled, enable_when: [true, 3] }"));
  writeFileSync(here, crash("consent:\n  use: ../usage/events.yaml"));
  const { code, err, out } = plainsight(folder, ["check"]);
  expect([code, `${out}${err}`.match(/^\S+ (?:error|warning) .*/gm)]).toEqual([
    1,
    ["spec/systems/usage/events.yaml:10:88 error match-never-holds  3 can never be in enabled."],
  ]);
  // What is wrong only where it is used is told there.
  writeFileSync(there, usage);
  writeFileSync(
    here,
    crash("consent:\n  use: ../usage/events.yaml").replace("It crashed.,", "It crashed., part: crash,"),
  );
  const used = plainsight(folder, ["check"]);
  expect(`${used.out}${used.err}`).toContain("spec/systems/crash/events.yaml:");
  expect(`${used.out}${used.err}`).not.toContain("#onsent");
});
