import { allSteps, partNamed } from "../language/consent/parts.js";
import { says } from "../language/consent/step.js";
import type { FrozenContract } from "../model/frozen.js";
import { decide, distinct, placeOf, spoken, type Value } from "./compare-consent.js";
import type { Pair } from "./pair.js";

type World = ReadonlyMap<string, Value>;

/** What belongs to one part before and to one after (or to none), and is decided otherwise. */
export interface PartTurn {
  readonly was: string | undefined;
  readonly is: string | undefined;
  /** Events, metrics and fields, as people are told. */
  readonly names: readonly string[];
  readonly near: object;
  /** What is set where it is on now and was off, or the other way round; the shortest example. */
  readonly loosened?: string;
  readonly tightened?: string;
}

/** Where parts decide otherwise, or something has moved to another part. What the head decides otherwise is told of the head. */
export function compareParts(pair: Pair): readonly PartTurn[] {
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
  return [...moves.values()].flatMap((move): readonly PartTurn[] => {
    const found: { loosened?: string; tightened?: string } = {};
    const least: { loosened?: number; tightened?: number } = {};
    for (const world of worldsFor(before, after, [move.was, move.is])) {
      if (decide(before, world).on !== decide(after, world).on) continue;
      const [was, is] = [isOn(before, move.was, world), isOn(after, move.is, world)];
      const kind = was ? "tightened" : "loosened";
      if (was === is) continue;
      const set = [...world].filter(([, value]) => value !== undefined);
      if (set.length < (least[kind] ?? Number.POSITIVE_INFINITY))
        [found[kind], least[kind]] = [spoken(set), set.length];
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
 * Nothing set, and everything set as one of the versions needs it for the part to be on; each with up to two places otherwise. More need
 * not be tried: what turns a part on or off is one place before and one after.
 */
function* worldsFor(
  before: FrozenContract,
  after: FrozenContract,
  names: readonly (string | undefined)[],
): Generator<World> {
  const both = [before, after];
  const steps = both.flatMap((contract) =>
    allSteps(contract.consent).map((step) => [placeOf(step, contract), step] as const),
  );
  const matches = steps.flatMap(([, { enableWhen, disableWhen }]) => [enableWhen ?? [], disableWhen ?? []].flat());
  const places = [...new Set(steps.map(([place]) => place))].map(
    (place) => [place, distinct(place, matches, both)] as const,
  );
  const yes = (wanted: (step: (typeof steps)[number][1]) => boolean): World =>
    new Map(
      places.flatMap(([place, values]) => {
        const here = steps.filter(([one, step]) => one === place && wanted(step)).map(([, step]) => step);
        const said = (value: Value) => here.map((step) => (value === undefined ? undefined : says(step, value)));
        const usable = values.filter((value) => said(value).includes("yes") && !said(value).includes("no"));
        return usable.length === 0 ? [] : [[place, usable[0]] as const];
      }),
    );
  const kept = (step: (typeof steps)[number][1]) => step.place.kind !== "env";
  for (const base of [new Map() as World, yes(kept), yes(() => true)])
    if (base.size === 0 || both.some((contract, at) => isOn(contract, names[at], base))) yield* varied(base, places, 2);
}

function* varied(
  base: World,
  places: readonly (readonly [string, readonly Value[]])[],
  more: number,
): Generator<World> {
  yield base;
  if (more === 0) return;
  for (const [index, [place, values]] of places.entries())
    for (const value of values)
      if (value !== base.get(place))
        yield* varied(new Map([...base, [place, value]]), places.slice(index + 1), more - 1);
}
