import { emptyWorld } from "../../language/consent/places/define.js";
import { decide, startsOn, valueFor } from "../../language/consent/step.js";
import { canBeOn } from "../../language/consent/table.js";
import type { ConsentStep } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, itemsOf, type Tree } from "../tree.js";
import type { Judged } from "./rule.js";

/** True if anybody can turn it off, wherever the program runs: where nothing is sent anyway, nobody decides. */
function isForAnybody({ place, onlyWhere }: ConsentStep): boolean {
  return place.kind !== "fact" && onlyWhere === undefined;
}

/**
 * Checks that what is on can be turned off, and what is off can be turned on: a side that the other one always outweighs is none.
 */
export function consentWays(judged: Judged, report: DiagnosticSink): void {
  if (!judged.whole("consent")) return;
  const { root, model } = judged;
  if (at(root, "consent", "use") !== undefined && at(root, "consent", "model") === undefined)
    unknownUse(judged, report);
  else if (model.consent.none !== undefined) unjustified(judged, report);
  else {
    // What can't hold was reported already: that nothing turns it on is its consequence.
    if (report.found.some(({ code }) => code === "match-never-holds" || code === "exclusive-keys")) return;
    waysOff(judged, report);
    waysOn(judged, report);
  }
}

function unknownUse({ model, root }: Judged, report: DiagnosticSink): void {
  report.add(
    "use-unknown",
    at(root, "consent", "use") ?? root,
    `There is no contract ${JSON.stringify(model.consent.use)} with a consent that could be used.`,
    {
      hint: "Name a contract of this project by its path from this one: ../usage/events.yaml. It has a consent of its own.",
    },
  );
}

function unjustified({ model, root }: Judged, report: DiagnosticSink): void {
  if (model.consent.none?.trim() !== "") return;
  report.add("missing-key", root.entries.get("consent")?.key ?? root, "consent: none has no justification.", {
    hint: "Add justification: WHY NOBODY CAN TURN IT OFF, next to consent. The page prints it on its first screen.",
  });
}

/** Returns whether the head needs ways of its own: where everything belongs to a part, the parts' are enough. */
function isHeadAsked({ model: { consent, events, metrics } }: Judged): boolean {
  return consent.parts === undefined || [...events, ...metrics].some(({ part }) => part === undefined);
}

function waysOff(judged: Judged, report: DiagnosticSink): void {
  const { model, root } = judged;
  const { consent, described = [] } = model;
  // A step that the product's own code sees to is a way, too.
  const isElsewhere =
    described.length > 0 && (at(root, "consent", "order")?.kind !== "list" || consent.order.length === 0);
  if (!isHeadAsked(judged) || isElsewhere || consent.model !== "opt-out") return;
  if (consent.order.some((step) => isForAnybody(step) && valueFor(step, "no", consent) !== undefined)) return;
  report.add("no-way-to-disable", modelIn(judged), "Telemetry is on, and no step lets everybody turn it off.", {
    hint: "Add a step with disable_when, for example { env: DO_NOT_TRACK, disable_when: truthy }.",
  });
}

function waysOn(judged: Judged, report: DiagnosticSink): void {
  const { consent } = judged.model;
  if (consent.model === "opt-in" && !consent.order.some((step) => valueFor(step, "yes", consent) !== undefined)) {
    report.add("no-way-to-enable", modelIn(judged), "Telemetry is off, and no step turns it on.", {
      hint: "Add a step with enable_when, for example { env: MY_TOOL_TELEMETRY, enable_when: truthy }.",
    });
  } else if (isHeadAsked(judged) && !startsOn(consent) && !canBeOn(consent)) {
    const world = emptyWorld(consent);
    const first = consent.order.findIndex(
      (step) => decide({ ...consent, order: [step] }, world).decidedBy !== "default",
    );
    report.add(
      "no-way-to-enable",
      itemsOf(at(judged.root, "consent", "order"))[first] ?? modelIn(judged),
      "Whatever is set, some step says no, so nothing could ever be reported.",
      { hint: "Remove absent or otherwise from a step, or put a step with enable_when before it." },
    );
  }
}

function modelIn({ root }: Judged): Tree {
  return at(root, "consent", "model") ?? root;
}
