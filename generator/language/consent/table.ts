import type { Consent, ConsentStep, Scalar } from "../../model/model.js";
import { emptyWorld } from "./places/define.js";
import { placeWord } from "./places/index.js";
import { decide, samePlace, samplesOf, valueFor } from "./step.js";

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

/** What is put where. */
type State = readonly { readonly step: ConsentStep; readonly value: Scalar | undefined }[];

const mostRows = 1000;

/**
 * The truth table of a contract: each place empty, saying yes, saying no, and saying something else, in every combination,
 * and each special build. Worked out here from the language's words alone, so that the client's resolver has a judge that
 * shares no code with it.
 */
export function consentTable(consent: Consent, epoch = 1): readonly ConsentRow[] {
  const places = byPlace(consent);
  const states =
    combinations(places, (steps) => [...new Set(steps.flatMap((step) => samplesOf(step, consent)))]) ??
    combinations(places, (steps) => answersOf(steps, consent)) ??
    pairs(places, consent);
  const rows = [
    ...states.flatMap((state) => rowOf(consent, state, epoch) ?? []),
    ...(epoch === 1 || consent.model === "opt-out" ? [] : outdated(consent)),
  ];
  const special = consent.builds.filter(({ kind }) => kind !== "normal");
  const granting = rows.find(({ enabled }) => enabled) ?? rows[0];
  const builds = special.flatMap(({ name }) =>
    granting === undefined ? [] : [{ ...granting, build: name, enabled: false, decidedBy: "build" }],
  );
  return [...rows, ...builds];
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
  valuesOf: (steps: readonly ConsentStep[]) => readonly Scalar[],
): readonly State[] | undefined {
  const choices = places.map((steps) => [undefined, ...valuesOf(steps)].map((value) => put(steps, value)));
  if (choices.reduce((product, { length }) => product * length, 1) > mostRows) return undefined;
  return choices.reduce<readonly State[]>(
    (states, options) => states.flatMap((state) => options.map((option) => [...state, option])),
    [[]],
  );
}

function put(steps: readonly ConsentStep[], value: Scalar | undefined): State[number] {
  return { step: steps[0] as ConsentStep, value };
}

/** No place, each alone, and each two together, as far as a table can be read: a decision hangs on one step, and on those before it. */
function pairs(places: readonly (readonly ConsentStep[])[], consent: Consent): readonly State[] {
  const answers = places.map((steps) => answersOf(steps, consent).map((value) => put(steps, value)));
  const states: State[] = [[], ...answers.flat().map((one) => [one])];
  for (const [index, ones] of answers.entries()) {
    if (states.length > mostRows) break;
    for (const one of ones) for (const other of answers.slice(index + 1).flat()) states.push([one, other]);
  }
  return states.slice(0, mostRows);
}

/** Yes and no: for contracts with so many places that every near miss in every combination would fill a book. */
function answersOf(steps: readonly ConsentStep[], consent: Consent): readonly Scalar[] {
  const values = steps.flatMap((step) => [valueFor(step, "yes", consent), valueFor(step, "no", consent)]);
  return [...new Set(values.filter((value) => value !== undefined))];
}

/** Who said yes when less was collected has said nothing to what is collected now; a no is a no for ever. */
function outdated(consent: Consent): readonly ConsentRow[] {
  return byPlace(consent)
    .filter(([first]) => first?.place.kind === "stored")
    .flatMap((steps) =>
      answersOf(steps, consent).flatMap((value): readonly ConsentRow[] => {
        const row = rowOf(consent, [put(steps, value)], 1);
        if (row === undefined) return [];
        return [row.enabled ? { ...row, enabled: false, decidedBy: "default" } : row];
      }),
    );
}

/**
 * @param epoch of what the person who answered was told: it is stored with the answer once it is past the first.
 * @returns nothing for a state that can't be: one key a mapping and a value at once.
 */
function rowOf(consent: Consent, state: State, epoch: number): ConsentRow | undefined {
  const world = emptyWorld(consent);
  for (const { step, value } of state)
    if (value !== undefined && !placeWord(step.place).put(step.place, value, world)) return undefined;
  const has = (kind: ConsentStep["place"]["kind"]) => consent.order.some(({ place }) => place.kind === kind);
  const { env, config, stored, args, facts } = world;
  return {
    env,
    config,
    stored: Object.keys(stored).length === 0 ? null : epoch === 1 ? stored : { ...stored, consent_epoch: epoch },
    build: null,
    ...(has("flag") ? { args } : {}),
    ...(has("fact") ? { facts } : {}),
    ...decide(consent, world),
  };
}
