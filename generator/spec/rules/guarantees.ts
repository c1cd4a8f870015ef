import type { Guarantee, Model } from "../../model/model.js";
import type { Report } from "../report.js";
import { at, itemsOf, textOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** The contradictions between a spec and its promises, in words; nothing when it may be kept. */
const CONTRADICTIONS: Partial<Record<Guarantee, (model: Model) => string | undefined>> = {
  "no-retry": ({ delivery, ingest }) =>
    delivery.attempts > 1
      ? `delivery.attempts is ${delivery.attempts}`
      : ingest.putsBack && "ingest.responses.puts_back has events sent once more",
  "off-is-off": ({ consent, events }) => {
    if (consent.none !== undefined) return "consent is none, so there is no off";
    const spite = events.find(({ evenWhenOff }) => evenWhenOff !== undefined);
    return spite && `"${spite.wireName}" is sent even when it is off`;
  },
  "no-stdout": ({ consent }) => (consent.notice?.stream === "stdout" ? "the notice is printed to stdout" : undefined),
  "silent-on-failure": ({ delivery }) => (delivery.onFailure === "log" ? "delivery.on_failure is log" : undefined),
  "not-in-debug-builds": ({ consent }) =>
    consent.builds.some(({ kind }) => kind === "compiled-out")
      ? undefined
      : "no build under consent.builds is compiled-out",
};

export function guarantees({ model, root, whole }: Judged, report: Report): void {
  if (!whole("guarantees", "consent", "delivery")) return;
  for (const item of itemsOf(at(root, "guarantees"))) {
    const name = textOf(item) as Guarantee;
    const reason = CONTRADICTIONS[name]?.(model);
    if (reason !== undefined)
      report.add("guarantee-contradicted", item, `${name} is promised, but ${reason}.`, {
        hint: "Change one of the two.",
      });
  }
}
