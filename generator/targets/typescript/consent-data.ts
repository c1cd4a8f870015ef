import { Call, type Literal } from "../../emit/literal.js";
import { matchCall } from "../../language/consent/matches/index.js";
import { placeWord } from "../../language/consent/places/index.js";
import type { ConsentStep, Model } from "../../model/model.js";
import { schemaData } from "./field-data.js";

/** Who decides, as the runtime's `ConsentContract`. */
export function consentData(model: Model): Literal {
  const { consent } = model;
  return {
    optOut: consent.model === "opt-out" || undefined,
    evaluated: consent.evaluated === "at-start" ? consent.evaluated : undefined,
    order: [...buildStep(model), ...consent.order.map((step) => stepData(step, model))],
  };
}

function stepData(step: ConsentStep, { consent, consentEpoch }: Model): Literal {
  const { place, enableWhen, disableWhen } = step;
  const { by, find } = placeWord(place);
  return {
    by: by(place),
    find: find(step, consent, schemaData),
    enable: enableWhen && matchCall(enableWhen),
    disable: disableWhen && matchCall(disableWhen),
    outdated:
      place.kind === "stored" && consent.model === "opt-in" && consentEpoch > 1
        ? new Call("before", [consentEpoch])
        : undefined,
  };
}

/** Builds in which telemetry is off, whatever else says: they come first. */
function buildStep(model: Model): readonly Literal[] {
  const off = model.consent.builds.flatMap(({ name, kind }) => (kind === "normal" ? [] : [name]));
  return off.length === 0 ? [] : [{ by: "build", find: new Call("buildOf"), disable: new Call("exactly", off) }];
}

/** Which of the steps are keys of the state file. */
export function keptData({ consent }: Model): Literal {
  const first = consent.builds.some(({ kind }) => kind !== "normal") ? 1 : 0;
  const kept = consent.order.flatMap(({ place }, index) =>
    place.kind === "stored" ? [{ at: index + first, key: place.key }] : [],
  );
  return kept.length === 0 ? undefined : kept;
}
