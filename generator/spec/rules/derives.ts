import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at } from "../tree.js";
import { allFields, type Judged } from "./rule.js";

/** Checks that derived values have names of their own, and that nothing is derived from an address that is never read. */
export function derives({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("destination", "ingest")) return;
  const sent = new Set(allFields(model).map(({ wireName }) => wireName));
  const { clientIp } = model.destination;
  for (const { name, from } of model.ingest.derives ?? []) {
    const place = at(root, "ingest", "derives", name) ?? root;
    if (sent.has(name))
      report.add("derived-unusable", place, `"${name}" is sent, so the receiver can't compute it.`, {
        hint: "Choose another name.",
      });
    if (from === "client-ip" && clientIp !== "geolocated-then-discarded" && clientIp !== "stored")
      report.add("derived-unusable", place, `"${name}" needs the sender's address, but client_ip is ${clientIp}.`, {
        hint: "Write client_ip: geolocated-then-discarded.",
      });
    if (model.metrics.length > 0)
      report.add("derived-unusable", place, `A sample only has labels, so there is no place for "${name}".`, {
        hint: "Remove it.",
      });
  }
}
