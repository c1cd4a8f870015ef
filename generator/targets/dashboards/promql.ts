import type { Resolved } from "./queries.js";

/** Over the last report of each series: one that has stopped is gone after two reports are missing. */
export function promql({ by, measure, of, where }: Resolved, every = 3_600_000): string {
  const minutes = Math.max(5, Math.ceil((2 * every) / 60_000));
  const matchers = where.map(({ values, wireName }) => `${wireName}${matcher(values.map(String))}`).join(",");
  const last = `last_over_time(${of}${matchers === "" ? "" : `{${matchers}}`}[${minutes}m])`;
  const labels = by.map(({ wireName }) => wireName);
  if (measure.kind === "distinct")
    return `count${grouped(labels)}(count${grouped([measure.field, ...labels])}(${last}))`;
  return `sum${grouped(labels)}(${last})`;
}

/** One value is compared; of several a pattern is made. */
function matcher(values: readonly string[]): string {
  const [only = ""] = values;
  if (values.length === 1) return `=${JSON.stringify(only)}`;
  return `=~${JSON.stringify(values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"))}`;
}

function grouped(labels: readonly string[]): string {
  return labels.length === 0 ? "" : ` by (${labels.join(", ")}) `;
}
