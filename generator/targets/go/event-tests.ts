import { modeOf } from "../../model/delivery.js";
import { goldenBody, goldenFields, goldenTime, seenBy } from "../../model/golden.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Combine, Event, Model, Type, Wire } from "../../model/model.js";
import { isInWords } from "../../model/wire.js";
import { isGivenBy } from "../../plan/counters.js";
import { environment } from "../../plan/environment.js";
import { valuesInside } from "../../plan/inside.js";
import type { Plan, PlanEvent, PlanField, PlanRollup, PlanValue } from "../../plan/plan.js";
import { type EventShape, innerOf, leavingOf } from "./events.js";
import { Examples, fieldsOf, printExampleOptions } from "./examples.js";
import { plain, raw, text } from "./literal.js";
import { exported, methodOf } from "./names.js";
import { combinedOf, countersOf, rollupsOf } from "./queue.js";
import { isFailing } from "./rollups.js";
import { printTable } from "./tests.js";
import type { Types } from "./types.js";

interface Made {
  readonly types: Types;
  readonly shapes: ReadonlyMap<string, EventShape>;
}

/** `telemetry_test.go` of a client with events: the contract's guarantees, for the product's own `go test`. */
export function printEventTests(model: Model, plan: Plan, { types, shapes }: Made): string {
  const write = new Examples(types);
  const events = plan.emitters.flatMap((emitter) => (emitter.kind === "event" ? [emitter] : []));
  // What is due later is not there yet.
  const now = events.filter(({ schedule }) => (schedule?.firstAfter ?? 0) === 0);
  const golden = now.map((one) => goldenEvent(model, plan, one, shapes, write));
  const counted = rollupsOf(plan).map((one) => goldenRollup(model, plan, one, write));
  const zeros = events.map((event) => {
    const shape = shapes.get(event.name) as EventShape;
    return `\t${callOf(plan, event, shape, shape.struct === undefined ? "" : `${shape.struct}{}`, "\t")}\n`;
  });
  const all = [...golden, ...counted].join("");
  const variables = Object.entries(environment(model))
    .map(([name, value]) => `${text(name)}: ${text(value)}`)
    .join(", ");
  return [
    printTable(model, plan),
    printExampleOptions(plan, write),
    "// examples are a call of each event, and the body that it becomes.\n",
    `func examples() []example {\n\treturn []example{${all === "" ? "" : `\n${all}\t`}}\n}\n\n`,
    "// pinned is what only this machine knows, as the documentation shows it.\n",
    `func pinned() object {\n\treturn object{${pinned(plan)}}\n}\n\n`,
    "// exampleVariables are what fields depend on, in the environment that the documentation shows.\n",
    `func exampleVariables() map[string]string {\n\treturn map[string]string{${variables}}\n}\n\n`,
    "// coreOf is what all clients have.\n",
    `func coreOf(client *Client) *core { return client.${innerOf(plan)}.core }\n\n`,
    hearing(plan),
    "// freely is an event that is sent each time, neither by chance nor once.\n",
    `func freely(one event) event { return event{fields: one.fields${events.some(({ evenWhenOff }) => evenWhenOff) ? ", despite: one.despite" : ""}} }\n\n`,
    "// told is what people are told on standard output; otherwise that is the program's own.\n",
    `func told() string {\n\treturn ${text(plan.consent.notice?.stream === "stdout" ? plan.consent.notice.text : "")}\n}\n\n`,
    "// heldFields are those of the events, where they are not with them.\n",
    `func heldFields(terms *terms) [][]field { return ${plan.delivery.queue ? "queued" : "sent"}Fields(terms) }\n\n`,
    "// everySample has all sent of what is sampled.\n",
    `func everySample(${events.some(({ sample }) => sample) ? "core *core) { core.wholeSample = true }" : "*core) {}"}\n\n`,
    "// settled has all of consent decide about everything, and people told in an earlier run.\n",
    settled(plan),
    "// neededFacts are those without which an event isn't sent.\n",
    `func neededFacts() []string { return []string{${neededFacts(plan).map(text).join(", ")}} }\n\n`,
    "// empty records each event without a value.\n",
    `func empty(client *Client) {\n${zeros.join("")}}\n\n`,
    `func TestGoldenPayload(t *testing.T) { checkPayloads(t, truthTable(), ${Date.parse(goldenTime)}) }\n\n`,
    "func TestTruthTable(t *testing.T) { checkDecisions(t, truthTable()) }\n\n",
    "func TestOffIsOff(t *testing.T) { checkNothingWhileOff(t, truthTable()) }\n\n",
    "func TestNeverThrows(t *testing.T) { checkNeverPanics(t, truthTable()) }\n\n",
    `func TestRecorder(t *testing.T) { checkRecorder(t, ${Date.parse(goldenTime)}) }\n\n`,
    "func TestNoStdout(t *testing.T) { checkSilence(t, truthTable()) }\n",
  ].join("");
}

/** Of what consent depends on, the rows of the truth table say what is true. */
function neededFacts({ emitters }: Plan): readonly string[] {
  return [...new Set(emitters.flatMap(({ onlyWhere }) => onlyWhere?.fact ?? []))];
}

function settled({ consent }: Plan): string {
  const lines = [
    ...(consent.parts === undefined ? [] : ["terms.parts = nil"]),
    ...(consent.notice?.sendsFrom === undefined ? [] : ["terms.notice.nextRun = false"]),
  ];
  if (lines.length === 0) return "func settled(*terms) {}\n\n";
  return `func settled(terms *terms) {\n${lines.map((line) => `\t${line}\n`).join("")}}\n\n`;
}

/** An event's call, and the body that it becomes. */
function goldenEvent(model: Model, plan: Plan, one: PlanEvent, shapes: Made["shapes"], write: Examples): string {
  const event = inOrder(model.events.find(({ wireName }) => wireName === one.name) as Event);
  const shape = shapes.get(one.name) as EventShape;
  const present = shape.given.filter(({ name }) => one.example.includes(name));
  const given = shape.struct === undefined ? "" : `${shape.struct}{${write.members(present)}}`;
  // What only this machine knows stands inside: nobody can say what the body is.
  const isKnown = ![...plan.common, ...one.fields].some(isUnknown);
  const body = isKnown ? raw(goldenBody(seenBy(model, event), event)) : '""';
  return example(one.name, callOf(plan, one, shape, given), body, false, one.evenWhenOff !== undefined);
}

/** A rollup's call, and the total that it becomes: of a period other than a day nobody can say it. */
function goldenRollup(model: Model, plan: Plan, rollup: PlanRollup, write: Examples): string {
  const event = model.events.find(({ wireName }) => wireName === rollup.name) as Event;
  const present = goldenFields(event.fields);
  const given = rollup.by.filter((field) => isGivenBy(rollup, field) && field.name in present);
  const words = rollup.name.split(/[^A-Za-z0-9]+/);
  const args = [
    `${exported([...words, "group"])}{${write.members(given)}}`,
    ...(isFailing(rollup) ? ["true"] : []),
    ...(rollup.plain ? rollup.counters.slice(2).map(() => "0") : []),
    ...(combinedOf(rollup).length === 0 ? [] : [`${exported([...words, "values"])}{}`]),
  ].join(", ");
  const zeros = new Map(rollup.counters.map(({ name, counts }, at) => [name, at === 0 ? 1 : ZEROS[counts]] as const));
  // As Go's client writes them: the group, then what is counted, then what is combined.
  const inTurn = [...rollup.by, ...countersOf(rollup), ...combinedOf(rollup)];
  const fields = inTurn.flatMap(({ name }) => {
    const field = event.fields.find(({ wireName }) => wireName === name);
    if (field === undefined || !zeros.has(name)) return field ?? [];
    const zero = zeros.get(name);
    return zero === undefined ? [] : [{ ...field, example: zero }];
  });
  const isKnown = rollup.per === undefined && !plan.common.some(isUnknown);
  const body = isKnown ? raw(goldenBody(model, { ...event, fields })) : '""';
  return example(rollup.name, `client.${methodOf(rollup.words)}(${args})`, body, true, false);
}

function example(name: string, call: string, body: string, isCounted: boolean, despite: boolean): string {
  return `\t\t{${text(name)}, func(client *Client) {\n\t\t\t${call}\n\t\t}, ${body}, ${isCounted}, ${despite}},\n`;
}

/** The value that a rollup sends for a call that brings nothing; undefined: nothing. */
const ZEROS: Readonly<Record<Combine, JsonValue | undefined>> = {
  calls: 0,
  "failed-calls": 0,
  sum: 0,
  max: undefined,
  min: undefined,
  last: undefined,
  union: [],
  "count-distinct": 0,
};

/** An event of which each example is as Go's client writes it: maps by their keys. */
function inOrder(event: Event): Event {
  return { ...event, fields: event.fields.map((field) => ({ ...field, example: sorted(field.type, field.example) })) };
}

function sorted(type: Type, example: JsonValue): JsonValue {
  const { of, fields, keys } = type;
  if (typeof example !== "object" || example === null) return example;
  if (Array.isArray(example)) return example.map((one) => (of === undefined ? one : sorted(of, one)));
  const entries = Object.entries(example as Readonly<Record<string, JsonValue>>);
  if (keys !== undefined && of !== undefined)
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(of, one)]));
  return Object.fromEntries(
    entries.map(([key, one]) => {
      const field = fields?.find(({ wireName }) => wireName === key);
      return [key, field === undefined ? one : sorted(field.type, one)];
    }),
  );
}

/** A call, of what is recorded by the clock one look at it. */
function callOf(
  plan: Plan,
  event: PlanEvent,
  { method, struct }: EventShape,
  given: string,
  indent = "\t\t\t",
): string {
  const { kind } = leavingOf(plan, event);
  const answers = kind === "answered";
  if (event.schedule === undefined) {
    const args = [...(answers ? ["context.Background()"] : []), ...(given === "" ? [] : [given])].join(", ");
    const call = `client.${method}(${args})`;
    return kind === "carried" ? `carry(client, ${call})` : call;
  }
  const makeFields = `func(context.Context) (${struct}, error) {\n${indent}\treturn ${given}, nil\n${indent}}`;
  const fields = struct === undefined ? [] : [makeFields];
  return `client.${method}(${["lookingOnce()", ...fields, ...(answers ? ["nil"] : [])].join(", ")})`;
}

/** Returns how a test hears what leaves, and waits for it. */
function hearing({ wire, delivery }: Plan): string {
  const hear = isInWords(wire as Wire) ? "hearSends" : "hearPosts";
  const carried = modeOf({ delivery }).rides;
  return [
    "// hear has what leaves heard.\n",
    `func hear(client *Client, sent *sent) { ${hear}(client, sent) }\n\n`,
    "// waitFor waits until all has arrived.\n",
    carried
      ? "func waitFor(context.Context, *Client) error { return nil }\n\n"
      : "func waitFor(ctx context.Context, client *Client) error { return client.Flush(ctx) }\n\n",
  ].join("");
}

/** Nobody can say what travels of it: it ends on a day, or only this machine knows it. */
function isUnknown({ value, expires }: PlanField): boolean {
  return expires !== undefined || hangsOnMachine(value);
}

/** Returns whether what only this machine knows stands inside. */
function hangsOnMachine(value: PlanValue): boolean {
  const isMade =
    value.is === "hashed" || (value.is === "object" && value.fields.some(({ from }) => !KNOWN.includes(from.kind)));
  return isMade || valuesInside(value).some(hangsOnMachine);
}

/** The sources whose values anybody can say beforehand. */
const KNOWN: readonly string[] = ["constant", "call", "setup", "package-version", "schema-version"];

/** Fields that depend on the machine, its identifiers and its environment. */
function pinned({ common, emitters }: Plan): string {
  const all = [...common, ...emitters.flatMap(fieldsOf)];
  const examples = new Map(all.filter(({ from }) => !KNOWN.includes(from.kind)).map((one) => [one.name, one.example]));
  return [...examples].map(([name, example]) => `{${text(name)}, ${plain(example)}}`).join(", ");
}
