import { RHYTHM } from "../../language/delivery/index.js";
import type { Plan, PlanEmitter, PlanEvent, PlanField } from "../../plan/plan.js";
import { importLine, nameOf } from "./contract.js";
import { broken, type Face, map } from "./face.js";
import { text } from "./literal.js";
import { functionName, snake, upper } from "./names.js";
import { rollupFaces } from "./rollups.js";
import { annotation, paramDoc, type Types } from "./types.js";

const LIMITS = { process: "once_per_process", day: "once_per_day", machine: "once_per_machine" } as const;

/** What decides whether an event that may travel is taken: its limit, and whether it is drawn. */
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

/** What a program calls to record. */
export function emitterFaces(plan: Plan, one: PlanEmitter, types: Types): readonly Face[] {
  const doc = [one.when, "", one.why, ...(one.note === undefined ? [] : [one.note]), `Sent as \`${one.name}\`.`, ""];
  const data = upper(nameOf(one));
  const owner = one.words;
  if (one.kind === "event") {
    const given = one.fields.filter(({ name }) => one.given.includes(name));
    const sorted = inOrder(given);
    const queued = plan.delivery.mode === "queued";
    const send = queued ? "queue_event" : "send_event";
    const { call: limit, uses } = limitCall(one);
    const args = [
      map(given.map((field) => `${text(field.name)}: ${snake(field.words)}`)),
      ...(limit === undefined ? [] : [limit]),
    ];
    const lazily = [
      ...(queued ? ["from ._runtime.record import queue_event"] : []),
      ...Object.entries(uses).map(([file, names]) => importLine(`._runtime.${file}`, names).trimEnd()),
    ].sort();
    if (one.schedule !== undefined) {
      const { every, firstAfter, jitter } = one.schedule;
      const made =
        sorted.length === 0 ? undefined : types.object([...one.words.slice(0, -1), "fields"], sorted, one.why);
      const schedule = [
        every,
        ...(firstAfter === undefined ? [] : [`first_after=${firstAfter}`]),
        ...(jitter === undefined ? [] : [`jitter=${jitter}`]),
      ];
      const clock = [
        `Schedule(${schedule.join(", ")})`,
        send,
        ...(made === undefined ? (limit === undefined ? [] : ["None"]) : ["fields"]),
        ...(limit === undefined ? [] : [limit]),
      ];
      const often = RHYTHM.every.spoken(one.schedule);
      return [
        {
          name: functionName(one.words),
          parameters: made === undefined ? [] : [`fields: Callable[[], ${made} | None]`],
          returns: "Reports",
          doc: [
            ...doc,
            made === undefined
              ? `Sends it when it is due, ${often}, in a thread that keeps no process alive.`
              : `Calls \`fields\` when one is due, ${often}, in a thread that keeps no process alive, and never while telemetry is off.`,
            "When that was is kept on the machine, so any number of processes may call this.",
            ...(made === undefined ? [] : ["", ":param fields: Makes its fields; `None`: not now."]),
          ],
          does: [
            ...[...lazily, "from ._runtime.schedule import Schedule, by_the_clock"].sort(),
            "",
            ...broken(`return by_the_clock(client, ${data}, `, clock),
          ],
          twin: "Reports()",
          uses: {
            _contract: [data],
            "_runtime.reports": ["Reports"],
            ...(queued ? {} : { "_runtime.client": ["send_event"] }),
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
        returns: "None",
        doc: [...doc, ...sorted.flatMap(paramDoc)],
        does: [...lazily, ...(lazily.length > 0 ? [""] : []), ...broken(`${send}(client, ${data}, `, args)],
        uses: { _contract: [data], ...(queued ? {} : { "_runtime.client": ["send_event"] }) },
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
