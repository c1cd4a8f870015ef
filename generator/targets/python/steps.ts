import { isMarker } from "../../language/consent/places/config.js";
import { placeWord } from "../../language/consent/places/index.js";
import { holdsTextsOnly } from "../../language/file-forms.js";
import { countsAbsent, kindsOf } from "../../plan/kinds.js";
import { isOffAnyway } from "../../plan/off-anyway.js";
import type { Plan, PlanStep } from "../../plan/plan.js";
import { printSides, type SidePrinter } from "../../plan/sides.js";
import { Call, type Literal, Name } from "./literal.js";
import { matchData } from "./matches.js";
import { factData, valueData } from "./values.js";

type Consent = Pick<Plan["consent"], "heedsUnread" | "model" | "order">;
type Part = NonNullable<Plan["consent"]["parts"]>[number];

/** Prints who decides, in this order: who is asked, and what comes before all of them. */
export function stepsData(plan: Plan): readonly Literal[] {
  const { consent, destination, product, retired } = plan;
  // Whoever asks is told no.
  if (retired) return [new Call("Step", ["retired", new Name("always_off")], { disable: new Name("present") })];
  const off = consent.builds.flatMap(({ name, kind }) => (kind === "normal" ? [] : [name]));
  const first = consent.adopts === undefined ? -1 : consent.order.findIndex(({ place }) => place.kind === "stored");
  return [
    ...(destination.namedBy === undefined
      ? []
      : [new Call("Step", ["address", new Name("unaddressed")], { disable: new Name("present") })]),
    ...(off.length === 0
      ? []
      : [new Call("Step", ["build", new Name("build")], { disable: new Call("exactly", off) })]),
    ...consent.order.flatMap((step, at) => [
      stepData(step, consent, at),
      // What an older client left counts as long as nothing is kept here.
      ...(at === first ? [olderStep(product, consent)] : []),
    ]),
  ];
}

/** Returns what is decided by itself, as the runtime's `Part`. */
export function partData(part: Part, { consent }: Plan): Call {
  const { model, needs, sinceEpoch, order } = part;
  return new Call(
    "Part",
    [part.name, order.map((step, at) => stepData(step, { ...consent, model, order }, at, part.name))],
    {
      opt_out: model === "opt-out" || undefined,
      needs: needs.length === 0 ? undefined : needs,
      since: sinceEpoch,
    },
  );
}

function olderStep(product: string, { adopts = [], holdsFrom }: Plan["consent"]): Call {
  const find = new Call("older", [holdsFrom, ...adopts.map((one) => olderData(product, one))]);
  return new Call("Step", ["older", find], {
    enable: new Call("exactly", ["yes"]),
    disable: new Call("exactly", ["no"]),
  });
}

type Adoption = NonNullable<Plan["consent"]["adopts"]>[number];

function olderData(product: string, { files, key, enableWhen, disableWhen, epochFrom }: Adoption): Call {
  return new Call("Older", [files.map((file) => place(product, file)), key], {
    enable: enableWhen && matchData(enableWhen),
    disable: disableWhen && matchData(disableWhen),
    told: epochFrom && new Call("", toldData(epochFrom)),
  });
}

/** From when on somebody was told which edition of the list. */
export function toldData({ key, epochs }: NonNullable<Plan["consent"]["epochFrom"]>): readonly Literal[] {
  return [
    key,
    epochs.map(({ epoch, from }) => new Call("", [epoch, typeof from === "number" ? from : Date.parse(from)])),
  ];
}

/** The same, with what is taken over beside the answer. */
export function adoptedData(product: string, one: Adoption): Call {
  const { identifiers, queue } = one;
  return new Call("Adopted", [olderData(product, one)], {
    identifiers:
      identifiers.length === 0 ? undefined : Object.fromEntries(identifiers.map(({ name, key }) => [name, key])),
    queue: queue && new Call("", [place(product, queue.file), queue.event, queue.time, queue.fields]),
  });
}

/** A path may begin with the user's home folder, or with the application's own, beside which another's may lie. */
export function place(product: string, path: string): Call {
  const below = path.slice(path.indexOf("/") + 1);
  const [, other, file] = /^\{app_dir\}\/\.\.\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (other !== undefined && file !== undefined) return new Call("in_app_folder", [other, file]);
  if (path.startsWith("~/")) return new Call("in_home", [below]);
  return path.startsWith("{app_dir}/") ? new Call("in_app_folder", [product, below]) : new Call("fixed", [path]);
}

/** One place that consent is read from, as the runtime's `Step`. */
function stepData(step: PlanStep, consent: Consent, at: number, part?: string): Call {
  const { by, place, enable, disable, sinceEpoch, onlyWhere } = step;
  const absent = countsAbsent(enable) || countsAbsent(disable);
  const found = placeData(step, consent, at);
  const there = absent ? new Call("or_absent", [found ?? new Call("variable", [by])]) : found;
  // A flag and a fact are found only where they say what they are there for.
  const decides = placeWord(place).findDecides;
  const sides = printSides(step, absent, SIDES);
  const saysNo = decides && disable !== undefined ? new Name("present") : sides.disable;
  const find =
    onlyWhere === undefined
      ? there
      : new Call("only_where", [
          factData(onlyWhere),
          there ?? new Call("variable", [by]),
          ...(saysNo === undefined ? [] : [saysNo]),
        ]);
  return new Call("Step", find === undefined ? [by] : [by, find], {
    key: place.kind === "stored" ? place.key : undefined,
    enable: enable && (decides ? new Name("present") : sides.enable),
    disable: saysNo,
    since: sinceEpoch,
    told: sinceEpoch === undefined || part === undefined ? undefined : `consent_epoch:${part}`,
  });
}

function placeData({ place, value, enable, disable }: PlanStep, consent: Consent, at: number): Literal {
  switch (place.kind) {
    case "env":
      return undefined;
    case "config": {
      const found = configData(place, kindsOf([enable, disable]), consent);
      return place.behind === undefined ? found : new Call("unless_there", [found, ...place.behind]);
    }
    case "stored":
      if (value === undefined) return undefined;
      return new Call("stored", [place.key, valueData(value)], { off_anyway: isOffAnyway(consent, at) || undefined });
    case "flag": {
      const match = disable ?? enable;
      return new Call("argument", place.valued && match ? [place.flag, matchData(match)] : [place.flag]);
    }
    case "fact":
      return factData(place);
    case "given":
      return new Call("given", [place.given, ...kindsOf([enable, disable])]);
    default:
      throw new Error(`${(place as PlanStep["place"]).kind} is refused before`);
  }
}

type Config = Extract<PlanStep["place"], { readonly kind: "config" }>;

/** Without a key: whether it is there, or what stands in it. */
function configData(place: Config, asked: readonly string[], { order }: Consent): Call {
  if (place.key === "") return new Call(isMarker(place) ? "marker" : "whole_text", [place.config]);
  // In INI and plain text a number is a text of its usual spelling.
  const kinds = asked.length > 0 && holdsTextsOnly(place.form) ? ["string"] : asked;
  const above = order.some((other) => isBelow(place, other));
  const all = above ? [...(kinds.length === 0 ? ["string", "boolean", "number"] : kinds), "object"] : kinds;
  return new Call("config", [place.config, place.key, ...all]);
}

/** A mapping there is no answer, and nothing wrong. */
function isBelow(above: { readonly config: string; readonly key: string }, { place }: PlanStep): boolean {
  return place.kind === "config" && place.config === above.config && place.key.startsWith(`${above.key}.`);
}

/** The runtime's functions for what a step says. */
const SIDES: SidePrinter<Literal> = {
  match: matchData,
  present: () => new Name("present"),
  anyOf: (all) => new Call("any_of", all),
  unless: (code) => new Call("unless", [code]),
  anyCase: (code) => new Call("any_case", [code]),
  trimmed: (code) => new Call("trimmed", [code]),
  isSet: (code) => new Call("is_set", [code]),
};
