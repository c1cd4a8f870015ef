import { namedIn } from "../language/consent/matches/index.js";
import { allSteps } from "../language/consent/parts.js";
import { placeWord } from "../language/consent/places/index.js";
import { says } from "../language/consent/step.js";
import type { FrozenContract } from "../model/frozen.js";
import type { Match, Scalar } from "../model/model.js";
import { ownPath } from "../model/state-path.js";

export type Step = FrozenContract["consent"]["order"][number];
export type Value = Scalar | undefined;

/** What somebody did, and what it led to on both sides. */
export interface Turn {
  /** `CODEGRAPH_TELEMETRY=0`, `stored enabled: false`; empty: nothing was set anywhere. */
  readonly given: string;
  readonly from: "on" | "off";
  /** Whether a step said so, or nobody did. */
  readonly chosenBefore: boolean;
  readonly chosenAfter: boolean;
}

/**
 * Where two versions decide differently: the shortest example for each place that used to decide, or decides now. Exact, because
 * a match can't tell apart more values than those that are tried.
 */
export function compareConsent(before: FrozenContract, after: FrozenContract): readonly Turn[] {
  const places = [
    ...new Set([before, after].flatMap((contract) => contract.consent.order.map((step) => placeOf(step, contract)))),
  ];
  const matches = [before, after].flatMap(({ consent }) =>
    consent.order.flatMap(({ enableWhen, disableWhen }) => [enableWhen ?? [], disableWhen ?? []].flat()),
  );
  const turns = new Map<string, Turn & { size: number }>();
  for (const world of worlds(places.map((place) => [place, distinct(place, matches, [before, after])] as const))) {
    const [was, is] = [decide(before, world), decide(after, world)];
    if (was.on === is.on) continue;
    const set = [...world].filter(([, value]) => value !== undefined);
    // An answer that no longer counts is told once, whatever counts instead; an answer that now counts likewise.
    const key = was.on || was.by === "" ? `now ${is.by} ${is.on}` : `was ${was.by}`;
    const known = turns.get(key);
    if (known !== undefined && known.size <= set.length) continue;
    const given = spoken(set);
    turns.set(key, {
      given,
      from: was.on ? "on" : "off",
      chosenBefore: was.by !== "",
      chosenAfter: is.by !== "",
      size: set.length,
    });
  }
  return [...turns.values()];
}

/** What is set, for people. */
export function spoken(set: readonly (readonly [place: string, value: Value])[]): string {
  return set
    .map(([place, value]) => (place.startsWith("env ") ? `${place.slice(4)}=${value}` : `${place}: ${value}`))
    .join(", ");
}

/** The state file's path is a part of it: answers in a file that nobody reads any more are forgotten ones. */
export function placeOf({ place }: Pick<Step, "place">, contract: FrozenContract): string {
  const file = place.kind === "stored" ? `${ownPath(contract.consent.stateFile?.path ?? "state file", contract)} ` : "";
  return file + placeWord(place).name(place);
}

export function decide(
  contract: FrozenContract,
  world: ReadonlyMap<string, Value>,
  { order, model }: Pick<FrozenContract["consent"], "order" | "model"> = contract.consent,
): { readonly on: boolean; readonly by: string } {
  for (const step of order) {
    const place = placeOf(step, contract);
    const value = world.get(place);
    const said = value === undefined ? undefined : says(step, value);
    if (said !== undefined) return { on: said === "yes", by: place };
  }
  return { on: model === "opt-out", by: "" };
}

/** One value of each kind that any match can tell from the others. */
export function distinct(
  place: string,
  matches: readonly Match[],
  contracts: readonly FrozenContract[],
): readonly Value[] {
  const literals = matches.flatMap(namedIn);
  const flags = place.startsWith("env ") ? [] : [true, false];
  // Of each kind one that no match names word by word.
  const unnamed = (word: string): string => (literals.includes(word) ? unnamed(`${word} `) : word);
  const words = ["1", "true", "yes", "on", "0", "false", "no", "off", "anything"];
  const all: readonly Value[] = [
    undefined,
    ...flags,
    ...literals,
    ...words,
    "",
    ...["0", "1", "anything"].map(unnamed),
  ];
  const usable = place.startsWith("env ")
    ? all.filter((value) => value === undefined || typeof value === "string")
    : all;
  const steps = contracts.flatMap((contract) =>
    allSteps(contract.consent).filter((step) => placeOf(step, contract) === place),
  );
  const kinds = new Map<string, Value>();
  for (const value of usable) {
    const kind = steps.map((step) => (value === undefined ? "" : (says(step, value) ?? "nothing"))).join();
    if (!kinds.has(kind) || value === undefined) kinds.set(kind, value);
  }
  return [...kinds.values()];
}

/**
 * Everything that can be set in at most two places. More need not be tried: a decision hangs on one place before and one place
 * after, and leaving the others unset changes neither.
 */
function* worlds(
  places: readonly (readonly [string, readonly Value[]])[],
  more = 2,
): Generator<ReadonlyMap<string, Value>> {
  yield new Map();
  if (more === 0) return;
  for (const [index, [place, values]] of places.entries()) {
    for (const value of values.filter((one) => one !== undefined)) {
      for (const rest of worlds(places.slice(index + 1), more - 1)) yield new Map([[place, value], ...rest]);
    }
  }
}
