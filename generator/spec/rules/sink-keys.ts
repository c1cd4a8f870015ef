import { type SinkKey, type SinkName, sinks } from "../../language/sinks/index.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at } from "../tree.js";
import type { Judged } from "./rule.js";

const keys: Readonly<Record<SinkKey, string>> = {
  url: 'url: "https://…"',
  secret: "secret: NAME",
  distinct_id: "distinct_id: NAME",
  region: "region: NAME",
};

/** Keys of `forward_to` that its sink can't do without, or that would be only a sentence there. */
export function sinkKeys({ model, root, whole }: Judged, report: DiagnosticSink): void {
  const forward = model.ingest.forwardTo;
  const place = at(root, "ingest", "forward_to");
  if (forward === undefined || place === undefined || !whole("ingest") || !Object.hasOwn(sinks, forward.sink)) return;
  const { needs, knows } = sinks[forward.sink as SinkName];
  for (const key of Object.keys(keys) as SinkKey[]) {
    const written = at(place, key);
    if (written === undefined && needs.includes(key))
      report.add("missing-for-sink", at(place, "sink") ?? place, `The sink ${forward.sink} needs ${key}.`, {
        hint: `Add ${keys[key]}.`,
      });
    if (written !== undefined && !knows.includes(key))
      report.add("unused-by-sink", written, `The sink ${forward.sink} doesn't use ${key}.`, {
        hint: "Remove it, or choose another sink.",
      });
  }
}
