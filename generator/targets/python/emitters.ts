import { RHYTHM } from "../../language/delivery/index.js";
import type { Plan, PlanEmitter, PlanEvent, PlanField } from "../../plan/plan.js";
import { importLine, isShown, nameOf } from "./contract.js";
import { broken, type Face, map } from "./face.js";
import { scheduleArguments, text } from "./literal.js";
import { functionName, snake, upper } from "./names.js";
import { rollupFaces } from "./rollups.js";
import { annotation, paramDoc, type Types } from "./types.js";

const LIMITS = { process: "once_per_process", day: "once_per_day", machine: "once_per_machine" } as const;

/** Returns what decides whether an event that may travel is taken: its limit, and whether it is drawn. */
function limitCall({ limit, sample, expires }: PlanEvent): {
  readonly call?: string;
  readonly uses: Readonly<Record<string, readonly string[]>>;
} {
  const once: string[] = [];
  const sampled: string[] = [];
  let call: string | undefined;
  if (limit !== undefined) {
    const name = typeof limit.oncePer === "number" ? "once_per" : LIMITS[limit.oncePer];
    once.push(name);
    call = typeof limit.oncePer === "number" ? `once_per(${limit.oncePer})` : name;
    if (limit.forEach.length > 0) {
      sampled.push("for_each");
      call = `for_each(${[call, ...limit.forEach.map(text)].join(", ")})`;
    }
  }
  if (sample !== undefined && sample.by === undefined) {
    sampled.push("by_chance");
    call = `by_chance(${[sample.oneIn, ...(call === undefined ? [] : [call])].join(", ")})`;
  }
  if (expires !== undefined) call = `until_day(${[text(expires), ...(call === undefined ? [] : [call])].join(", ")})`;
  return {
    ...(call === undefined ? {} : { call }),
    uses: {
      ...(once.length > 0 ? { once } : {}),
      ...(sampled.length > 0 ? { sample: sampled } : {}),
      ...(expires === undefined ? {} : { until: ["until_day"] }),
    },
  };
}

/** By what an event leaves: a queue, a request of its own, or one that the program makes anyway; and what its caller gets of it. */
function sendingOf({ delivery }: Plan, { evenWhenOff }: PlanEvent) {
  const { answer, debug, mode } = delivery;
  if (mode === "carried") {
    const send = "carried_by";
    return { send, record: send, file: "carried", returns: "Carried", twin: "Carried()" };
  }
  if (answer !== undefined)
    return { send: "answered", record: "tell_answer(answer)", file: "answered", returns: "str | None", twin: "None" };
  // What is sent although telemetry is off waits nowhere.
  const queued = mode === "queued" && evenWhenOff === undefined;
  const send = isShown(debug) ? (queued ? "queue_or_show" : "send_or_show") : queued ? "queue_event" : "send_event";
  const file = isShown(debug) ? "shown" : queued ? "record" : "client";
  return { send, record: send, file, returns: "None" };
}

function returned(returns: string): readonly string[] {
  if (returns === "Carried")
    return [":returns: What the program's own request is to carry; nothing while telemetry is off."];
  return returns === "None"
    ? []
    : [":returns: What the receiver answers; `None` where nothing is sent, or nothing comes back."];
}

/** Returns what an identifier is that is made anew for each event. */
function idType({ value }: PlanField): string {
  return value.is === "integer" ? "int" : "str";
}

/** Returns what a program calls to record. */
export function emitterFaces(plan: Plan, one: PlanEmitter, types: Types): readonly Face[] {
  const note = one.note === undefined ? [] : [one.note];
  const doc = [`Record \`${one.name}\`.`, "", `When: ${one.when}`, `Why: ${one.why}`, ...note, ""];
  const data = upper(nameOf(one));
  const owner = one.words;
  if (one.kind === "event") {
    const given = one.fields.filter(({ name }) => one.given.includes(name));
    const sorted = inOrder(given);
    const { send, record, file, returns, twin } = sendingOf(plan, one);
    const { call: limit, uses } = limitCall(one);
    const args = [
      map(given.map((field) => `${text(field.name)}: ${snake(field.words)}`)),
      ...(limit === undefined ? [] : [limit]),
    ];
    // What is sent at once is all that most programs need: the face has that at hand.
    const atHand = file === "client";
    const id = returns === "None" ? one.fields.find(({ from }) => from.kind === "each-event") : undefined;
    const lazily = [
      ...(atHand ? [] : [`from ._runtime.${file} import ${send}`]),
      ...Object.entries(uses).map(([file, names]) => importLine(`._runtime.${file}`, names).trimEnd()),
    ].sort();
    if (one.schedule !== undefined) {
      const made =
        sorted.length === 0 ? undefined : types.object([...one.words.slice(0, -1), "fields"], sorted, one.why);
      const clock = [
        `Schedule(${scheduleArguments(one.schedule).join(", ")})`,
        record,
        ...(made === undefined ? (limit === undefined ? [] : ["None"]) : ["fields"]),
        ...(limit === undefined ? [] : [limit]),
      ];
      const often = RHYTHM.every.spoken(one.schedule);
      const answers = send !== record;
      return [
        {
          name: functionName(one.words),
          parameters: [
            ...(made === undefined ? [] : [`fields: Callable[[], ${made} | None]`]),
            ...(answers ? ["answer: Callable[[str], object] | None = None"] : []),
          ],
          returns: "Reports",
          doc: [
            ...doc,
            made === undefined
              ? `Sends it when it is due, ${often}, in a thread that keeps no process alive.`
              : `Calls \`fields\` when one is due, ${often}, in a thread that keeps no process alive, and never while telemetry is off.`,
            "When that was is kept on the machine, so any number of processes may call this.",
            ...(made === undefined && !answers ? [] : [""]),
            ...(made === undefined ? [] : [":param fields: Makes its fields; `None`: not now."]),
            ...(answers ? [":param answer: Is given what the receiver answers."] : []),
          ],
          does: [
            ...[
              ...lazily.map((line) => line.replace(/ answered$/, " tell_answer")),
              "from ._runtime.schedule import by_the_clock",
              "from ._runtime.turns import Schedule",
            ].sort(),
            "",
            ...broken(`return by_the_clock(client, ${data}, `, clock),
          ],
          twin: "Reports()",
          uses: {
            _contract: [data],
            "_runtime.reports": ["Reports"],
            ...(atHand ? { "_runtime.client": [send] } : {}),
          },
        },
      ];
    }
    return [
      {
        name: functionName(one.words),
        parameters:
          given.length === 0
            ? []
            : [
                "*",
                ...sorted.map(
                  (field) => `${snake(field.words)}: ${annotation(types.of(field, owner), field.optional)}`,
                ),
              ],
        returns: id === undefined ? returns : `${idType(id)} | None`,
        doc: [
          ...doc,
          ...sorted.flatMap(paramDoc),
          ...(id === undefined
            ? returned(returns)
            : [`:returns: Its \`${id.name}\`, by which another event can name it; \`None\` where it isn't recorded.`]),
        ],
        does: [
          ...[...lazily, ...(id === undefined ? [] : ["from ._runtime.with_id import with_id"])].sort(),
          ...(lazily.length > 0 || id !== undefined ? [""] : []),
          ...(id === undefined
            ? broken(`${returns === "None" ? "" : "return "}${send}(client, ${data}, `, args)
            : broken(`return with_id(client, ${data}, `, [text(id.name), idType(id), send, ...args])),
        ],
        ...(id === undefined ? (twin === undefined ? {} : { twin }) : { twin: "None" }),
        uses: {
          _contract: [data],
          ...(atHand ? { "_runtime.client": [send] } : {}),
          ...(returns === "Carried" ? { "_runtime.carried": ["Carried"] } : {}),
        },
      },
    ];
  }
  if (one.kind === "metric") {
    const given = inOrder(one.labels.filter(({ name }) => one.given.includes(name)));
    const valued = one.value.value.is !== "always";
    const labels = map(given.map((field) => `${text(field.name)}: ${snake(field.words)}`));
    const fixed = one.value.value.is === "always" ? JSON.stringify(one.value.value.value) : "value";
    const parameters = [
      ...given.map((field) => `${snake(field.words)}: ${annotation(types.of(field, owner), field.optional)}`),
      ...(valued ? ["value: float"] : []),
    ];
    return [
      {
        name: functionName(one.words),
        parameters: parameters.length === 0 ? [] : ["*", ...parameters],
        returns: "None",
        doc: [
          ...doc,
          ...given.flatMap(paramDoc),
          ...(one.value.means === undefined ? [] : [`:param value: ${one.value.means}.`]),
        ],
        does: broken(`gauge(client, ${data}, `, [labels, fixed]),
        uses: { _contract: [data], "_runtime.report": ["gauge"] },
      },
    ];
  }
  return rollupFaces(plan, one, types, data, doc);
}

function inOrder(fields: readonly PlanField[]): readonly PlanField[] {
  return [...fields.filter(({ optional }) => !optional), ...fields.filter(({ optional }) => optional)];
}
