import { type Literal, PureCall } from "../../emit/literal.js";
import { answerOfPart, epochKey } from "../../language/consent/answer.js";
import { countsAbsent, matchCall } from "../../language/consent/matches/index.js";
import { consentOf } from "../../language/consent/parts.js";
import { factCall } from "../../language/consent/places/fact.js";
import { placeWord } from "../../language/consent/places/index.js";
import { holdsFrom } from "../../model/epochs.js";
import type { Adoption, Consent, ConsentPart, ConsentStep, EpochFrom, Model } from "../../model/model.js";
import { printSides, type SidePrinter } from "../../plan/sides.js";
import { schemaData } from "./field-data.js";

/** Prints who decides, as the runtime's `ConsentContract`. */
export function consentData(model: Model): Literal {
  const { consent } = model;
  // Whoever asks is told no.
  if (model.retired !== undefined) {
    const find = new PureCall("orAbsent", [new PureCall("variable", ["retired"])]);
    return { order: [{ by: "retired", find, disable: new PureCall("present") }] };
  }
  return {
    optOut: consent.model === "opt-out" || undefined,
    evaluated: consent.evaluated === "at-start" ? consent.evaluated : undefined,
    order: [
      ...addressStep(model),
      ...buildStep(model),
      ...consent.order.flatMap((step, at) => [
        stepData(step, model),
        // What an older client left counts as long as nothing is kept here.
        ...(at === firstStored(consent) ? olderStep(model) : []),
      ]),
    ],
  };
}

/** Returns what is decided below it, part by part. */
export function partsData(model: Model): Literal {
  const { consent } = model;
  if (consent.parts === undefined) return undefined;
  const one = (part: ConsentPart): Literal => {
    const own = consentOf(consent, part);
    return {
      optOut: part.model === "opt-out" || undefined,
      evaluated: consent.evaluated === "at-start" ? consent.evaluated : undefined,
      needs: part.needs.length === 0 ? undefined : part.needs,
      since: part.sinceEpoch,
      order: part.order.map((step) => stepData(step, { ...model, consent: own }, part.name)),
    };
  };
  return Object.fromEntries(consent.parts.map((part) => [part.name, one(part)]));
}

function firstStored({ order, adopts }: Consent): number {
  return adopts === undefined ? -1 : order.findIndex(({ place }) => place.kind === "stored");
}

function olderStep(contract: Model): readonly Literal[] {
  const { product, consent } = contract;
  const { adopts = [], model } = consent;
  const least = { "opt-in": holdsFrom(contract), "opt-out": 1 }[model];
  const find = new PureCall("older", [least, ...adopts.map((one) => olderData(product, one))]);
  return [{ by: "older", find, enable: new PureCall("exactly", ["yes"]), disable: new PureCall("exactly", ["no"]) }];
}

function olderData(
  product: string,
  { files, key, enableWhen, disableWhen, epochFrom }: Adoption,
): { [key: string]: Literal } {
  return {
    files: files.map((file) => placeCall(product, file)),
    key,
    enable: enableWhen && matchCall(enableWhen),
    disable: disableWhen && matchCall(disableWhen),
    told: epochFrom && toldData(epochFrom),
  };
}

function toldData({ key, epochs }: EpochFrom): Literal {
  return {
    key,
    epochs: epochs.map(({ epoch, from }): Literal => [epoch, typeof from === "number" ? from : Date.parse(from)]),
  };
}

/** Returns how it is known to which edition an older yes was given, where our own note of it is missing. */
export function epochOfData({ consent: { epochFrom } }: Model): Literal {
  return epochFrom && new PureCall("epochOf", [toldData(epochFrom)]);
}

/** The same, with what is taken over beside the answer. */
export function adoptsData({ product, consent }: Model): Literal {
  return consent.adopts?.map(
    (one): Literal => ({
      ...olderData(product, one),
      identifiers:
        one.identifiers.length === 0
          ? undefined
          : Object.fromEntries(one.identifiers.map(({ name, key }) => [name, key])),
      queue: one.queue && { ...one.queue, file: placeCall(product, one.queue.file) },
    }),
  );
}

/** A path may begin with the user's home folder or the application's own. */
export function placeCall(product: string, path: string): PureCall {
  const below = path.slice(path.indexOf("/") + 1);
  // Another application's folder beside the own one.
  const [, other, file] = /^\{app_dir\}\/\.\.\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (other !== undefined && file !== undefined) return new PureCall("inAppFolder", [other, file]);
  if (path.startsWith("~/")) return new PureCall("inHome", [below]);
  return path.startsWith("{app_dir}/")
    ? new PureCall("inAppFolder", [product, below])
    : new PureCall("fixedPlace", [path]);
}

/** Returns how the state file answers for each part. */
export function partAnswersData(model: Model): Literal {
  const { consent } = model;
  if (consent.parts === undefined) return undefined;
  const answers = consent.parts.flatMap((part) => {
    const answer = answerOfPart(model, part);
    const kept = part.order.flatMap(({ place }, at) => (place.kind === "stored" ? [{ at, key: place.key }] : []));
    const data: Literal = { answer, kept: kept.length === 0 ? undefined : kept, told: epochKey(part.name) };
    return answer === undefined ? [] : [[part.name, data] as const];
  });
  return Object.fromEntries(answers);
}

function stepData(step: ConsentStep, model: Model, part?: string): Literal {
  const { consent } = model;
  const oldest = holdsFrom(model);
  const { place, enableWhen, disableWhen, onlyWhere } = step;
  const { by, find, findDecides } = placeWord(place);
  const found = find(step, consent, schemaData, model.product);
  const absent = countsAbsent(enableWhen) || countsAbsent(disableWhen);
  const variable = new PureCall("variable", [by(place)]);
  const where = absent ? new PureCall("orAbsent", [found ?? variable]) : found;
  const sides = printSides({ ...step, enable: enableWhen, disable: disableWhen }, absent, SIDES);
  const disable = findDecides && disableWhen !== undefined ? SIDES.present() : sides.disable;
  return {
    by: by(place),
    find:
      onlyWhere === undefined ? where : new PureCall("onlyWhere", [factCall(onlyWhere), where ?? variable, disable]),
    enable: enableWhen && (findDecides ? SIDES.present() : sides.enable),
    disable,
    outdated:
      place.kind === "stored" && consent.model === "opt-in" && oldest > 1
        ? part === undefined && consent.epochFrom === undefined
          ? new PureCall("before", [oldest])
          : new PureCall("partBefore", [oldest, part === undefined ? "consent_epoch" : epochKey(part)])
        : undefined,
  };
}

/** The runtime's functions for what a step says. */
const SIDES: SidePrinter<PureCall> = {
  match: matchCall,
  present: () => new PureCall("present"),
  anyOf: (all) => new PureCall("anyOf", all),
  unless: (code) => new PureCall("unless", [code]),
  anyCase: (code) => new PureCall("anyCase", [code]),
  trimmed: (code) => new PureCall("trimmed", [code]),
  isSet: (code) => new PureCall("isSet", [code]),
};

/** Builds in which telemetry is off, whatever else says: they come first. */
function buildStep(model: Model): readonly Literal[] {
  const off = model.consent.builds.flatMap(({ name, kind }) => (kind === "normal" ? [] : [name]));
  return off.length === 0
    ? []
    : [{ by: "build", find: new PureCall("buildOf"), disable: new PureCall("exactly", off) }];
}

/** Without an address, telemetry can't be on. */
function addressStep({ destination }: Model): readonly Literal[] {
  if (destination.namedBy === undefined) return [];
  return [
    { by: "address", find: new PureCall("unaddressed", [new PureCall("addressOf")]), disable: new PureCall("present") },
  ];
}

/** Returns the steps that are keys of the state file. */
export function keptData(model: Model): Literal {
  const { consent } = model;
  const first = addressStep(model).length + buildStep(model).length;
  const older = firstStored(consent);
  const kept = consent.order.flatMap(({ place }, index) =>
    place.kind === "stored" ? [{ at: index + first + Number(older >= 0 && index > older), key: place.key }] : [],
  );
  return kept.length === 0 ? undefined : kept;
}

/** Returns the call that lists what waits in the queues of other contracts with this consent. */
export function queuesData({ consent: { queues }, product }: Model): Literal {
  return queues && new PureCall("queuesOf", [...queues.map((file) => placeCall(product, file))]);
}
