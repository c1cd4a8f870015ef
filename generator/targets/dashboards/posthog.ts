import { PrintedPart } from "../../emit/print-json.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Model, Period } from "../../model/model.js";
import type { Reached } from "../../model/reach.js";
import { distinctField } from "../../model/told-by.js";
import { isList, type Resolved } from "./queries.js";

type Json = { readonly [key: string]: JsonValue };

/** A body for `POST /api/projects/:id/insights/` of each query. */
export function posthogInsights(model: Model, queries: readonly Resolved[]): readonly object[] {
  return queries.map((query) => {
    const make = () => ({ name: query.title, query: { kind: "InsightVizNode", source: trends(query, model) } });
    return query.event === undefined ? make() : new PrintedPart(query.event, `insight ${query.title}`, make);
  });
}

const since: Readonly<Record<Period, string>> = { day: "-30d", week: "-90d", month: "-365d" };

function trends(query: Resolved, model: Model): Json {
  const { by, of, per, where } = query;
  const properties = where.map(({ values, wireName }) => {
    return {
      key: wireName,
      value: values.map((value) => (typeof value === "boolean" ? String(value) : value)),
      operator: "exact",
      type: "event",
    };
  });
  const series = {
    kind: "EventsNode",
    event: of ?? null,
    name: of ?? "All events",
    custom_name: query.title,
    ...math(query, model),
    ...(properties.length === 0 ? {} : { properties }),
  };
  return {
    kind: "TrendsQuery",
    series: [series],
    interval: per ?? "day",
    dateRange: { date_from: per === undefined ? "all" : since[per] },
    ...(by.length === 0 ? {} : { breakdownFilter: { breakdowns: breakdowns(by) } }),
    trendsFilter: {
      display: per !== undefined ? "ActionsLineGraph" : by.length > 0 ? "ActionsBarValue" : "BoldNumber",
    },
  };
}

/** Returns where the identifier is what PostHog tells persons apart by, its own count of them. */
function math({ measure, measured }: Resolved, model: Model): Json {
  if (measure.kind === "count") return { math: "total" };
  if (measure.kind === "sum" && measured !== undefined && measured.path.length > 1)
    return { math: "hogql", math_hogql: `sum(toFloat(${property(measured.path)}))` };
  if (measure.kind === "sum") return { math: "sum", math_property: measure.field ?? "" };
  return measure.field === distinctField(model)
    ? { math: "dau" }
    : { math: "hogql", math_hogql: `count(DISTINCT ${property(measured?.path ?? [measure.field ?? ""])})` };
}

/** PostHog groups by at most three; more become one. */
function breakdowns(by: readonly Reached[]): readonly Json[] {
  if (by.length > 3)
    return [{ type: "hogql", property: `concat(${by.map((field) => `toString(${value(field)})`).join(", ' / ', ")})` }];
  return by.map((field) =>
    isList(field) || field.path.length > 1
      ? { type: "hogql", property: value(field) }
      : { type: "event", property: field.wireName },
  );
}

function value(field: Reached): string {
  const stored = property(field.path);
  return isList(field) ? `arrayJoin(JSONExtract(ifNull(${stored}, '[]'), 'Array(String)'))` : stored;
}

function property(path: readonly string[]): string {
  const names = path.map((name) => `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``);
  return ["properties", ...names].join(".");
}
