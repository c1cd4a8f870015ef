import { isMarker } from "../../language/consent/places/config.js";
import { placeWord } from "../../language/consent/places/index.js";
import { holdsTextsOnly } from "../../language/file-forms.js";
import { countsAbsent, kindsOf } from "../../plan/kinds.js";
import { isOffAnyway } from "../../plan/off-anyway.js";
import type { Plan, PlanStep } from "../../plan/plan.js";
import { printSides, type SidePrinter } from "../../plan/sides.js";
import { type Code, call } from "./code.js";
import { factOf } from "./gates.js";
import { plain, text } from "./literal.js";
import { placeOf } from "./places.js";
import { matcherOf, takeOf } from "./values.js";

type Part = NonNullable<Plan["consent"]["parts"]>[number];

/** The owner of the steps: all of consent's, or a part's. */
interface Asked extends Pick<Plan["consent"], "model" | "order" | "answer" | "heedsUnread"> {
  readonly part?: string;
}

/** The places that consent is read from, as the runtime's steps; what comes before all others first. */
export function stepData(plan: Plan): readonly string[] {
  const { consent, destination, retired } = plan;
  // Whoever asks is told no.
  if (retired) return [`{by: "retired", find: alwaysOff, disable: present}`];
  const { namedBy, override } = destination;
  const named = `unaddressed(${text(namedBy ?? "")}, ${override === undefined ? "nil" : "t.override"})`;
  const off = consent.builds.flatMap(({ name, kind }) => (kind === "normal" ? [] : [text(name)]));
  const first = consent.adopts === undefined ? -1 : consent.order.findIndex(({ place }) => place.kind === "stored");
  return [
    ...(namedBy === undefined ? [] : [`{by: "address", find: ${named}, disable: present}`]),
    ...(off.length === 0 ? [] : [`{by: "build", find: buildName, disable: exactly(${off.join(", ")})}`]),
    ...consent.order.flatMap((step, at) => [
      stepOf(step, plan, consent, at),
      // What an older client left counts as long as nothing is kept here.
      ...(at === first ? [olderStep(plan)] : []),
    ]),
  ];
}

/** Returns what is decided by itself below the rest. */
export function partOf(plan: Plan, one: Part): Code {
  const { name, model, needs, sinceEpoch, order, answer } = one;
  const asked: Asked = { model, order, part: name, ...(answer === undefined ? {} : { answer }) };
  return call(
    "partOf",
    text(name),
    String(model === "opt-out"),
    needs.length === 0 ? "nil" : `[]string{${needs.map(text).join(", ")}}`,
    String(sinceEpoch ?? 0),
    answer === undefined ? "nil" : answerOf(answer),
    ...order.map((step, at) => `step${stepOf(step, plan, asked, at)}`),
  );
}

/** Prints the state file's yes and no. */
export function answerOf({ key, yes, no }: NonNullable<Plan["consent"]["answer"]>): string {
  const orNil = (value: typeof yes) => (value === undefined ? "nil" : plain(value));
  return `&answering{key: ${text(key)}, yes: ${orNil(yes)}, no: ${orNil(no)}}`;
}

function olderStep(plan: Plan): string {
  const { adopts = [], holdsFrom } = plan.consent;
  const args = [statePlace(plan), String(holdsFrom), ...adopts.map((one) => olderOf(plan, one))].join(", ");
  return `{by: "older", find: older(${args}), enable: exactly("yes"), disable: exactly("no")}`;
}

/** Returns what an older client left, and what of it is taken over. */
type Told = NonNullable<NonNullable<Plan["consent"]["adopts"]>[number]["epochFrom"]>;

/** Editions of the list, each from when on it was current. */
function editionsOf({ epochs }: Pick<Told, "epochs">): readonly string[] {
  return epochs.map(({ epoch, from }) => `{${epoch}, ${typeof from === "number" ? from : Date.parse(from)}}`);
}

/** Returns what tells to which edition of the list an older version's yes was given; undefined: nothing but our own note. */
export function editionOf({ consent: { epochFrom } }: Plan): string | undefined {
  if (epochFrom === undefined) return undefined;
  return `editionBy(${[text(epochFrom.key), ...editionsOf(epochFrom).map((one) => `sinceThen${one}`)].join(", ")})`;
}

export function olderOf({ product }: Plan, one: NonNullable<Plan["consent"]["adopts"]>[number]): string {
  const { files, key, enableWhen, disableWhen, epochFrom, identifiers, queue } = one;
  const editions = epochFrom === undefined ? [] : editionsOf(epochFrom);
  return `olderTerms{${[
    `files: []place{${files.map((file) => placeOf(product, file)).join(", ")}}`,
    `key: ${text(key)}`,
    ...(enableWhen === undefined ? [] : [`enable: ${matcherOf(enableWhen)}`]),
    ...(disableWhen === undefined ? [] : [`disable: ${matcherOf(disableWhen)}`]),
    ...(epochFrom === undefined
      ? []
      : [`toldAt: ${text(epochFrom.key)}`, `editions: []sinceThen{${editions.join(", ")}}`]),
    ...(identifiers.length === 0
      ? []
      : [`identifiers: []header{${identifiers.map((each) => `{${text(each.name)}, ${text(each.key)}}`).join(", ")}}`]),
    ...(queue === undefined
      ? []
      : [
          `queue: ${placeOf(product, queue.file)}`,
          `event: ${text(queue.event)}`,
          `at: ${text(queue.time)}`,
          `members: ${text(queue.fields)}`,
        ]),
  ].join(", ")}}`;
}

function stepOf(step: PlanStep, plan: Plan, asked: Asked, at: number): string {
  const { by, place, enable, disable, sinceEpoch, onlyWhere: fact } = step;
  const absent = countsAbsent(enable) || countsAbsent(disable);
  const finder = finderOf(step, plan, asked, at);
  const key = asked.part === undefined ? "consent_epoch" : `consent_epoch:${asked.part}`;
  const held =
    sinceEpoch === undefined
      ? finder
      : `heldSince(${finder}, ${statePlace(plan)}, ${sinceEpoch}, ${text(key)}, ${editionOf(plan) ?? "nil"})`;
  // A flag and a fact are found only where they say what they are there for.
  const decides = placeWord(place).findDecides;
  const sides = printSides(step, absent, SIDES);
  const no = decides && enable === undefined ? "present" : sides.disable;
  const there = absent ? `orAbsent(${held})` : held;
  return [
    `{by: ${text(by)}, find: ${fact === undefined ? there : `onlyWhere(${factOf(fact)}, ${there}, ${no ?? "nil"})`}`,
    ...(sides.enable === undefined ? [] : [`enable: ${decides ? "present" : sides.enable}`]),
    ...(no === undefined ? [] : [`disable: ${no}`]),
    ...(place.kind === "env" && hasCommands(plan) ? ["isVariable: true"] : []),
    ...(place.kind === "stored" && asked.answer !== undefined ? [`stateKey: ${text(place.key)}`] : []),
  ]
    .join(", ")
    .concat("}");
}

/** Returns whether a person has something to type. */
export function hasCommands({ state, consent }: Plan): boolean {
  return state?.declared === true && Object.keys(consent.commands).length > 0;
}

function statePlace({ product, state }: Plan): string {
  return placeOf(product, state?.path ?? "");
}

function finderOf({ place, value, enable, disable }: PlanStep, plan: Plan, asked: Asked, at: number): string {
  switch (place.kind) {
    case "env":
      return `variable(${text(place.env)})`;
    case "config": {
      const about = kindsOf([enable, disable]);
      // In INI and plain text a number is a text of its usual spelling.
      const kinds = about.length > 0 && holdsTextsOnly(place.form) ? ["string"] : about;
      const above = asked.order.some((other) => isBelow(place, other));
      const all = above ? [...(kinds.length === 0 ? ["string", "boolean", "number"] : kinds), "object"] : kinds;
      // Without a key: whether it is there, or what stands in it.
      const bare = `${isMarker(place) ? "marker" : "wholeText"}(${text(place.config)})`;
      const finder = place.key === "" ? bare : `configured(${[place.config, place.key, ...all].map(text).join(", ")})`;
      return place.behind === undefined ? finder : `unlessThere(${[finder, ...place.behind.map(text)].join(", ")})`;
    }
    case "flag": {
      const match = disable ?? enable;
      return `argument(${text(place.flag)}, ${place.valued && match !== undefined ? matcherOf(match) : "nil"})`;
    }
    case "given":
      return `ownSetting(${[place.given, ...kindsOf([enable, disable])].map(text).join(", ")})`;
    case "fact":
      return factOf(place);
    case "stored":
      if (value === undefined) throw new Error("a stored step without a value");
      return `stored(${statePlace(plan)}, ${text(place.key)}, ${takeOf(value)}, ${isOffAnyway(asked, at)})`;
    default:
      throw new Error(`${(place as PlanStep["place"]).kind} is refused before`);
  }
}

/** A map there is no answer, and nothing wrong. */
function isBelow(above: { readonly config: string; readonly key: string }, { place }: PlanStep): boolean {
  return place.kind === "config" && place.config === above.config && place.key.startsWith(`${above.key}.`);
}

/** The runtime's functions for what a step says. */
const SIDES: SidePrinter<string> = {
  match: matcherOf,
  present: () => "present",
  anyOf: (all) => `anyOf(${all.join(", ")})`,
  unless: (code) => `unless(${code})`,
  anyCase: (code) => `anyCase(${code})`,
  trimmed: (code) => `trimmed(${code})`,
  isSet: (code) => `isSet(${code})`,
};
