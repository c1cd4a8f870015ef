import { Call, type Literal } from "../../emit/literal.js";
import { example, matchCall, namedIn } from "../../language/consent/matches/index.js";
import { placeWord } from "../../language/consent/places/index.js";
import { schemaOf } from "../../language/consent/places/stored.js";
import { says } from "../../language/consent/step.js";
import { accepts } from "../../model/accepts.js";
import type { Consent, ConsentStep, Match, Model, Scalar } from "../../model/model.js";
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
    key: place.kind === "stored" ? place.key : undefined,
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

/** How the state file says yes and no, where it is asked: a value that the first step that looks into it takes for just that. */
export function answerData({ consent }: Model): Literal {
  const step = consent.order.find(({ place }) => place.kind === "stored");
  if (step?.place.kind !== "stored") return undefined;
  const { key } = step.place;
  const schema = schemaOf(consent, key);
  const first = (match: Match | undefined, said: "yes" | "no") => {
    const named: readonly Scalar[] = match === undefined ? [] : [...namedIn(match), example(match)];
    const usual = [
      true,
      false,
      "yes",
      "no",
      "true",
      "false",
      "1",
      "0",
      1,
      0,
      ...((schema.enum ?? []) as readonly Scalar[]),
    ];
    return [...named, ...usual].find((value) => says(step, value) === said && accepts(schema, value));
  };
  return { key, yes: first(step.enableWhen, "yes"), no: first(step.disableWhen, "no") };
}

/** The variables that say no, each with a value that does: `DO_NOT_TRACK=1`. */
export function offVariables({ order }: Consent): readonly string[] {
  return order.flatMap(({ place, disableWhen }) =>
    place.kind === "env" && disableWhen ? [`${place.env}=${example(disableWhen)}`] : [],
  );
}
