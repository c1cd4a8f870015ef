import { emptyWorld } from "../../language/consent/places/define.js";
import { decide, startsOn, valueFor } from "../../language/consent/step.js";
import { canBeOn } from "../../language/consent/table.js";
import type { ConsentStep } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, itemsOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** True if anybody can turn it off, wherever the program runs: where nothing is sent anyway, nobody decides. */
function isForAnybody({ place, onlyWhere }: ConsentStep): boolean {
  return place.kind !== "fact" && onlyWhere === undefined;
}

/**
 * Checks that what is on can be turned off, and what is off can be turned on: a side that the other one always outweighs is none.
 */
export function consentWays({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent")) return;
  const { consent } = model;
  const use = at(root, "consent", "use");
  if (use !== undefined && at(root, "consent", "model") === undefined) {
    report.add(
      "use-unknown",
      use,
      `There is no contract ${JSON.stringify(consent.use)} with a consent that could be used.`,
      {
        hint: "Name a contract of this project by its path from this one: ../usage/events.yaml. It has a consent of its own.",
      },
    );
    return;
  }
  if (consent.none !== undefined) {
    const key = root.entries.get("consent")?.key ?? root;
    if (consent.none.trim() === "")
      report.add("missing-key", key, "consent: none has no justification.", {
        hint: "Add justification: WHY NOBODY CAN TURN IT OFF, next to consent. The page prints it on its first screen.",
      });
    return;
  }
  const place = at(root, "consent", "model") ?? root;
  // Where everything belongs to a part, the parts' own ways are enough.
  const own = consent.parts === undefined || [...model.events, ...model.metrics].some(({ part }) => part === undefined);
  // A step that the product's own code sees to is a way, too.
  const elsewhere =
    (model.described ?? []).length > 0 && (at(root, "consent", "order")?.kind !== "list" || consent.order.length === 0);
  // A match that can't hold was reported already: that nothing turns it on is its consequence.
  if (report.found.some(({ code }) => code === "match-never-holds")) return;
  if (
    own &&
    !elsewhere &&
    consent.model === "opt-out" &&
    !consent.order.some((step) => isForAnybody(step) && valueFor(step, "no", consent) !== undefined)
  ) {
    report.add("no-way-to-disable", place, "Telemetry is on, and no step lets everybody turn it off.", {
      hint: "Add a step with disable_when, for example { env: DO_NOT_TRACK, disable_when: truthy }.",
    });
  }
  if (consent.model === "opt-in" && !consent.order.some((step) => valueFor(step, "yes", consent) !== undefined)) {
    report.add("no-way-to-enable", place, "Telemetry is off, and no step turns it on.", {
      hint: "Add a step with enable_when, for example { env: MY_TOOL_TELEMETRY, enable_when: truthy }.",
    });
  } else if (own && !startsOn(consent) && !canBeOn(consent)) {
    const world = emptyWorld(consent);
    const first = consent.order.findIndex(
      (step) => decide({ ...consent, order: [step] }, world).decidedBy !== "default",
    );
    report.add(
      "no-way-to-enable",
      itemsOf(at(root, "consent", "order"))[first] ?? place,
      "Whatever is set, some step says no, so nothing could ever be reported.",
      { hint: "Remove absent or otherwise from a step, or put a step with enable_when before it." },
    );
  }
}
