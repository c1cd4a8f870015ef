import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, textOf } from "../tree.js";
import { type Judged, typesWithin } from "./rule.js";

/** Milliseconds before an end at which somebody should think about it. */
const AHEAD = 30 * 86_400_000;

/** Checks that what expires can then be left out, and that somebody is told in time. */
export function expiry({ model, root, today }: Judged, report: DiagnosticSink): void {
  const soon = (day: string | undefined, name: string, place: { readonly start: number; readonly end: number }) => {
    if (day === undefined || today === undefined) return;
    const left = Date.parse(day) - Date.parse(today);
    if (left > AHEAD) return;
    report.add(
      "expires-soon",
      place,
      left <= 0 ? `"${name}" ended on ${day}: no client sends it any more.` : `"${name}" ends on ${day}.`,
      { hint: left <= 0 ? "Remove it." : "Remove it then, or give it another day and say in history why." },
    );
  };
  for (const event of [...model.events, ...model.metrics]) {
    const tree = at(root, "events", event.wireName) ?? at(root, "metrics", event.wireName);
    const place = at(tree, "expires");
    if (place === undefined) continue;
    if ("rollup" in event && event.rollup !== undefined)
      report.add("expiry-unusable", place, `"${event.wireName}" is a rollup, which can't stop on a day.`, {
        hint: "Remove expires, or the rollup.",
      });
    else soon(textOf(place), event.wireName, place);
  }
  const allOfContract = [
    ...model.events.flatMap(({ fields }) => fields),
    ...model.metrics.flatMap(({ labels }) => labels),
  ];
  for (const field of [...model.common, ...model.destination.urlFields, ...allOfContract]) {
    if (field.expires !== undefined && field.from.kind === "identifier")
      report.add("expiry-unusable", field.at, `"${field.wireName}" ends, and is always sent.`, {
        hint: "Set expires on its events, or on other fields.",
      });
    else soon(field.expires, field.wireName, field.at);
    for (const inner of typesWithin(field.type).flatMap(({ fields }) => fields ?? []))
      if (inner.expires !== undefined)
        report.add("expiry-unusable", inner.at, `"${inner.wireName}" is in an object, which only ends as a whole.`, {
          hint: "Set expires on the object, or move the field out of it.",
        });
  }
}
