import { inBrief } from "../../language/combine/index.js";
import { RHYTHM } from "../../language/delivery/index.js";
import type { Plan, PlanEmitter, PlanEvent, PlanField, PlanRollup } from "../../plan/plan.js";
import { isCounting, itemOf } from "./combined.js";
import { importLine, nameOf } from "./contract.js";
import { broken, type Face, map } from "./face.js";
import { text } from "./literal.js";
import { functionName, snake, upper } from "./names.js";
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

/** A rollup's grouping field: those that are given together elsewhere are parameters of their own here. */
export function groupName({ name }: PlanField): string {
  return snake(name.split(/[^A-Za-z0-9]+/).map((word) => word.toLowerCase()));
}

/** Counting by name, and a counter that is bound to one group for the paths that are hot. */
function rollupFaces(
  _: Plan,
  one: Extract<PlanEmitter, { readonly kind: "rollup" }>,
  types: Types,
  data: string,
  doc: readonly string[],
): readonly Face[] {
  const given = one.by.filter(({ from }) => from.kind === "call");
  const required = given.filter(({ optional }) => !optional);
  const optional = given.filter((field) => field.optional);
  const called = groupName;
  const typed = (field: PlanField) => `${called(field)}: ${annotation(types.of(field, one.words), field.optional)}`;
  const failing = one.counters.some(({ counts }) => counts === "failed-calls");
  const amounts = one.counters.filter(({ counts }) => !isCounting(counts));
  const row = `${data}.row(${one.by.map((field) => (field.from.kind === "call" ? called(field) : "None")).join(", ")})`;
  const group = [...required.map(typed), ...(optional.length > 0 ? ["*", ...optional.map(typed)] : [])];
  const counting = [
    ...required.map(typed),
    ...(failing ? ["ok: bool"] : []),
    ...(optional.length + amounts.length > 0
      ? [
          "*",
          ...optional.map(typed),
          ...amounts.map((amount) =>
            one.plain
              ? `${snake(amount.words)}: int = 0`
              : `${snake(amount.words)}: ${amountType(amount, types, one)} | None = None`,
          ),
        ]
      : []),
  ];
  const docs = given.flatMap((field) => paramDoc({ ...field, words: called(field).split("_") }));
  const counts = one.counters.map(({ name, counts }) => `\`${name}\`: ${inBrief(counts)}.`).join(" ");
  return [
    {
      name: snake(one.words),
      parameters: counting,
      returns: "None",
      doc: [
        ...doc.slice(0, -1),
        `Adds one call in memory. ${counts}`,
        "",
        ...docs,
        ...(failing ? [":param ok: Whether the call went well. One that did not is counted as failed, too."] : []),
      ],
      does: !one.plain
        ? broken(`${data}.combine(`, [row, failing ? "ok" : "True", tuple(amounts.map(({ words }) => snake(words)))])
        : [
            ...(failing || amounts.length > 0 ? [`row = ${row}`] : []),
            ...(failing
              ? ["if ok:", "    row.ok()", "else:", "    row.error()"]
              : [`${amounts.length > 0 ? "row" : row}.ok()`]),
            ...(amounts.length > 0 ? [`row.add(${tuple(amounts.map(({ words }) => snake(words)))})`] : []),
          ],
      uses: { _contract: [data] },
    },
    {
      name: snake(one.handle),
      parameters: group,
      returns: "Counter",
      doc: [
        `\`${snake(one.words)}\` bound to one group, which is looked up once: for paths where every nanosecond counts.`,
      ],
      does: [`return ${row}`],
      twin: "Counter()",
      uses: { _contract: [data], "_runtime.rollup": ["Counter"] },
    },
  ];
}

/** What a caller gives of a value that is combined: of a set one of its members, of what is only told apart any text or number. */
function amountType(
  { counts, value, words }: PlanRollup["counters"][number],
  types: Types,
  { words: owner }: PlanRollup,
): string {
  if (counts === "count-distinct") return "str | float";
  return types.value(counts === "union" ? itemOf(value) : value, words, owner);
}

function tuple(items: readonly string[]): string {
  return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
}
