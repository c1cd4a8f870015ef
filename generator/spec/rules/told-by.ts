import { fieldTelling } from "../../model/told-by.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at } from "../tree.js";
import type { Judged } from "./rule.js";

/** Checks that the receiver can find the identifiers that it counts or stores reports by. */
export function toldBy({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers", "ingest", "destination", "common", "events", "metrics", "types", "wire")) return;
  const isDeclared = (name: string | undefined) => model.identifiers.some((identifier) => identifier.name === name);
  const { rateLimit, forwardTo } = model.ingest;
  const per = at(root, "ingest", "rate_limit", "per");
  if (per !== undefined && isDeclared(rateLimit?.per) && fieldTelling(rateLimit?.per, model) === undefined)
    report.add("identifier-not-found", per, `The receiver can't count requests by "${rateLimit?.per}".`, {
      hint: "Send it in a field outside of objects, not only in the path; or name another identifier.",
    });
  const distinct = at(root, "ingest", "forward_to", "distinct_id");
  const sent = fieldTelling(forwardTo?.distinctId, model);
  if (distinct === undefined || !isDeclared(forwardTo?.distinctId)) return;
  if (sent === undefined || sent.droppedAtEdge === true)
    report.add("identifier-not-found", distinct, `No stored report holds "${forwardTo?.distinctId}".`, {
      hint:
        sent === undefined
          ? "Send it in a field outside of objects, not only in the path; or name another identifier."
          : "Remove dropped_at_edge from its field, or name another identifier.",
    });
}
