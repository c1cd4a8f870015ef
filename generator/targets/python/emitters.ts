import { RHYTHM } from "../../language/delivery/index.js";
import { numberKind } from "../../plan/number-kind.js";
import type { Plan, PlanEmitter, PlanEvent, PlanField, PlanMetric } from "../../plan/plan.js";
import { importLine, nameOf } from "./contract.js";
import { broken, type Face, map } from "./face.js";
import { limitCall, type Sending, sendingOf } from "./leaving.js";
import { scheduleArguments, text } from "./literal.js";
import { functionName, snake, upper } from "./names.js";
import { rollupFaces } from "./rollups.js";
import { annotation, paramDoc, type Types } from "./types.js";

function returned(returns: string): readonly string[] {
  if (returns === "Carried")
    return [":returns: What the program's own request is to carry; nothing while telemetry is off."];
  return returns === "None"
    ? []
    : [":returns: What the receiver answers; `None` where nothing is sent, or nothing comes back."];
}

/** Returns what an identifier is that is made anew for each event. */
function idType({ value }: PlanField): string {
  return { integer: "int", real: "float", none: "str" }[numberKind(value)];
}

/** Returns what a program calls to record. */
export function emitterFaces(plan: Plan, emitter: PlanEmitter, types: Types): readonly Face[] {
  const note = emitter.note === undefined ? [] : [emitter.note];
  const doc = [`Record \`${emitter.name}\`.`, "", `When: ${emitter.when}`, `Why: ${emitter.why}`, ...note, ""];
  switch (emitter.kind) {
    case "event":
      return [
        emitter.schedule === undefined
          ? eventFace(plan, emitter, types, doc)
          : clockFace(plan, emitter, emitter.schedule, types, doc),
      ];
    case "metric":
      return [metricFace(emitter, types, doc)];
    case "rollup":
      return rollupFaces(emitter, types, dataName(emitter), doc);
    default:
      return emitter satisfies never;
  }
}

/** The constant that holds what the runtime knows of it. */
function dataName(emitter: PlanEmitter): string {
  return upper(nameOf(emitter));
}

/** What a program calls whenever the event happens. */
function eventFace(plan: Plan, event: PlanEvent, types: Types, doc: readonly string[]): Face {
  const fields = givenFields(event);
  const sending = sendingOf(plan, event);
  const { send, returns } = sending;
  const limit = limitCall(event);
  const args = [
    map(
      event.fields
        .filter(({ name }) => event.given.includes(name))
        .map((field) => `${text(field.name)}: ${snake(field.words)}`),
    ),
    ...(limit.call === undefined ? [] : [limit.call]),
  ];
  const lazily = importsAtCall(sending, limit);
  const id = returns === "None" ? event.fields.find(({ from }) => from.kind === "each-event") : undefined;
  const imports = [...lazily, ...(id === undefined ? [] : ["from ._runtime.with_id import with_id"])].sort();
  const data = dataName(event);
  return {
    name: functionName(event.words),
    parameters:
      fields.length === 0
        ? []
        : [
            "*",
            ...fields.map(
              (field) => `${snake(field.words)}: ${annotation(types.of(field, event.words), field.optional)}`,
            ),
          ],
    returns: id === undefined ? returns : `${idType(id)} | None`,
    doc: [
      ...doc,
      ...fields.flatMap(paramDoc),
      ...(id === undefined
        ? returned(returns)
        : [`:returns: Its \`${id.name}\`, by which another event can name it; \`None\` where it isn't recorded.`]),
    ],
    does: [
      ...imports,
      ...(imports.length > 0 ? [""] : []),
      ...(id === undefined
        ? broken(`${returns === "None" ? "" : "return "}${send}(client, ${data}, `, args)
        : broken(`return with_id(client, ${data}, `, [text(id.name), idType(id), send, ...args])),
    ],
    ...(id === undefined ? (sending.noop === undefined ? {} : { noop: sending.noop }) : { noop: "None" }),
    uses: {
      _contract: [data],
      ...(isAtHand(sending) ? { "_runtime.client": [send] } : {}),
      ...(returns === "Carried" ? { "_runtime.carried": ["Carried"] } : {}),
    },
  };
}

/** What a program calls once, and what then records the event whenever it is due. */
function clockFace(
  plan: Plan,
  event: PlanEvent,
  schedule: NonNullable<PlanEvent["schedule"]>,
  types: Types,
  doc: readonly string[],
): Face {
  const fields = givenFields(event);
  const sending = sendingOf(plan, event);
  const { send, record } = sending;
  const limit = limitCall(event);
  const fieldsType =
    fields.length === 0 ? undefined : types.object([...event.words.slice(0, -1), "fields"], fields, event.why);
  const limited = limit.call === undefined ? [] : [limit.call];
  const args = [
    `Schedule(${scheduleArguments(schedule).join(", ")})`,
    record,
    ...(fieldsType === undefined ? limited.map(() => "None") : ["fields"]),
    ...limited,
  ];
  const often = RHYTHM.every.spoken(schedule);
  const answers = send !== record;
  const data = dataName(event);
  return {
    name: functionName(event.words),
    parameters: [
      ...(fieldsType === undefined ? [] : [`fields: Callable[[], ${fieldsType} | None]`]),
      ...(answers ? ["answer: Callable[[str], object] | None = None"] : []),
    ],
    returns: "Reports",
    doc: [
      ...doc,
      fieldsType === undefined
        ? `Sends it when it is due, ${often}, in a thread that keeps no process alive.`
        : `Calls \`fields\` when one is due, ${often}, in a thread that keeps no process alive, and never while telemetry is off.`,
      "When that was is kept on the machine, so any number of processes may call this.",
      ...(fieldsType === undefined && !answers ? [] : [""]),
      ...(fieldsType === undefined ? [] : [":param fields: Makes its fields; `None`: not now."]),
      ...(answers ? [":param answer: Is given what the receiver answers."] : []),
    ],
    does: [
      ...[
        ...importsAtCall(sending, limit).map((line) => line.replace(/ answered$/, " tell_answer")),
        "from ._runtime.schedule import by_the_clock",
        "from ._runtime.turns import Schedule",
      ].sort(),
      "",
      ...broken(`return by_the_clock(client, ${data}, `, args),
    ],
    noop: "Reports()",
    uses: {
      _contract: [data],
      "_runtime.reports": ["Reports"],
      ...(isAtHand(sending) ? { "_runtime.client": [send] } : {}),
    },
  };
}

/** What a program calls to set a gauge. */
function metricFace(metric: PlanMetric, types: Types, doc: readonly string[]): Face {
  const given = inOrder(metric.labels.filter(({ name }) => metric.given.includes(name)));
  const { means, value } = metric.value;
  const labels = map(given.map((field) => `${text(field.name)}: ${labelName(field)}`));
  const parameters = [
    ...given.map((field) => `${labelName(field)}: ${annotation(types.of(field, metric.words), field.optional)}`),
    ...(value.is === "always" ? [] : ["value: float"]),
  ];
  const data = dataName(metric);
  return {
    name: functionName(metric.words),
    parameters: parameters.length === 0 ? [] : ["*", ...parameters],
    returns: "None",
    doc: [...doc, ...given.flatMap(paramDoc), ...(means === undefined ? [] : [`:param value: ${means}.`])],
    does: broken(`gauge(client, ${data}, `, [labels, value.is === "always" ? JSON.stringify(value.value) : "value"]),
    uses: { _contract: [data], "_runtime.report": ["gauge"] },
  };
}

/** Beside the gauge's own value. */
function labelName({ words }: PlanField): string {
  const name = snake(words);
  return name === "value" ? "value_" : name;
}

/** What is sent at once is all that most programs need: the face has that at hand, and imports anything else at a call. */
function isAtHand({ file }: Sending): boolean {
  return file === "client";
}

function importsAtCall(sending: Sending, { uses }: ReturnType<typeof limitCall>): readonly string[] {
  return [
    ...(isAtHand(sending) ? [] : [`from ._runtime.${sending.file} import ${sending.send}`]),
    ...Object.entries(uses).map(([file, names]) => importLine(`._runtime.${file}`, names).trimEnd()),
  ].sort();
}

/** Returns what a caller gives for an event, in the order of the parameters. */
function givenFields({ fields, given }: PlanEvent): readonly PlanField[] {
  return inOrder(fields.filter(({ name }) => given.includes(name)));
}

function inOrder(fields: readonly PlanField[]): readonly PlanField[] {
  return [...fields.filter(({ optional }) => !optional), ...fields.filter(({ optional }) => optional)];
}
