import { Call, type Literal } from "../../emit/literal.js";
import type { Model } from "../../model/model.js";
import { schemaOf } from "../../plan/consent.js";
import { matchData, schemaData } from "./field-data.js";

/** Who decides, as the runtime's `ConsentContract`. */
export function consentData(model: Model): Literal {
  const { consent, consentEpoch } = model;
  return {
    optOut: consent.model === "opt-out" || undefined,
    evaluated: consent.evaluated === "at-start" ? consent.evaluated : undefined,
    order: [
      ...buildStep(model),
      ...consent.order.map(({ place, enableWhen, disableWhen }) => ({
        by: place.kind === "env" ? place.env : place.kind,
        find:
          place.kind === "config"
            ? new Call("config", [place.config, place.key])
            : place.kind === "stored"
              ? new Call("stored", [place.key, schemaData(schemaOf(consent, place.key))])
              : undefined,
        key: place.kind === "stored" ? place.key : undefined,
        enable: enableWhen && matchData(enableWhen),
        disable: disableWhen && matchData(disableWhen),
        outdated:
          place.kind === "stored" && consent.model === "opt-in" && consentEpoch > 1
            ? new Call("before", [consentEpoch])
            : undefined,
      })),
    ],
  };
}

/** Builds in which telemetry is off, whatever else says: they come first. */
function buildStep(model: Model): readonly Literal[] {
  const off = model.consent.builds.flatMap(({ name, kind }) => (kind === "normal" ? [] : [name]));
  return off.length === 0 ? [] : [{ by: "build", find: new Call("buildOf"), disable: new Call("exactly", off) }];
}
