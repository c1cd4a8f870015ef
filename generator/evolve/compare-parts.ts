import { allSteps, partNamed } from "../language/consent/parts.js";
import { unsure } from "../language/consent/places/define.js";
import { says } from "../language/consent/step.js";
import type { FrozenContract } from "../model/frozen.js";
import { decide, distinct, placesOf } from "./compare-consent.js";
import { keyOf, namesOf, type Step, spoken, type Value, type World } from "./consent-places.js";
import type { Pair } from "./pair.js";

/** A part's things that belong to it before and after (or to none), and are now decided in another way. */
export interface PartTurn {
  readonly was: string | undefined;
  readonly is: string | undefined;
  /** Events, metrics and fields, as people are told. */
  readonly names: readonly string[];
  readonly near: object;
  /** The shortest setting under which it is on now and was off, or the other way round. */
  readonly loosened?: string;
  readonly tightened?: string;
}

/** Returns where parts decide otherwise, or something has moved to another part. What the head decides otherwise is reported for the head. */
export function compareParts(pair: Pair): readonly PartTurn[] {
  const known = compared.get(pair) ?? turnsOf(pair);
  compared.set(pair, known);
  return known;
}

/** Several rules ask. */
const compared = new WeakMap<Pair, readonly PartTurn[]>();

function turnsOf(pair: Pair): readonly PartTurn[] {
  const moves = new Map<string, { was: string | undefined; is: string | undefined; names: string[]; near: object }>();
  const add = (name: string, was: { part?: string }, is: { part?: string }) => {
    if (was.part === undefined && is.part === undefined) return;
    const key = JSON.stringify([was.part ?? null, is.part ?? null]);
    const known = moves.get(key);
    if (known === undefined) moves.set(key, { was: was.part, is: is.part, names: [name], near: is });
    else known.names.push(name);
  };
  for (const { before, after } of pair.events) if (before && after) add(after.wireName, before, after);
  for (const { before, after, owner, name } of pair.fields)
    if (before && after) add(`${name} of ${owner}`, before, after);
  const { before, after } = pair;
  const spokenNames = namesOf([before, after]);
  return [...moves.values()].flatMap((move): readonly PartTurn[] => {
    const found: { loosened?: string; tightened?: string } = {};
    const least: { loosened?: number; tightened?: number } = {};
    for (const world of worldsFor(before, after, [move.was, move.is])) {
      if (decide(before, world).on !== decide(after, world).on) continue;
      const [was, is] = [isOn(before, move.was, world), isOn(after, move.is, world)];
      const kind = was ? "tightened" : "loosened";
      if (was === is) continue;
      if (world.size < (least[kind] ?? Number.POSITIVE_INFINITY))
        [found[kind], least[kind]] = [spoken(world, spokenNames), world.size];
    }
    return found.loosened === undefined && found.tightened === undefined ? [] : [{ ...move, ...found }];
  });
}

function isOn(contract: FrozenContract, name: string | undefined, world: World): boolean {
  if (!decide(contract, world).on) return false;
  const part = name === undefined ? undefined : partNamed(contract.consent, name);
  if (part === undefined) return true;
  return part.needs.every((need) => isOn(contract, need, world)) && decide(contract, world, part).on;
}

/**
 * Nothing set, and everything set as one of the versions needs it for the part to be on; each with a place or two otherwise. More need
 * not be tried: what turns a part on or off is one place before and one after.
 */
function* worldsFor(
  before: FrozenContract,
  after: FrozenContract,
  names: readonly (string | undefined)[],
): Generator<World> {
  const both = [before, after];
  const steps = both.flatMap((contract) =>
    allSteps(contract.consent).map((step) => [keyOf(step, contract), step] as const),
  );
  const places = [...placesOf(both, allSteps)].map(([key, place]) => [key, distinct(key, place, both)] as const);
  const yes = (wanted: (step: Step) => boolean): World =>
    new Map(
      places.flatMap(([key, values]) => {
        const here = steps.filter(([one, step]) => one === key && wanted(step)).map(([, step]) => step);
        const said = (value: Value) => here.map((step) => (value === unsure ? "no" : says(step, value)));
        const usable = values.filter((value) => said(value).includes("yes") && !said(value).includes("no"));
        return usable[0] === undefined ? [] : [[key, usable[0]] as const];
      }),
    );
  const kept = (step: Step) => step.place.kind !== "env";
  for (const base of [new Map() as World, yes(kept), yes(() => true)])
    if (base.size === 0 || both.some((contract, at) => isOn(contract, names[at], base)))
      yield* varied(base, places, base.size === 0 ? 2 : 1);
}

function* varied(
  base: World,
  places: readonly (readonly [string, readonly Value[]])[],
  more: number,
): Generator<World> {
  yield base;
  if (more === 0) return;
  for (const [index, [place, values]] of places.entries()) {
    const rest = places.slice(index + 1);
    const without = new Map(base);
    if (without.delete(place)) yield* varied(without, rest, more - 1);
    for (const value of values)
      if (value !== base.get(place)) yield* varied(new Map([...base, [place, value]]), rest, more - 1);
  }
}
