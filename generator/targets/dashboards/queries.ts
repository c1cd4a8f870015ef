import type { Event, Field, Metric, Model, Query } from "../../model/model.js";
import { type Reached, reachable } from "../../model/reach.js";

/** A query with all that is needed to print it in any language. */
export interface Resolved {
  readonly title: string;
  /** Unique in the contract, of `a-z0-9_`: what its view is called, without the product. */
  readonly name: string;
  /** Wire name; undefined: every event. */
  readonly of: string | undefined;
  readonly measure: Query["measure"];
  readonly by: readonly Reached[];
  /** The field whose values are added up, or told apart. */
  readonly measured?: Reached;
  readonly per: Query["per"];
  /** The event that it is about, where the contract asks for nothing and the query follows from the event alone. */
  readonly event?: Event;
  /** Fields that are sent only under a condition bring it along. */
  readonly where: Field["onlyWhen"];
}

/** Returns what the contract asks for; where it asks for nothing, the plain ones. */
export function resolveQueries(model: Model): readonly Resolved[] {
  const taken = new Set<string>();
  const isPlain = model.queries.length === 0;
  const sources = new Map<string | undefined, Event | Metric>(
    [...model.events, ...model.metrics].map((source) => [source.wireName, source]),
  );
  return (isPlain ? plainQueries(model) : model.queries).map((query) => {
    // The event's own fields, then the common ones: of equal names the first counts.
    const source = sources.get(query.of);
    const fields = reachable([
      ...(source === undefined ? [] : "labels" in source ? source.labels : source.fields),
      ...model.common,
    ]);
    const named = (name: string) => fields.filter(({ wireName }) => wireName === name).slice(0, 1);
    const by = query.by.flatMap(named);
    const measured = "field" in query.measure && query.measure.field !== undefined ? named(query.measure.field) : [];
    const conditions = [...by, ...measured].flatMap(({ onlyWhen, path }) => (path.length === 1 ? onlyWhen : []));
    const [first] = measured;
    const where = [...new Map(conditions.map((one) => [one.wireName, one])).values()];
    const { title, of, measure, per } = query;
    const event = isPlain && source !== undefined && "fields" in source ? { event: source } : {};
    return {
      title,
      name: slug(title, taken),
      of,
      measure,
      by,
      per,
      where,
      ...(first === undefined ? {} : { measured: first }),
      ...event,
    };
  });
}

type Plain = Omit<Query, "at">;

/** Up to so many events are asked for by their fields too: past it that would be thousands of panels, which nobody reads. */
const mostByField = 100;

/** Each event per week and, where they are not too many, by each of its closed fields; each identifier per week; each metric by each label. */
function plainQueries({ common, events, metrics }: Model): readonly Plain[] {
  const count = { kind: "count" } as const;
  const sum = { kind: "sum" } as const;
  const identifiers = common.filter(({ type }) => type.kind === "identifier");
  return [
    ...identifiers.map(({ wireName }): Plain => {
      return {
        title: `different ${wireName} per week`,
        measure: { kind: "distinct", field: wireName },
        by: [],
        per: "week",
      };
    }),
    ...common
      .filter(isClosed)
      .map(({ wireName }) => ({ title: `events by ${wireName}`, measure: count, by: [wireName] })),
    ...events.flatMap(({ wireName: of, fields }): readonly Plain[] => [
      { title: `${of} per week`, of, measure: count, by: [], per: "week" },
      ...(events.length > mostByField ? [] : fields.filter(isClosed)).map(({ wireName }) => ({
        title: `${of} by ${wireName}`,
        of,
        measure: count,
        by: [wireName],
      })),
    ]),
    ...metrics.flatMap(({ wireName: of, labels }): readonly Plain[] => [
      { title: of, of, measure: sum, by: [] },
      ...labels
        .filter(({ type }) => type.kind !== "identifier")
        .map(({ wireName }) => ({ title: `${of} by ${wireName}`, of, measure: sum, by: [wireName] })),
    ]),
  ];
}

/** A choice, not a constant; of a list, what it is a list of. */
function isClosed({ type, droppedAtEdge }: Field): boolean {
  const { values, kind } = type.of ?? type;
  return droppedAtEdge !== true && kind !== "const" && values !== undefined && values.length > 1;
}

function slug(title: string, taken: Set<string>): string {
  const plain =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_|_$/g, "")
      .slice(0, 40) || "query";
  let name = plain;
  for (let number = 2; taken.has(name); number += 1) name = `${plain}_${number}`;
  taken.add(name);
  return name;
}

/** Returns whether each of its items counts by itself. */
export function isList({ type }: Field): boolean {
  return type.of !== undefined;
}
