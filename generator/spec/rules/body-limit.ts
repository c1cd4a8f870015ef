import { goldenBody, goldenSample } from "../../model/golden.js";
import { isInWords } from "../../model/wire.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at } from "../tree.js";
import type { Judged } from "./rule.js";

/** `ingest.limits.body`: what the contract's own examples are drawn as fits, one event in each request. */
export function bodyLimit({ model, root, whole }: Judged, report: DiagnosticSink): void {
  const limit = at(root, "ingest", "limits", "body");
  if (limit === undefined || isInWords(model.wire)) return;
  if (!whole("ingest", "wire", "destination", "common", "events", "metrics", "identifiers")) return;
  if (["GET", "HEAD"].includes(model.destination.method ?? "POST")) return;
  const bodies = [
    ...model.events.map((event) => ({ what: `an event ${event.wireName}`, body: goldenBody(model, event) })),
    ...model.metrics.map((metric) => ({ what: `a sample of ${metric.wireName}`, body: goldenSample(metric) })),
  ];
  const sizes = bodies.map(({ what, body }) => ({ what, bytes: Buffer.byteLength(body) }));
  const [largest] = sizes.sort((a, b) => b.bytes - a.bytes);
  const { body: most } = model.ingest.limits;
  if (largest === undefined || largest.bytes <= most) return;
  report.add(
    "body-limit",
    limit,
    `A request with ${largest.what} alone has ${largest.bytes} bytes, by its examples, and the receiver refuses bodies over ${most}.`,
    { hint: "Write what the largest request of a client may have: 64KiB, say." },
  );
}
