import { describe, expect, it, test } from "vitest";
import type { Model } from "../../../generator/model/model.js";
import { dashboardFiles } from "../../../generator/targets/dashboards/dashboards.js";
import { resolveQueries } from "../../../generator/targets/dashboards/queries.js";
import { fc } from "../../support/property.js";
import { contract, FIVE } from "../five.js";
import { HOSTILE, withTexts } from "../hostile-texts.js";

interface Insight {
  readonly name: string;
  readonly query: {
    readonly kind: string;
    readonly source: {
      readonly kind: string;
      readonly series: readonly { readonly kind: string; event: string | null; math: string; math_property?: string }[];
      readonly breakdownFilter?: {
        readonly breakdowns: readonly { readonly type: string; readonly property: string }[];
      };
      readonly trendsFilter: { readonly display: string };
    };
  };
}

const files = (model: Model) => new Map(dashboardFiles(model).map(({ path, text }) => [path, text]));
const insightsOf = (model: Model) =>
  (JSON.parse(files(model).get("dashboards/posthog.json") ?? '{"insights":[]}') as { insights: Insight[] }).insights;
const panelsOf = (model: Model) =>
  (
    JSON.parse(files(model).get("dashboards/grafana.json") ?? "{}") as {
      panels: { id: number; title: string; type: string; targets: { expr?: string; rawSql?: string }[] }[];
    }
  ).panels;

describe.each(FIVE)("%s", (product) => {
  const model = contract(product);
  const names = new Set([
    ...[...model.events, ...model.metrics].map(({ wireName }) => wireName),
    ...[
      ...model.common,
      ...model.events.flatMap(({ fields }) => fields),
      ...model.metrics.flatMap(({ labels }) => labels),
    ].map(({ wireName }) => wireName),
  ]);

  it("has a query for each entry that says what it is made of; one for each event or metric where none does", () => {
    const queries = resolveQueries(model);
    if (model.queries.length > 0)
      expect(queries.map(({ title }) => title)).toEqual(model.queries.map(({ title }) => title));
    else
      for (const { wireName } of [...model.events, ...model.metrics])
        expect(queries.map(({ of }) => of)).toContain(wireName);
    expect(new Set(queries.map(({ name }) => name)).size).toBe(queries.length);
  });

  it("makes insights in PostHog's form, of events and fields that the contract has", () => {
    for (const { query } of insightsOf(model)) {
      expect([query.kind, query.source.kind]).toEqual(["InsightVizNode", "TrendsQuery"]);
      expect(["ActionsLineGraph", "ActionsBarValue", "BoldNumber"]).toContain(query.source.trendsFilter.display);
      for (const one of query.source.series) {
        expect(one.kind).toBe("EventsNode");
        expect(["total", "dau", "sum", "hogql"]).toContain(one.math);
        if (one.event !== null) expect(names).toContain(one.event);
        if (one.math === "sum") expect(names).toContain(one.math_property);
      }
      const breakdowns = query.source.breakdownFilter?.breakdowns ?? [];
      expect(breakdowns.length).toBeLessThanOrEqual(3);
      for (const { property, type } of breakdowns) {
        const used =
          type === "event" ? [property] : [...property.matchAll(/properties\.`([^`]+)`/g)].map(([, name]) => name);
        expect(used.length).toBeGreaterThan(0);
        for (const name of used) expect(names).toContain(name);
      }
    }
  });

  it("makes panels in Grafana's form, of views and series that there are", () => {
    const panels = panelsOf(model);
    expect(panels.map(({ id }) => id)).toEqual(panels.map((_, index) => index + 1));
    const views = [...(files(model).get("dashboards/views.postgres.sql") ?? "").matchAll(/CREATE VIEW "([^"]+)"/g)];
    for (const { targets, type } of panels) {
      expect(["timeseries", "table", "stat"]).toContain(type);
      for (const { expr, rawSql } of targets) {
        if (expr !== undefined) expect(names).toContain(/last_over_time\((\w+)/.exec(expr)?.[1]);
        else expect(views.map(([, view]) => view)).toContain(/FROM "([^"]+)"/.exec(rawSql ?? "")?.[1]);
      }
    }
  });
});

/** A statement without what stands in comments, quotes and quoted names. */
const skeleton = (sql: string) =>
  sql
    .replace(/--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|chr?\(\d+\)|char\(\d+\)/g, "?")
    // What can't be seen is joined to a text by its number.
    .replace(/\(\?(?: \|\| \?)+\)/g, "?");

test("no text of a contract ends a comment, a string or a statement", () => {
  const texts = fc.array(fc.constantFrom(...HOSTILE, "'; DROP TABLE x; --", 'a"b', "\r\n;x", "\u2028;x"), {
    minLength: 1,
  });
  fc.assert(
    fc.property(fc.constantFrom(...FIVE), texts, (product, hostile) => {
      const model = contract(product);
      const changed = withTexts(model, () => hostile.join(""), ["wireName", "of", "field", "by", "per", "product"]);
      // Titles that no query has are printed as comments; one hostile text alone is also a query's.
      const printed = hostile.map((text) => `${text} of no query`);
      const [plain, found] = [model, changed].map((one) =>
        files({ ...one, dashboards: one === changed ? printed : hostile.map(() => "printed") }),
      );
      for (const [path, text] of found ?? []) {
        if (path.endsWith(".json")) JSON.parse(text);
        else expect(skeleton(text)).toBe(skeleton(plain?.get(path) ?? ""));
      }
    }),
    { numRuns: 40 },
  );
});

test("past 100 events each is asked for over time alone", () => {
  const { queries, events, ...model } = contract("codegraph");
  const [event] = events.filter(({ fields }) => fields.some(({ type }) => (type.values?.length ?? 0) > 1));
  const titles = (count: number) => {
    const many = Array.from({ length: count }, (_, index) => ({
      ...(event as typeof event & {}),
      wireName: `e${index}`,
    }));
    return resolveQueries({ ...model, queries: queries.slice(0, 0), events: many })
      .filter(({ of }) => of !== undefined)
      .map(({ title }) => title);
  };
  expect(titles(100).length).toBeGreaterThan(100);
  expect(titles(101)).toEqual(Array.from({ length: 101 }, (_, index) => `e${index} per week`));
});
