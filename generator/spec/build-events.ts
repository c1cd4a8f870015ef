import { compareText } from "../diagnostics/diagnostic.js";
import { mayLack, periodOf } from "../language/combine/index.js";
import { readFact } from "../language/consent/places/fact.js";
import { SCHEDULE_KEYS } from "../language/delivery/every.js";
import { RHYTHM } from "../language/delivery/index.js";
import { accepts } from "../model/accepts.js";
import { fragments } from "../model/fragments.js";
import type { Combine, Event, Fact, Field, Metric, Rollup } from "../model/model.js";
import { camelCase, functionName } from "../names.js";
import { present } from "./build-destination.js";
import { buildFields, exampleOf, fieldsAsWritten } from "./build-field.js";
import { buildOwned } from "./build-owned.js";
import { buildValueType, constantOf, isUnsettled, NOTHING } from "./build-type.js";
import { type Scope, spanOf } from "./scope.js";
import { at, type Entry, entriesOf, numberOf, type Tree, textOf, textsOf, toJson } from "./tree.js";

export function buildEvents(tree: Tree | undefined, scope: Scope): readonly Event[] {
  return entriesOf(tree)
    .map(([name, entry]) => buildEvent(name, entry, scope))
    .toSorted((a, b) => compareText(a.wireName, b.wireName));
}

function buildEvent(name: string, { key, value: tree, parts: made }: Entry, scope: Scope): Event {
  const rollup = at(tree, "rollup");
  const often = rhythm(tree);
  // Where no call gave the largest of something, a total has none.
  const lacking = new Set(
    entriesOf(at(rollup, "combine")).flatMap(([name, { value }]) => (mayLack(textOf(value) ?? "") ? [name] : [])),
  );
  return {
    ...(made === undefined ? {} : { [fragments]: made }),
    at: spanOf(scope, key),
    ...named(name, tree),
    ...present("renamedFrom", textOf(at(tree, "renamed_from"))),
    fields: buildFields(at(tree, "fields"), scope, "call")
      .map((field) => sayingRate(field, often.sample))
      .map((field) => (lacking.has(field.wireName) ? { ...field, optional: true } : field)),
    ...often,
    ...(rollup === undefined ? {} : { rollup: buildRollup(rollup, scope) }),
    ...spite(at(tree, "even_when_off")),
  };
}

function spite(tree: Tree | undefined): Pick<Event, "evenWhenOff"> {
  if (tree === undefined) return {};
  const evenWhenOff = {
    reason: textOf(at(tree, "reason")) ?? "",
    despite: textsOf(at(tree, "despite")),
    ...(at(tree, "on") === undefined ? {} : { on: "disable" as const }),
  };
  return { evenWhenOff };
}

/** Makes the sampling rate a constant of its field: as a number, or as its text where only texts may stand. */
function sayingRate(field: Field, sample: Event["sample"]): Field {
  if (sample === undefined || sample.reportedAs !== field.wireName || field.type.kind === "const") return field;
  const value = [sample.oneIn, String(sample.oneIn)].find((one) => accepts(field.type.schema, one));
  if (value === undefined || isUnsettled(field.type)) return field;
  return { ...field, type: constantOf(value), example: value };
}

function scheduled(tree: Tree): Pick<Event, "schedule"> {
  if (at(tree, "every") === undefined) return {};
  const written = SCHEDULE_KEYS.flatMap((key) => {
    const text = textOf(at(tree, key));
    return text === undefined ? [] : [[key, text] as const];
  });
  return { schedule: RHYTHM.every.read(Object.fromEntries(written)) };
}

function rhythm(tree: Tree): Pick<Event, "schedule" | "limit" | "sample"> {
  const [limit, sample] = [at(tree, "limit"), at(tree, "sample")];
  return {
    ...scheduled(tree),
    ...(limit === undefined ? {} : { limit: RHYTHM.limit.read(toJson(limit)) }),
    ...(sample === undefined ? {} : { sample: RHYTHM.sample.read(toJson(sample)) }),
  };
}

/** `only_where`, as it stands at whatever it is said of. */
export function onlyWhere(tree: Tree): { readonly onlyWhere?: Fact } {
  const written = at(tree, "only_where");
  return written === undefined ? {} : { onlyWhere: readFact(toJson(written)) };
}

function named(name: string, tree: Tree) {
  return {
    wireName: name,
    codeName: functionName(camelCase(name)),
    when: textOf(at(tree, "when")) ?? "By the clock.",
    why: textOf(at(tree, "why")) ?? "",
    ...present("note", textOf(at(tree, "note"))),
    ...present("part", textOf(at(tree, "part"))),
    ...onlyWhere(tree),
    ...present("sinceEpoch", numberOf(at(tree, "since_epoch"))),
    ...buildOwned(tree),
  };
}

/** The period is always there and isn't a field, so it doesn't stand among them. */
function buildRollup(tree: Tree, scope: Scope): Rollup {
  const [emitter, handle] = textsOf(at(tree, "code_names"));
  const written = textsOf(at(tree, "one_per"));
  const per = written.map(periodOf).find((period) => period !== undefined);
  const counters = entriesOf(at(tree, "combine")).map(([wireName, { value }]) => ({
    wireName,
    counts: (textOf(value) ?? "sum") as Combine,
  }));
  const first = (["calls", "failed-calls"] as const).flatMap((name) =>
    counters.filter(({ counts }) => counts === name),
  );
  return {
    at: spanOf(scope, tree),
    ...(per === undefined || per === "day" ? {} : { per }),
    by: written.filter((name) => periodOf(name) === undefined),
    counters: [...first, ...counters.filter((counter) => !first.includes(counter))],
    ...(emitter === undefined || handle === undefined ? {} : { codeNames: [emitter, handle] }),
  };
}

export function buildMetrics(tree: Tree | undefined, scope: Scope): readonly Metric[] {
  return entriesOf(tree)
    .map(([name, entry]) => buildMetric(name, entry, scope))
    .toSorted((a, b) => compareText(a.wireName, b.wireName));
}

function buildMetric(name: string, { key, value: tree }: Entry, scope: Scope): Metric {
  const value = at(tree, "value");
  const type = value === undefined ? NOTHING : buildValueType(value, scope, name);
  return {
    at: spanOf(scope, key),
    ...named(name, tree),
    ...scheduled(tree),
    labels: fieldsAsWritten(at(tree, "labels"), scope, "call"),
    value: {
      type,
      ...present("means", textOf(at(value, "means"))),
      example: value === undefined ? null : exampleOf(value, key, type, false, scope),
    },
  };
}
