import type { Event, Field, Metric, Model, Rollup, Type } from "../model/model.js";
import { rollupParts } from "../model/rollup.js";
import { camelCase, pascalCase, words } from "../names.js";

/** A value that a caller gives for a field, and its name in generated code. */
export interface Given {
  readonly name: string;
  readonly field: Field;
}

/** Optional grouping fields of a rollup: those that share their first word become one object, `client_name` → `client.name`. */
export interface GivenGroup {
  readonly name: string;
  readonly members: readonly Given[];
}

/** `install({ targets, scope })`. Without fields: `appCreate()`. By the clock: `statusEvery(() => fields)`. */
export interface EventCall {
  readonly kind: "event";
  readonly emitter: string;
  readonly fields: readonly Given[];
  /** The caller gives what makes the fields, whenever one is due. */
  readonly byTheClock: boolean;
}

/** `count(kind, name, ok, client?)`, and bound to one group: `counter(kind, name, client?)`. */
export interface RollupCall {
  readonly kind: "rollup";
  readonly emitter: string;
  readonly handle: string;
  /** In the order of `one_per`. */
  readonly required: readonly Given[];
  /** The failed calls are counted, so each call says whether it went well. */
  readonly ok: boolean;
  readonly optional: readonly (Given | GivenGroup)[];
  /** The combined values that the caller gives: the last parameter, `{ bytes: 10 }`. */
  readonly amounts: readonly Given[];
}

/** `nodesCount({ os, kernel }, 3)`; without labels `nodesCount(3)`; without the value where it is always the same. */
export interface MetricCall {
  readonly kind: "metric";
  readonly emitter: string;
  readonly labels: readonly Given[];
  readonly value: boolean;
}

/**
 * The names that a module has before anything stands in it: one that exports `then` is taken for a promise, and its `import()`
 * never ends; the others are CommonJS's own. An emitter has one name in every form of module, so each form's are taken in all.
 */
const OF_MODULES = ["then", "exports", "module", "require"];

/** The names that the client's module holds beside the emitters: an event of such a name gets `Event` behind it. */
const RESERVED = new Set([
  ...OF_MODULES,
  ...`setup enabled reason reasonOf flush ask commandStart commandEnd flushEvery count counter startReports reportOnce
  client add addAmounts always asGiven caseBy withId commandOf inCi inPath machineWord moment newNumber newUuid runtimeVersion sequence envText hashed salted drawnBy anyExcept askClient below bind consent combine createCombined createRollup cut deferred eachOf exactly falsy flag
  flushClient flushEveryInterval flushSoon found gauge ifGiven integer known list mapOf nonEmpty number object oneOf byChance forEach oncePer oncePerDay
  oncePerMachine oncePerProcess orElse outsideCi orNull part present queueEvent reportClientOnce rowOf sampleLine sendEvent
  allows among answered anyOf atLeast carriedBy combinedLines despite fact heldToPart inContainer inPart isAbsent isCi isOn isSet
  openOnly orAbsent partDecision setupAdopting setupAnew shown spoken tell tellAnswer unless whereOn withoutOff withoutTerminal
  byTheClock endingAt rounded settled setupClient source startClientReports storedIdentifier text truthy untilDay upTo`.split(
    /\s+/,
  ),
]);

export function eventCall(model: Model, event: Event): EventCall | RollupCall {
  if (event.rollup !== undefined) return rollupCall(model, event);
  const byTheClock = event.schedule !== undefined;
  const emitter = byTheClock ? `${event.codeName}Every` : emitterName(event.codeName);
  return { kind: "event", emitter, fields: givenFields(model, event.fields), byTheClock };
}

export function metricCall(model: Model, metric: Metric): MetricCall {
  return {
    kind: "metric",
    emitter: emitterName(metric.codeName),
    labels: givenFields(model, metric.labels),
    value: metric.value.type.schema.const === undefined,
  };
}

/** The fields that the caller of an emitter gives. An identifier that the platform gave can only come from the caller. */
export function givenFields(model: Model, fields: readonly Field[]): readonly Given[] {
  return named(fields.filter((field) => !field.legacy && isGiven(model, field)));
}

/** The fields that a client sends, with the names that a caller uses for those that it gives. */
export function sentFields(fields: readonly Field[]): readonly Given[] {
  return named(fields.filter(({ legacy }) => !legacy));
}

/** Fields with the names that a caller uses. */
export function named(fields: readonly Field[]): readonly Given[] {
  return toldApart(fields, fields.map(inputName));
}

/** Fields under these names. Where two would be called the same, both keep their code names. */
function toldApart(fields: readonly Field[], names: readonly string[]): readonly Given[] {
  return fields.map((field, at) => ({
    name: names.indexOf(names[at] ?? "") === names.lastIndexOf(names[at] ?? "") ? (names[at] ?? "") : field.codeName,
    field,
  }));
}

/** The fields that `setup` takes, by name: those of `from: setup`, and identifiers of the platform that go with every event. */
export function setupFields(model: Model): readonly Given[] {
  const everywhere = [...model.common, ...model.destination.urlFields];
  const own = [...model.events.flatMap(({ fields }) => fields), ...model.metrics.flatMap(({ labels }) => labels)];
  const fields = [
    ...everywhere.filter((field) => isGiven(model, field)),
    ...[...everywhere, ...own]
      .flatMap(withInner)
      .filter((field) => field.from.kind === "setup" && !isConstant(field) && !isSelfMade(model, field)),
  ];
  const byName = new Map(
    fields.filter(({ legacy }) => !legacy).map((field) => [inputName(field), { name: inputName(field), field }]),
  );
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Returns whether some field is the package's version, which `setup` may be told where the runtime can't find it. */
export function takesVersion(model: Model): boolean {
  return isFrom(model, "package-version");
}

/** Returns whether some field is the command that was run, which `setup` may be told where the command line doesn't say it. */
export function takesCommand(model: Model): boolean {
  return isFrom(model, "command");
}

function isFrom(model: Model, kind: Field["from"]["kind"]): boolean {
  const fields = [
    ...model.common,
    ...model.destination.urlFields,
    ...model.events.flatMap((event) => event.fields),
    ...model.metrics.flatMap(({ labels }) => labels),
  ];
  return fields.flatMap(withInner).some(({ from }) => from.kind === kind);
}

/**
 * Returns what a caller calls a field: its code name. A bucket takes a raw number, so it loses the word `bucket` and says the unit,
 * if its name doesn't already: `duration_bucket` in seconds → `durationSeconds`, `file_count_bucket` in files → `fileCount`.
 */
export function inputName(field: Pick<Field, "codeName" | "wireName" | "type">): string {
  const { input } = field.type;
  const parts = words(field.wireName);
  if (input?.kind !== "bucket" || field.codeName !== camelCase(field.wireName)) return field.codeName;
  const kept = parts.length > 1 && parts.at(-1)?.toLowerCase() === "bucket" ? parts.slice(0, -1) : parts;
  const units = words(input.unit);
  const said = kept.some((word) => units.some((unit) => singular(unit) === singular(word)));
  return (
    camelCase(kept.join("_")) + (said ? "" : units.map((unit) => unit.charAt(0).toUpperCase() + unit.slice(1)).join(""))
  );
}

function singular(word: string): string {
  return word.toLowerCase().replace(/s$/, "");
}

/** Named by its event alone, so that another event never renames it, or by what the contract says. */
function rollupCall(model: Model, event: Event): RollupCall {
  const rollup: Omit<Rollup, "at"> = event.rollup ?? { by: [], counters: [] };
  const [emitter, handle] = rollup.codeNames ?? [`count${pascalCase(event.codeName)}`, `${event.codeName}Counter`];
  const fields = rollup.by.flatMap((name) =>
    givenFields(
      model,
      event.fields.filter(({ wireName }) => wireName === name),
    ),
  );
  const { failing, given: amounts } = rollupParts(rollup);
  // The last parameter has that name.
  const apart = <One extends Given | GivenGroup>(given: One): One =>
    given.name === "amounts" && amounts.length > 0 ? { ...given, name: "amounts_" } : given;
  return {
    kind: "rollup",
    emitter,
    handle,
    required: fields.filter(({ field }) => !field.optional).map(apart),
    ok: failing,
    optional: grouped(fields.filter(({ field }) => field.optional)).map(apart),
    amounts: named(amounts.flatMap(({ wireName }) => event.fields.filter((field) => field.wireName === wireName))),
  };
}

function grouped(fields: readonly Given[]): readonly (Given | GivenGroup)[] {
  const prefix = ({ field }: Given) => words(field.wireName)[0] ?? "";
  const prefixes = [...new Set(fields.map(prefix))];
  return prefixes.flatMap((word): readonly (Given | GivenGroup)[] => {
    const alike = fields.filter((given) => prefix(given) === word);
    if (alike.length === 1) return alike;
    const own = alike.map(({ field }) => field);
    const names = own.map(({ wireName }) => camelCase(words(wireName).slice(1).join("_") || wireName));
    const members = toldApart(own, names);
    return [{ name: camelCase(word), members }];
  });
}

/** Returns whether the client's module has something else of this name. */
export function isTaken(name: string): boolean {
  return RESERVED.has(name);
}

/** Returns an emitter's name. What is told about the event `seen` is called `seenContract`, so an event of that name can't be. */
function emitterName(codeName: string): string {
  return RESERVED.has(codeName) || /(Contract|Rollup)$/.test(codeName) ? `${codeName}Event` : codeName;
}

/** Returns whether there is but one value, which nobody has to give. Where it may be absent, the caller says whether it is there. */
export function isConstant({ from, type, optional }: Field): boolean {
  return (from.kind === "call" || from.kind === "setup") && type.schema.const !== undefined && !optional;
}

/** A field, and those that stand in it. */
export function withInner(field: Field): readonly Field[] {
  return [field, ...innerOf(field.type).flatMap(withInner)];
}

function innerOf({ fields, of, cases }: Type): readonly Field[] {
  if (cases !== undefined) return cases.flatMap(({ type }) => innerOf(type));
  return fields ?? (of === undefined ? [] : innerOf(of));
}

function isGiven(model: Model, field: Field): boolean {
  const { from } = field;
  if (isConstant(field) || isSelfMade(model, field)) return false;
  if (from.kind !== "identifier") return from.kind === "call";
  return model.identifiers.find(({ name }) => name === from.identifier)?.madeFrom === "given";
}

/** An object that is always there, and of which nobody gives anything. Where it may be null, the caller says whether it is. */
function isSelfMade(model: Model, { type, optional, nullable, from }: Field): boolean {
  if (type.fields === undefined || optional || nullable || (from.kind !== "call" && from.kind !== "setup"))
    return false;
  return !sentFields(type.fields).some(({ field }) => isGiven(model, field));
}
