import { PrintedPart } from "../../emit/print-json.js";
import { sqlName } from "../../emit/sql.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Model } from "../../model/model.js";
import { promql } from "./promql.js";
import type { Resolved } from "./queries.js";
import { columnsOf, viewName } from "./views.js";

type Json = { readonly [key: string]: JsonValue };

const sources = {
  metrics: { input: "DS_PROMETHEUS", plugin: "prometheus", name: "Prometheus" },
  events: { input: "DS_POSTGRES", plugin: "grafana-postgresql-datasource", name: "PostgreSQL" },
} as const;

/** A dashboard to import: over VictoriaMetrics (or Prometheus) for metrics, over the views in Postgres for events. */
export function grafanaDashboard(model: Model, queries: readonly Resolved[]): object {
  const source = model.metrics.length > 0 ? sources.metrics : sources.events;
  const datasource = { type: source.plugin, uid: `\${${source.input}}` };
  return {
    __inputs: [
      { name: source.input, label: source.name, type: "datasource", pluginId: source.plugin, pluginName: source.name },
    ],
    uid: `plainsight-${model.product}`.slice(0, 40),
    title: `${model.product} telemetry`,
    tags: ["plainsight"],
    timezone: "utc",
    schemaVersion: 39,
    editable: true,
    time: { from: "now-90d", to: "now" },
    templating: { list: [] },
    annotations: { list: [] },
    panels: queries.map((query, index) => {
      const make = () => panel(query, index, model, datasource);
      if (query.event === undefined) return make();
      return new PrintedPart(query.event, `panel ${index} ${query.name}`, make);
    }),
  };
}

function panel(query: Resolved, index: number, model: Model, datasource: Json): Json {
  return {
    id: index + 1,
    title: query.title,
    type: typeOf(query, model),
    datasource,
    gridPos: { h: 8, w: 12, x: (index % 2) * 12, y: Math.floor(index / 2) * 8 },
    targets: [{ refId: "A", datasource, ...(model.metrics.length > 0 ? series(query, model) : rows(query, model)) }],
  };
}

function typeOf({ by, per }: Resolved, { metrics }: Model): string {
  if (metrics.length > 0 || per !== undefined) return "timeseries";
  return by.length === 0 ? "stat" : "table";
}

function series(query: Resolved, { metrics }: Model): Json {
  const legendFormat = query.by.map(({ wireName }) => `{{${wireName}}}`).join(" / ");
  return {
    expr: promql(query, metrics.find(({ wireName }) => wireName === query.of)?.schedule?.every),
    legendFormat: legendFormat === "" ? "__auto" : legendFormat,
  };
}

/** Grafana takes groups of a time series as labels where they are texts. */
function rows(query: Resolved, model: Model): Json {
  const { groups, measure, period } = columnsOf(query);
  const view = sqlName(viewName(model, query));
  if (period === undefined) return { format: "table", rawQuery: true, rawSql: `SELECT * FROM ${view}` };
  const time = `${sqlName(period)}::timestamp AT TIME ZONE 'UTC'`;
  const labels = groups.map((group) => `${sqlName(group)}::text`);
  const columns = [`${time} AS time`, ...labels, sqlName(measure)].join(", ");
  const rawSql = `SELECT ${columns} FROM ${view} WHERE $__timeFilter(${time}) ORDER BY 1`;
  return { format: "time_series", rawQuery: true, rawSql };
}
