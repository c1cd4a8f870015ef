import { namedIn, samples } from "../language/consent/matches/index.js";
import { allSteps, factsBeside } from "../language/consent/parts.js";
import { emptyWorld, type Found, unsure } from "../language/consent/places/define.js";
import { placeWord } from "../language/consent/places/index.js";
import { isOffAnyway } from "../language/consent/places/stored.js";
import { says } from "../language/consent/step.js";
import type { FrozenContract } from "../model/frozen.js";
import type { ConsentPlace, ConsentStep, Match } from "../model/model.js";
import { ownPath, statePath } from "../model/state-path.js";
import { consentOf, fileOf, keyOf, namesOf, type Step, spoken, type Value, type World } from "./consent-places.js";
import { sameContent } from "./content.js";

/** An act of a person, and its outcome on both sides. */
export interface Turn {
  /** `CODEGRAPH_TELEMETRY=0`, `stored enabled: false`; empty: nothing was set anywhere. */
  readonly given: string;
  readonly from: "on" | "off";
  /** True if a step said so, or nobody did. */
  readonly chosenBefore: boolean;
  readonly chosenAfter: boolean;
}

/** One row of a table: what is set, and what follows from it on both sides, with what decided. */
export interface Decision {
  readonly given: string;
  readonly before: string;
  readonly after: string;
}

interface Difference {
  readonly world: World;
  readonly was: Decided;
  readonly is: Decided;
}

interface Decided {
  readonly on: boolean;
  /** The place's key; empty: the model. */
  readonly by: string;
}

/**
 * Returns where two versions decide differently: the shortest example for each place that used to decide, or decides now. Exact, because
 * a match can't tell apart more values than those that are tried.
 */
export function compareConsent(before: FrozenContract, after: FrozenContract): readonly Turn[] {
  const turns = new Map<string, Turn & { size: number }>();
  const names = namesOf([before, after]);
  for (const { world, was, is } of differences(before, after)) {
    // An answer that no longer counts is reported once, whatever counts instead; so is an answer that now counts.
    const key = was.on || was.by === "" ? `now ${is.by} ${is.on}` : `was ${was.by}`;
    const known = turns.get(key);
    if (known !== undefined && known.size <= world.size) continue;
    turns.set(key, {
      given: spoken(world, names),
      from: was.on ? "on" : "off",
      chosenBefore: was.by !== "",
      chosenAfter: is.by !== "",
      size: world.size,
    });
  }
  return [...turns.values()];
}

/**
 * Returns the stored answers that said no and say nothing any more, where telemetry is off all the same, but somebody who hasn't answered is
 * asked.
 */
export function forgottenNoes(before: FrozenContract, after: FrozenContract): readonly string[] {
  const names = namesOf([before, after]);
  return [after.consent, ...(after.consent.parts ?? [])].flatMap((own) => {
    const old = "name" in own ? before.consent.parts?.find(({ name }) => name === own.name) : before.consent;
    if (own.ask.length === 0 || old === undefined) return [];
    return [...placesOf([before], () => old.order)]
      .filter(([, { kind }]) => kind === "stored")
      .flatMap(([key, place]) => distinct(key, place, [before, after]).map((value): World => new Map([[key, value]])))
      .filter((world) => {
        const [was, is] = [decide(before, world, old), decide(after, world, own)];
        return ![...world.values()].includes(unsure) && !was.on && was.by !== "" && !is.on && is.by === "";
      })
      .map((world) => spoken(world, names));
  });
}

/** Every row in which the two tables of decisions differ, without those that only add something to another. */
export function decisionRows(before: FrozenContract, after: FrozenContract): readonly Decision[] {
  const names = namesOf([before, after]);
  const rows: Difference[] = [];
  for (const one of differences(before, after))
    if (!rows.some((row) => row.was.on === one.was.on && isWithin(row.world, one.world))) rows.push(one);
  const told = ({ on, by }: Decided) =>
    `${on ? "on" : "off"} (${by === "" ? "by default" : (names.get(by)?.by ?? by)})`;
  return rows.map(({ world, was, is }) => ({
    given: spoken(world, names) || "nothing is set",
    before: told(was),
    after: told(is),
  }));
}

function isWithin(inner: World, outer: World): boolean {
  return [...inner].every(([key, value]) => outer.get(key) === value);
}

/** Several rules ask. */
const compared = new WeakMap<FrozenContract, WeakMap<FrozenContract, readonly Difference[]>>();

function differences(before: FrozenContract, after: FrozenContract): readonly Difference[] {
  const known = compared.get(before) ?? new WeakMap<FrozenContract, readonly Difference[]>();
  compared.set(before, known);
  const found = known.get(after) ?? worldsApart(before, after);
  known.set(after, found);
  return found;
}

/** From what sets least to what sets most. */
function worldsApart(before: FrozenContract, after: FrozenContract): readonly Difference[] {
  const files = [before, after].map((contract) => ownPath(statePath(contract) ?? "", contract));
  if (files[0] === files[1] && sameContent(before.consent, after.consent)) {
    // One step after the other is asked all the same: a contract that can't be is found here.
    decide(before, new Map());
    return [];
  }
  const contracts = [before, after];
  const places = [...placesOf(contracts)].map(([key, place]) => [key, distinct(key, place, contracts)] as const);
  const found: Difference[] = [];
  for (const world of worlds(places, mostSet(contracts))) {
    const [was, is] = [decide(before, world), decide(after, world)];
    if (was.on !== is.on) found.push({ world, was, is });
  }
  return found.sort((a, b) => a.world.size - b.world.size);
}

/**
 * A decision depends on one place before and one place after, and leaving the others unset changes neither; but where a step says
 * something about nothing at all, it has to be set to something else before a later one is asked.
 */
function mostSet(contracts: readonly FrozenContract[]): number {
  const aboutNothing = contracts.map(
    ({ consent }) =>
      consent.order.filter((step) => step.onlyWhere !== undefined || says(step as ConsentStep, undefined) !== undefined)
        .length,
  );
  return Math.min(2 + Math.max(...aboutNothing), 4);
}

export function placesOf(
  contracts: readonly FrozenContract[],
  stepsOf: (consent: FrozenContract["consent"]) => readonly Step[] = ({ order }) => order,
): ReadonlyMap<string, ConsentPlace> {
  const facts = contracts.flatMap(({ consent }) =>
    factsBeside(consent).map((one) => [`fact ${one.fact}`, { kind: "fact", ...one }] as const),
  );
  return new Map<string, ConsentPlace>([
    ...facts,
    ...contracts.flatMap((contract) =>
      stepsOf(contract.consent).flatMap((step) => {
        const file = fileOf(step, contract);
        const whole: readonly (readonly [string, ConsentPlace])[] = file === undefined ? [] : [[file, step.place]];
        return [[keyOf(step, contract), step.place] as const, ...whole];
      }),
    ),
  ]);
}

/** @param own the head, or a part of it. */
export function decide(
  contract: FrozenContract,
  world: World,
  own: Pick<FrozenContract["consent"], "model" | "order"> = contract.consent,
): Decided {
  const consent = consentOf({ ...contract, consent: { ...contract.consent, ...own } });
  for (const step of consent.order) {
    if (step.onlyWhere !== undefined && world.get(`fact ${step.onlyWhere.fact}`) !== true) continue;
    const value = foundBy(step, contract, world);
    if (value === unsure && step.place.kind === "stored" && isOffAnyway(step, consent)) continue;
    const said = value === unsure ? "no" : says(step, value);
    if (said !== undefined) return { on: said === "yes", by: keyOf(step, contract) };
  }
  return { on: own.model === "opt-out", by: "" };
}

/** Returns what a step finds, where this and nothing else is set. */
function foundBy(step: Step, contract: FrozenContract, world: World): Found {
  const file = fileOf(step, contract);
  if (file !== undefined && world.has(file)) return unsure;
  const value = world.get(keyOf(step, contract));
  if (value === unsure) return unsure;
  const consent = consentOf(contract);
  const place = placeWord(step.place);
  const own = emptyWorld(consent);
  if (value !== undefined) place.put(step.place, value, own);
  return place.found(step.place, own, step as ConsentStep, consent);
}

/** One value of each kind that any match can tell from the others. */
export function distinct(key: string, place: ConsentPlace, contracts: readonly FrozenContract[]): readonly Value[] {
  if (key.startsWith("file ")) return [unsure];
  const matches = contracts.flatMap(({ consent }) =>
    allSteps(consent).flatMap(({ enableWhen, disableWhen }) => [enableWhen ?? [], disableWhen ?? []].flat() as Match[]),
  );
  const literals = matches.flatMap(namedIn);
  // Of each kind one that no match names word by word.
  const unnamed = (word: string): string => (literals.includes(word) ? unnamed(`${word} `) : word);
  const words = ["1", "true", "yes", "on", "0", "false", "no", "off", "anything"];
  const texts = [...literals, ...words, "", ...["0", "1", "anything"].map(unnamed)].map(String);
  const all: readonly Value[] = [
    true,
    false,
    ...literals,
    ...words,
    ...texts,
    0,
    1,
    7,
    ...matches.flatMap(samples),
    ...texts.flatMap((text) => [text.toUpperCase(), ` ${text} `]),
    unsure,
  ];
  const kinds = new Map<string, Value>();
  for (const value of all.filter(placeWord(place).holds)) {
    const kind = contracts
      .flatMap((contract) =>
        allSteps(contract.consent)
          .filter((step) => keyOf(step, contract) === key)
          .map((step) => {
            const found = foundBy(step, contract, new Map([[key, value]]));
            return found === unsure ? "unsure" : (says(step as ConsentStep, found) ?? "nothing");
          }),
      )
      .join();
    // That the whole file can't be read is tried by itself, and comes to the same.
    if (fileOf({ place }, contracts[0] as FrozenContract) !== undefined && /^unsure(,unsure)*$/.test(kind)) continue;
    if (!kinds.has(kind)) kinds.set(kind, value);
  }
  return [...kinds.values()];
}

/** Everything that can be set in so many places. */
function* worlds(places: readonly (readonly [string, readonly Value[]])[], more: number): Generator<World> {
  yield new Map();
  if (more === 0) return;
  for (const [index, [place, values]] of places.entries())
    for (const value of values)
      for (const rest of worlds(places.slice(index + 1), more - 1)) yield new Map([[place, value], ...rest]);
}
