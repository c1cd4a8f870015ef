import type { Field, Model, Query } from "../../model/model.js";
import { reachable } from "../../model/reach.js";
import { NOTHING } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { at, itemsOf, type Tree, textOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** A query is made of what the contract sends: its event, and fields that this event has. */
export function dashboards({ model, root }: Judged, report: DiagnosticSink): void {
  const items = itemsOf(at(root, "dashboards")).filter((item) => textOf(at(item, "title")) !== undefined);
  for (const [index, query] of model.queries.entries()) {
    const item = items[index];
    if (item !== undefined) judge(query, item, model, report);
  }
}

function judge(query: Query, item: Tree, model: Model, report: DiagnosticSink): void {
  const sources = [...model.events, ...model.metrics].map(({ wireName }) => wireName);
  const source = at(item, "of");
  if (query.of === undefined ? model.metrics.length > 0 : !sources.includes(query.of)) {
    const name = query.of ?? "";
    report.add(
      "dashboard-unknown",
      source ?? item,
      name === "" ? `"${query.title}" names no metric.` : `There is no event or metric "${name}".`,
      { hint: suggestion(name, sources, "Known") },
    );
    return;
  }
  const fields = fieldsFor(query, model);
  const known = fields.map(({ wireName }) => wireName);
  const whose = query.of === undefined ? "Not every event has" : `"${query.of}" has no`;
  for (const place of [at(item, "distinct"), at(item, "sum"), ...itemsOf(at(item, "by"))]) {
    const name = textOf(place);
    if (place === undefined || name === undefined || known.includes(name)) continue;
    report.add("dashboard-unknown", place, `${whose}${query.of === undefined ? " a" : ""} field "${name}".`, {
      hint: known.length === 0 ? "Say which event: of." : suggestion(name, known, "Fields"),
    });
  }
  const sum = at(item, "sum");
  if (sum !== undefined && model.metrics.length > 0)
    report.add("dashboard-unknown", sum, "Of a metric, its value is added up.", { hint: "Remove sum." });
  const summed = fields.find(({ wireName }) => wireName === textOf(sum));
  if (sum !== undefined && summed !== undefined && !["int", "number", NOTHING.kind].includes(summed.type.kind))
    report.add("counter-not-whole", sum, `"${summed.wireName}" is added up, but is of type ${summed.type.kind}.`, {
      hint: "Sum a field of type: int.",
    });
  if (sum !== undefined && at(item, "distinct") !== undefined)
    report.add("dashboard-unknown", sum, `"${query.title}" is both a sum and a number of different values.`, {
      hint: "Split it into two entries.",
    });
}

/** Returns what can stand in a query: of one event, its own and the common fields; of all events, only those that all have; none that is removed on arrival. */
function fieldsFor({ of }: Query, { common, events, metrics }: Model): readonly Field[] {
  return reachable(
    [
      ...common,
      ...events.flatMap(({ fields, wireName }) => (wireName === of ? fields : [])),
      ...metrics.flatMap(({ labels, wireName }) => (wireName === of ? labels : [])),
    ].filter(({ droppedAtEdge }) => droppedAtEdge !== true),
  );
}
