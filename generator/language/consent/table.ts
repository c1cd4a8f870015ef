import { editionAt } from "../../model/epochs.js";
import type { Consent, ConsentPart, ConsentStep, Scalar } from "../../model/model.js";
import { epochKey } from "./answer.js";
import { allSteps, decidePart, factsBeside, withNeeded, withoutStoredYes } from "./parts.js";
import { emptyWorld, type World } from "./places/define.js";
import { placeWord } from "./places/index.js";
import { decide, samePlace, samplesOf, says, saysAlone, type Verdict, valueFor } from "./step.js";

/** One state of the world that consent is read from, and what the contract says about it. */
export interface ConsentRow {
  readonly env: Readonly<Record<string, string>>;
  /** Configuration → its content. A configuration that the contract names is always there, if empty. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The state file's content; null: there is none. */
  readonly stored: Readonly<Record<string, unknown>> | null;
  readonly build: string | null;
  /** The words of the command line, where the contract has flags. */
  readonly args?: readonly string[];
  readonly facts?: Readonly<Record<string, boolean>>;
  readonly enabled: boolean;
  readonly decidedBy: string;
}

/** The values and where they are put. */
type State = readonly {
  readonly step: ConsentStep;
  readonly steps: readonly ConsentStep[];
  readonly value: Scalar | undefined;
}[];

const mostRows = 1000;
/** Of each part: there may be several. */
const mostRowsOfPart = 200;

/**
 * The truth table of a contract: each place empty, saying yes, saying no, and saying something else, in every combination,
 * and each special build. Worked out here from the language's words alone, so that the client's resolver has a judge that
 * shares no code with it.
 */
export function consentTable(consent: Consent, epoch = 1, holdsFrom = epoch): readonly ConsentRow[] {
  const { parts: _, ...head } = consent;
  return tableOf(head, epoch, decide, [], holdsFrom);
}

/** Returns whether there is any state of the world in which it is on. */
export function canBeOn(consent: Consent): boolean {
  const { parts: _, ...head } = consent;
  return grantingState(head, decide) !== undefined || consentTable(consent).some(({ enabled }) => enabled);
}

/**
 * The same for a part: with all that is asked before it, of the head and of what it needs. Where that is too much for every
 * combination, each place is varied in a world in which the part is on.
 */
export function partTable(consent: Consent, part: ConsentPart, epoch = 1, holdsFrom = epoch): readonly ConsentRow[] {
  const needed = withNeeded(consent, part.name).flatMap(({ order }) => order);
  const { parts: _, ...head } = consent;
  const verdict: Decide = (_, world) => decidePart(consent, part.name, world);
  const all: Consent = { ...head, order: [...consent.order, ...needed] };
  const names = (consent.parts ?? []).map(({ name }) => name);
  const rows = tableOf(all, epoch, verdict, names);
  const granted = grantingState(all, verdict);
  if (granted === undefined) return rows;
  const varied = granted.flatMap((one, index) =>
    [undefined, ...answersOf(one.steps, all)].map((value) => granted.with(index, { ...one, value })),
  );
  const more = varied.flatMap((state) => rowOf(all, state, epoch, verdict, names) ?? []);
  const early = part.model === "opt-in" && holdsFrom > 1 ? (rowOf(all, granted, 1, verdict) ?? []) : [];
  const silently = ({ args = [], facts = {}, stored, ...row }: ConsentRow) =>
    decidePart(withoutStoredYes(consent), part.name, { ...row, args: [...args], facts, stored: stored ?? {} } as World);
  const outdated = [early].flat().filter(({ decidedBy }) => decidedBy === "stored");
  return [
    ...distinct([...more, ...rows]),
    ...outdated.map((row) => (holds(consent, row, holdsFrom) ? row : { ...row, ...silently(row) })),
  ];
}

/** A state in which the head and all parts are on, where there is one. */
export function grantingRow(consent: Consent, epoch = 1): ConsentRow | undefined {
  const { parts = [], ...head } = consent;
  const all: Consent = { ...head, order: allSteps(consent) };
  const verdict: Decide = (_, world) => {
    const each = [decide(head, world), ...parts.map(({ name }) => decidePart(consent, name, world))];
    return each.find(({ enabled }) => !enabled) ?? (each[0] as Verdict);
  };
  const state = grantingState(all, verdict);
  const names = parts.map(({ name }) => name);
  return state && rowOf(all, state, epoch, verdict, names);
}

/** Each place says yes where it can, and nothing where it can't. */
function grantingState(consent: Consent, verdict: Decide): State | undefined {
  const places = byPlace(consent);
  const yes = (steps: readonly ConsentStep[]) => {
    const inAll = (value: Scalar) => steps.map((step) => saysAlone(step, value, consent));
    const said = answersOf(steps, consent).map((value) => ({ value, of: inAll(value) }));
    const usable = said.filter(({ of }) => !of.includes("no"));
    const most = Math.max(...usable.map(({ of }) => of.filter((one) => one === "yes").length));
    return usable.find(({ of }) => of.filter((one) => one === "yes").length === most)?.value;
  };
  const open: State = places.map((steps) => put(steps, yes(steps)));
  // What the environment grants stands above the rest, and nobody needs it where an answer is kept.
  const kept: State = open.map((one) => (one.step.place.kind === "env" ? { ...one, value: undefined } : one));
  // What says yes only somewhere says it there.
  const there = factPlaces(consent).map((steps) => put(steps, true));
  const states = [kept, open, [...kept, ...there], [...open, ...there]];
  return states.find((state) => rowOf(consent, state, 1, verdict)?.enabled);
}

function distinct(rows: readonly ConsentRow[]): readonly ConsentRow[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

type Decide = (consent: Consent, world: World) => Verdict;

function tableOf(
  consent: Consent,
  epoch: number,
  verdict: Decide,
  parts: readonly string[] = [],
  holdsFrom = epoch,
): readonly ConsentRow[] {
  const places = [...byPlace(consent), ...factPlaces(consent)];
  const most = verdict === decide ? mostRows : mostRowsOfPart;
  const states =
    combinations(places, most, (steps) => [...new Set(steps.flatMap((step) => samplesOf(step, consent)))]) ??
    combinations(places, most, (steps) => answersOf(steps, consent)) ??
    pairs(places, consent).slice(0, most);
  const rows = [
    ...states.flatMap((state) => rowOf(consent, state, epoch, verdict, parts) ?? []),
    ...(holdsFrom === 1 || consent.model === "opt-out" || verdict !== decide ? [] : outdated(consent, holdsFrom)),
  ];
  const special = consent.builds.filter(({ kind }) => kind !== "normal");
  const granting = rows.find(({ enabled }) => enabled) ?? rows[0];
  const builds = special.flatMap(({ name }) =>
    granting === undefined ? [] : [{ ...granting, build: name, enabled: false, decidedBy: "build" }],
  );
  return [...rows, ...builds];
}

/** Returns what steps depend on beside the places that they look into: so, or not so. */
function factPlaces(consent: Consent): readonly (readonly ConsentStep[])[] {
  return factsBeside(consent)
    .filter(({ fact }) => !consent.order.some(({ place }) => place.kind === "fact" && place.fact === fact))
    .map(({ fact }) => [
      {
        at: consent.at,
        place: { kind: "fact", fact },
        disableWhen: { kind: "exactly", values: [true] },
      } as ConsentStep,
    ]);
}

/** The steps that look into one and the same place, together: it holds one thing. */
function byPlace({ order }: Consent): readonly (readonly ConsentStep[])[] {
  const places: ConsentStep[][] = [];
  for (const step of order) {
    const same = places.find(([first]) => first !== undefined && samePlace(first, step));
    if (same === undefined) places.push([step]);
    else same.push(step);
  }
  return places;
}

/** Every combination, or nothing where there are too many. */
function combinations(
  places: readonly (readonly ConsentStep[])[],
  most: number,
  valuesOf: (steps: readonly ConsentStep[]) => readonly Scalar[],
): readonly State[] | undefined {
  const choices = places.map((steps) => [undefined, ...valuesOf(steps)].map((value) => put(steps, value)));
  if (choices.reduce((product, { length }) => product * length, 1) > most) return undefined;
  return choices.reduce<readonly State[]>(
    (states, options) => states.flatMap((state) => options.map((option) => [...state, option])),
    [[]],
  );
}

function put(steps: readonly ConsentStep[], value: Scalar | undefined): State[number] {
  return { step: steps[0] as ConsentStep, steps, value };
}

/** No place, each alone, and each two together, as far as a table can be read: a decision depends on one step, and on those before it. */
function pairs(places: readonly (readonly ConsentStep[])[], consent: Consent): readonly State[] {
  const answers = places.map((steps) => answersOf(steps, consent).map((value) => put(steps, value)));
  const states: State[] = [[], ...answers.flat().map((one) => [one])];
  for (const [index, ones] of answers.entries()) {
    if (states.length > mostRows) break;
    for (const one of ones) for (const other of answers.slice(index + 1).flat()) states.push([one, other]);
  }
  return states.slice(0, mostRows);
}

/** Yes and no (every near miss in every combination would fill a book), and what is neither where nothing at all is a no. */
function answersOf(steps: readonly ConsentStep[], consent: Consent): readonly Scalar[] {
  const neither = (step: ConsentStep) => samplesOf(step, consent).find((value) => says(step, value) === undefined);
  const values = steps.flatMap((step) => [
    ...(["yes", "no"] as const).map((side) => valueFor(step, side, consent)),
    ...(says(step, undefined) === "no" ? [neither(step)] : []),
  ]);
  return [...new Set(values.filter((value) => value !== undefined))];
}

/** Returns whether an older version says itself that its yes was given to an edition that still counts. */
function holds({ epochFrom }: Consent, { stored }: ConsentRow, from: number): boolean {
  return epochFrom !== undefined && editionAt(epochFrom, stored) >= from;
}

/** True if a yes is outdated: it was given when less was collected. A no never expires. */
function outdated(consent: Consent, holdsFrom: number): readonly ConsentRow[] {
  return byPlace(consent)
    .filter(([first]) => first?.place.kind === "stored")
    .flatMap((steps) =>
      answersOf(steps, consent).flatMap((value): readonly ConsentRow[] => {
        const row = rowOf(consent, [put(steps, value)], 1, decide);
        if (row === undefined) return [];
        return [
          row.enabled && !holds(consent, row, holdsFrom) ? { ...row, enabled: false, decidedBy: "default" } : row,
        ];
      }),
    );
}

/**
 * @param epoch of what the person who answered was told: it is stored with the answer once it is past the first.
 * @returns nothing for a state that can't be: one key a mapping and a value at once.
 */
function rowOf(
  consent: Consent,
  state: State,
  epoch: number,
  verdict: Decide,
  parts: readonly string[] = [],
): ConsentRow | undefined {
  const world = emptyWorld(consent);
  for (const { step, value } of state)
    if (value !== undefined && !placeWord(step.place).put(step.place, value, world)) return undefined;
  const has = (kind: ConsentStep["place"]["kind"]) => consent.order.some(({ place }) => place.kind === kind);
  const { env, config, stored, args, facts } = world;
  const told = Object.fromEntries(["consent_epoch", ...parts.map(epochKey)].map((key) => [key, epoch]));
  return {
    env,
    config,
    stored: Object.keys(stored).length === 0 ? null : epoch === 1 ? stored : { ...stored, ...told },
    build: null,
    ...(has("flag") ? { args } : {}),
    ...(has("fact") || factsBeside(consent).length > 0 ? { facts } : {}),
    ...verdict(consent, world),
  };
}
