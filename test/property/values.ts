import { createHash } from "node:crypto";
import { allVariants } from "../../generator/model/cases.js";
import type { JsonSchema } from "../../generator/model/json-schema.js";
import type { Combine, Event, Field, FieldSource, Input, Metric, Model, Type } from "../../generator/model/model.js";
import {
  eventCall,
  type Given,
  inputName,
  isConstant,
  metricCall,
  setupFields,
  takesVersion,
} from "../../generator/payload/call-shape.js";
import { TEXTS } from "./meanings.js";
import type { Random } from "./random.js";

/** Stands for a value that the client fills in by itself. */
export const FILLED = { filled: "in" } as const;

/** Hangs on a value that the client fills in, so that nobody but it can tell whether it travels. */
class Maybe {
  readonly sent: unknown;
  constructor(sent: unknown) {
    this.sent = sent;
  }
}

/** A value as a caller gives it, and as it has to arrive. */
export interface Value {
  readonly given: unknown;
  readonly sent: unknown;
}

/** A call of an emitter as its types ask for it, and the fields that have to arrive. */
export interface Call {
  readonly emitter: string;
  readonly args: readonly unknown[];
  readonly sent: Readonly<Record<string, unknown>>;
  readonly value?: number;
  /** By the clock: what makes the fields is given, and it is due so long after the first start. */
  readonly dueAfter?: number;
  /** So many calls make one report. */
  readonly times?: number;
}

/** Calls an emitter. What isn't due at once is asked again when it is. */
export function perform(
  emit: ((...given: never[]) => unknown) | undefined,
  call: Call,
  wait: (time: number) => void,
): void {
  if (call.dueAfter === undefined) {
    for (let left = call.times ?? 1; left > 0; left -= 1) emit?.(...(call.args as never[]));
    return;
  }
  for (const time of call.dueAfter === 0 ? [0] : [0, call.dueAfter]) {
    wait(time);
    const given = call.args.map((fields) => () => fields) as never[];
    (emit?.(...given) as { stop(): void } | undefined)?.stop();
  }
}

/** Something of a type, worked out without a line of the client. What stands inside may be given to `setup`. */
export function inputFor(type: Type, example: unknown, random: Random, setup?: Inside): Value {
  if (type.nullable === true && random.chance(0.3)) return { given: null, sent: null };
  const { input, keys, of, fields, schema } = type;
  if (input !== undefined) return inputOf(input, random);
  if (fields !== undefined) return objectOf(fields, random, setup);
  if (keys !== undefined && of !== undefined) {
    const entries = Array.from({ length: random.below((schema.maxProperties ?? 2) + 1) }, () => {
      const key = String(inputFor(keys, keys.kind === "version" ? "1.2.3" : undefined, random).given);
      return [key, inputFor(of, exampleIn(example), random, setup)] as const;
    });
    const whole = (side: "given" | "sent") => Object.fromEntries(entries.map(([key, value]) => [key, value[side]]));
    return { given: whole("given"), sent: whole("sent") };
  }
  if (of !== undefined) {
    const [first] = Array.isArray(example) ? example : [];
    const length = random.below((schema.maxItems ?? 2) + 1);
    const items = Array.from({ length }, () => inputFor(of, first, random, setup));
    return { given: items.map(({ given }) => given), sent: items.map(({ sent }) => sent) };
  }
  const value = plainOf(type, schema, example, random);
  return { given: value, sent: value };
}

/** The first value of an example that is a map. */
function exampleIn(example: unknown): unknown {
  return typeof example === "object" && example !== null ? Object.values(example)[0] : undefined;
}

function inputOf(input: Input, random: Random): Value {
  switch (input.kind) {
    case "bucket": {
      const { edges, labels, compare } = input;
      // Most faults are at an edge.
      const given = random.pick([
        ...edges,
        ...edges,
        ...edges,
        ...edges.map((edge) => edge - 0.5),
        ...edges.map((edge) => edge + 1),
        -3,
        1e12,
      ]);
      const number = compare === "below" ? given : Math.floor(given);
      const at = edges.findIndex((edge) => (compare === "below" ? number < edge : number <= edge));
      return { given, sent: labels[at < 0 ? labels.length - 1 : at] };
    }
    case "otherwise": {
      const known = random.chance(0.7);
      const given = known ? random.pick(input.values) : "something else";
      return { given, sent: input.values.includes(given) ? given : input.otherwise };
    }
    case "rounded": {
      const { decimals, least, most } = input;
      const given = random.pick([least, most, Math.min(most, least + 1)]);
      const shift = 10 ** decimals;
      return { given, sent: Math.round(given * shift) / shift };
    }
    case "replaced":
      return random.chance(0.5)
        ? { given: input.otherwise, sent: input.otherwise }
        : { given: "/home/ann, of no such form", sent: input.otherwise };
    case "hashed":
      return hashOf(input);
    case "cut": {
      const given = "x".repeat(random.chance(0.5) ? input.most : input.most + 1 + random.below(9));
      return { given, sent: given.slice(0, input.most) };
    }
    default:
      return input satisfies never;
  }
}

/** Without a salt it is what anybody works out; with one it is anything, of which only the form is known. */
function hashOf({ salt, keep, example, clear }: Extract<Input, { readonly kind: "hashed" }>): Value {
  const open = clear?.values?.[0];
  if (open === example || salt.kind !== "none") return { given: example, sent: open === example ? example : FILLED };
  const hex = createHash("sha256").update(example).digest("hex");
  const digits = /^([0-9]+) hex$/.exec(keep)?.[1];
  if (digits === undefined) return { given: example, sent: FILLED };
  return { given: example, sent: hex.slice(0, Number(digits)) };
}

function plainOf({ kind }: Type, schema: JsonSchema, example: unknown, random: Random): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  // What may be null has been decided before.
  switch ([schema.type].flat().find((one) => one !== "null")) {
    case "boolean":
      return random.chance(0.5);
    case "integer": {
      const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema;
      return random.pick([minimum, maximum, Math.min(maximum, minimum + 1)]);
    }
    case "string": {
      const fitting = [...(TEXTS.get(schema.pattern ?? "") ?? []), ...SAMPLES].filter((text) => isText(schema, text));
      return fitting.length === 0 ? example : random.pick(fitting);
    }
    default:
      if (example === undefined) throw new Error(`nobody knows a value of ${kind}: ${JSON.stringify(schema)}`);
      return example;
  }
}

const SAMPLES = [
  "x",
  "ü",
  "a text",
  "1.2.3",
  "v1.31.4-rc.1",
  "2026-06-12T12:00:00Z",
  "2026-06-12T12:00:00",
  "2026-06-12T12:00:00.5+02:00",
  "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
  "0123456789abcdef".repeat(4),
];

function isText({ pattern = "", maxLength = Number.POSITIVE_INFINITY }: JsonSchema, text: string): boolean {
  return text.length <= maxLength && new RegExp(pattern).test(text);
}

interface Chosen {
  readonly field: Field;
  readonly given?: unknown;
  readonly sent: unknown;
}

/** Values of fields that stand together; a condition is met by what was chosen for the field that it names. */
function chosenOf(fields: readonly Field[], random: Random, setup?: Inside, isCommon = false): readonly Chosen[] {
  const chosen = new Map<string, Chosen>();
  for (const field of [...allVariants(fields)].sort((a, b) => a.onlyWhen.length - b.onlyWhen.length)) {
    const { wireName, onlyWhen, optional, nullable, legacy, type, example, from } = field;
    const conditions = onlyWhen.map(
      (one) => [chosen.get(one.wireName)?.sent, one.values, one.except ?? false] as const,
    );
    const fails = ([sent, wanted, except]: (typeof conditions)[number]) =>
      sent !== FILLED && wanted.some((value) => value === sent) === except;
    if (legacy || conditions.some(fails)) continue;
    const open = conditions.some(([sent]) => sent === FILLED);
    const sentAs = (sent: unknown) => (open ? new Maybe(sent) : sent);
    // What is asked for may be left out where one event goes without it.
    const ofSetup = isCommon || from.kind === "setup" || from.kind === "identifier";
    if (ofSetup && setup?.asked.has(inputName(field)) && !setup.values.has(inputName(field))) continue;
    // Nothing was typed, and what may be absent then is, also where anything else would become another word.
    if (from.kind === "command" && optional) continue;
    if (isFilled(from)) {
      chosen.set(wireName, { field, sent: sentAs(FILLED) });
      continue;
    }
    if (isConstant(field)) {
      chosen.set(wireName, { field, sent: sentAs(type.schema.const) });
      continue;
    }
    if (setup !== undefined && (isCommon || from.kind === "setup")) {
      const given = setup.values.get(inputName(field));
      // What has but one value is asked of nobody.
      if (given !== undefined || !optional) chosen.set(wireName, { field, sent: sentAs(given ? given.sent : FILLED) });
      continue;
    }
    if (optional && random.chance(0.4)) continue;
    const value = nullable && random.chance(0.3) ? { given: null, sent: null } : inputFor(type, example, random, setup);
    chosen.set(wireName, { field, given: value.given, sent: sentAs(value.sent) });
  }
  return [...chosen.values()];
}

/** True if the client fills the field in by itself. */
function isFilled(from: FieldSource): boolean {
  switch (from.kind) {
    case "call":
    case "setup":
      return false;
    case "package-version":
    case "schema-version":
    case "os":
    case "arch":
    case "node-major":
    case "runtime-version":
    case "now":
    case "sequence":
    case "command":
    case "each-event":
    case "process-start":
    case "identifier":
    case "env":
      return true;
    default:
      return from satisfies never;
  }
}

/** A nested value may come from `setup`, or be an identifier that the program has. */
type Inside = Pick<Setup, "values" | "asked" | "owed">;

function objectOf(fields: readonly Field[], random: Random, setup?: Inside): Value {
  const chosen = chosenOf(fields, random, setup);
  const given = chosen.flatMap((one): readonly (readonly [string, unknown])[] => {
    const { from, example } = one.field;
    if (from.kind === "identifier" && setup?.owed.has(from.identifier)) return [[inputName(one.field), example]];
    return "given" in one ? [[inputName(one.field), one.given]] : [];
  });
  return {
    given: Object.fromEntries(given),
    sent: sentOf(chosen),
  };
}

/** Returns the fields that the receiver keeps, also of an object of which nobody here can tell whether it travels. */
function sentOf(chosen: readonly Chosen[]): Record<string, unknown> {
  const kept = chosen.filter(({ field }) => !field.droppedAtEdge);
  return Object.fromEntries(kept.map(({ field, sent }) => [field.wireName, sent]));
}

/** The values given to `setup` once, and what of it goes with every event. */
export interface Setup {
  readonly given: Readonly<Record<string, unknown>>;
  readonly values: ReadonlyMap<string, Value>;
  /** The names of all that it is asked for. */
  readonly asked: ReadonlySet<string>;
  /** Identifiers that the program has, and gives wherever they stand. */
  readonly owed: ReadonlySet<string>;
  readonly common: Readonly<Record<string, unknown>>;
}

function depthOf({ fields = [], of, keys }: Type): number {
  const inside = [
    ...fields.map(({ type }) => type),
    ...(of === undefined ? [] : [of]),
    ...(keys === undefined ? [] : [keys]),
  ];
  return inside.length === 0 ? 0 : 1 + Math.max(...inside.map(depthOf));
}

export function setupOf(model: Model, random: Random): Setup {
  const values = new Map<string, Value>();
  // What is made of others comes last.
  const inOrder = [...setupFields(model)].sort((a, b) => depthOf(a.field.type) - depthOf(b.field.type));
  const asked = new Set(inOrder.map(({ name }) => name));
  const owed = new Set(model.identifiers.flatMap(({ name, madeFrom }) => (madeFrom === "given" ? [name] : [])));
  for (const { name, field } of inOrder) {
    const { type, example, optional, nullable } = field;
    if (optional && random.chance(0.4)) continue;
    const isNull = nullable && random.chance(0.3);
    values.set(name, isNull ? { given: null, sent: null } : inputFor(type, example, random, { values, asked, owed }));
  }
  const given: Record<string, unknown> = Object.fromEntries([...values].map(([name, value]) => [name, value.given]));
  if (takesVersion(model)) given["version"] ??= "1.2.3";
  const setup = { given, values, asked, owed, common: {} };
  return { ...setup, common: sentOf(chosenOf(model.common, random, setup, true)) };
}

/** The values that one call brings of what all come to, and what is sent of one. */
const BROUGHT: Readonly<Record<Combine, { readonly given?: unknown; readonly sent: unknown }>> = {
  calls: { sent: 1 },
  "failed-calls": { sent: 0 },
  sum: { given: 2, sent: 2 },
  max: { given: 2, sent: 2 },
  min: { given: 2, sent: 2 },
  last: { given: "b", sent: "b" },
  union: { given: "b", sent: ["b"] },
  "count-distinct": { given: "somebody's path", sent: 1 },
};

/** Events that a call sends: one that the command sends has no emitter. */
export function called({ events }: Model): readonly Event[] {
  return events.filter(({ evenWhenOff }) => evenWhenOff?.on === undefined);
}

/** One call of an event's emitter. Of a rollup, one call that went well. */
export function callOf(model: Model, event: Event, setup: Setup, random: Random): Call {
  const call = eventCall(model, event);
  const chosen = chosenOf(event.fields, random, setup);
  const byName = new Map(chosen.map((one) => [one.field.wireName, one]));
  const given = ({ field }: Given) =>
    field.from.kind === "identifier" ? field.example : byName.get(field.wireName)?.given;
  const there = ({ field }: Given) => byName.has(field.wireName);
  // What is sent although telemetry is off takes no identifier along, and nothing that has a consent of its own.
  const along = (name: string): boolean =>
    event.evenWhenOff === undefined ||
    model.common.every(
      ({ from, part, sinceEpoch, wireName, onlyWhen }) =>
        wireName !== name ||
        (from.kind !== "identifier" &&
          part === undefined &&
          sinceEpoch === undefined &&
          onlyWhen.every((condition) => along(condition.wireName))),
    );
  const common = Object.fromEntries(Object.entries(setup.common).filter(([name]) => along(name)));
  const sent = { ...common, ...sentOf(chosen) };
  if (call.kind === "event") {
    const fields = call.fields.filter(there);
    const argument = Object.fromEntries(fields.map((one) => [one.name, given(one)]));
    const { schedule } = event;
    return {
      emitter: call.emitter,
      args: call.fields.length === 0 ? [] : [argument],
      sent,
      ...(schedule && {
        dueAfter: schedule.firstAfter === undefined ? 0 : schedule.firstAfter + (schedule.jitter ?? 0),
      }),
    };
  }
  const optional = call.optional.map((one) => {
    if (!("members" in one)) return given(one);
    const members = one.members.filter(there);
    return members.length === 0 ? undefined : Object.fromEntries(members.map((member) => [member.name, given(member)]));
  });
  const { per, counters: combining = [] } = event.rollup ?? {};
  const times = typeof per === "number" ? per : 1;
  const combined = combining.map(({ wireName, counts }) => ({ wireName, counts, ...BROUGHT[counts] }));
  const amounts = Object.fromEntries(
    call.amounts.map(({ name, field }) => [name, combined.find(({ wireName }) => wireName === field.wireName)?.given]),
  );
  const addsUp = ["calls", "sum"];
  const counters = combined.map(({ wireName, counts, sent }) => {
    return [wireName, addsUp.includes(counts) ? Number(sent) * times : sent] as const;
  });
  return {
    emitter: call.emitter,
    args: [
      ...call.required.map(given),
      ...(call.ok ? [true] : []),
      ...optional,
      ...(call.amounts.length > 0 ? [amounts] : []),
    ],
    sent: { ...sent, ...Object.fromEntries(counters) },
    ...(times > 1 && { times }),
  };
}

export function gaugeOf(model: Model, metric: Metric, setup: Setup, random: Random): Call {
  const call = metricCall(model, metric);
  const chosen = chosenOf(metric.labels, random, setup);
  const byName = new Map(chosen.map((one) => [one.field.wireName, one]));
  const labels = call.labels.filter(({ field }) => byName.has(field.wireName));
  const { type, example } = metric.value;
  const value = inputFor(type, example, random).given as number;
  const given = labels.map(({ name, field }) => [
    name,
    field.from.kind === "identifier" ? field.example : byName.get(field.wireName)?.given,
  ]);
  return {
    emitter: call.emitter,
    args: [...(call.labels.length === 0 ? [] : [Object.fromEntries(given)]), ...(call.value ? [value] : [])],
    sent: sentOf(chosen),
    value: call.value ? value : Number(type.schema.const),
  };
}

/** Returns how what arrived differs from what had to arrive, in words; nothing where it doesn't. */
export function difference(wanted: unknown, arrived: unknown, at = ""): string | undefined {
  if (wanted instanceof Maybe) return arrived === undefined ? undefined : difference(wanted.sent, arrived, at);
  if (wanted === FILLED) return arrived === undefined || arrived === null ? `${at}: nothing was filled in` : undefined;
  if (typeof wanted !== "object" || wanted === null)
    return Object.is(wanted, arrived) || (wanted === 0 && arrived === 0)
      ? undefined
      : `${at}: ${JSON.stringify(arrived)} instead of ${JSON.stringify(wanted)}`;
  // An object whose fields are all drawn elsewhere has no place of its own.
  if (arrived === undefined && Object.keys(wanted).length === 0 && !Array.isArray(wanted)) return undefined;
  if (typeof arrived !== "object" || arrived === null || Array.isArray(arrived) !== Array.isArray(wanted))
    return `${at}: ${JSON.stringify(arrived)} instead of ${JSON.stringify(wanted)}`;
  const keys = new Set([...Object.keys(wanted), ...Object.keys(arrived)]);
  for (const key of keys) {
    const [one, other] = [(wanted as Record<string, unknown>)[key], (arrived as Record<string, unknown>)[key]];
    if (one === undefined && other !== undefined)
      return `${at}.${key}: ${JSON.stringify(other)} travels, and nobody asked for it`;
    const found = difference(one, other, `${at}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
