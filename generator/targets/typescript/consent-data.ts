import { Call, type Literal } from "../../emit/literal.js";
import { countsAbsent, matchCall } from "../../language/consent/matches/index.js";
import { placeWord } from "../../language/consent/places/index.js";
import type { ConsentStep, Match, Model } from "../../model/model.js";
import { schemaData } from "./field-data.js";

/** Who decides, as the runtime's `ConsentContract`. */
export function consentData(model: Model): Literal {
  const { consent } = model;
  return {
    optOut: consent.model === "opt-out" || undefined,
    evaluated: consent.evaluated === "at-start" ? consent.evaluated : undefined,
    order: [...addressStep(model), ...buildStep(model), ...consent.order.map((step) => stepData(step, model))],
  };
}

function stepData(step: ConsentStep, { consent, consentEpoch }: Model): Literal {
  const { place, enableWhen, disableWhen } = step;
  const { by, find, findDecides } = placeWord(place);
  const found = find(step, consent, schemaData);
  const absent = countsAbsent(enableWhen) || countsAbsent(disableWhen);
  return {
    by: by(place),
    find: absent ? new Call("orAbsent", [found ?? new Call("variable", [by(place)])]) : found,
    enable: enableWhen && sideData(step, enableWhen, absent),
    disable: findDecides ? new Call("present") : disableData(step, absent),
    outdated:
      place.kind === "stored" && consent.model === "opt-in" && consentEpoch > 1
        ? new Call("before", [consentEpoch])
        : undefined,
  };
}

/** A side's match, with what the step says about spelling around it. */
function sideData({ anyCase, trimmed }: ConsentStep, match: Match, absent: boolean): Call {
  if (match.kind === "any-of" && absent)
    return new Call(
      "anyOf",
      match.of.map((one) => (one.kind === "absent" ? matchCall(one) : thatIsSet(one))),
    );
  return match.kind === "absent" ? matchCall(match) : thatIsSet(match);

  function thatIsSet(one: Match): Call {
    const folded = anyCase ? new Call("anyCase", [matchCall(one)]) : matchCall(one);
    const spelled = trimmed ? new Call("trimmed", [folded]) : folded;
    return absent ? new Call("isSet", [spelled]) : spelled;
  }
}

function disableData(step: ConsentStep, absent: boolean): Literal {
  const { enableWhen, disableWhen, otherwise } = step;
  const written = disableWhen && sideData(step, disableWhen, absent);
  if (otherwise === undefined) return written;
  const other = enableWhen ? new Call("unless", [sideData(step, enableWhen, absent)]) : new Call("present");
  const rest = absent ? new Call("isSet", [other]) : other;
  return written === undefined ? rest : new Call("anyOf", [written, rest]);
}

/** Builds in which telemetry is off, whatever else says: they come first. */
function buildStep(model: Model): readonly Literal[] {
  const off = model.consent.builds.flatMap(({ name, kind }) => (kind === "normal" ? [] : [name]));
  return off.length === 0 ? [] : [{ by: "build", find: new Call("buildOf"), disable: new Call("exactly", off) }];
}

/** As long as nobody named an address there is nothing to be on. */
function addressStep({ destination }: Model): readonly Literal[] {
  if (destination.namedBy === undefined) return [];
  return [{ by: "address", find: new Call("unaddressed", [new Call("addressOf")]), disable: new Call("present") }];
}

/** Which of the steps are keys of the state file. */
export function keptData(model: Model): Literal {
  const { consent } = model;
  const first = addressStep(model).length + buildStep(model).length;
  const kept = consent.order.flatMap(({ place }, index) =>
    place.kind === "stored" ? [{ at: index + first, key: place.key }] : [],
  );
  return kept.length === 0 ? undefined : kept;
}
