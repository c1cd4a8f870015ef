import type { Consent, ConsentStep, Match } from "./model.js";

/** One state of the world that consent is read from, and what the contract says about it. */
export interface ConsentRow {
  readonly env: Readonly<Record<string, string>>;
  /** Configuration → its content. A configuration that the contract names is always there, if empty. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The state file's content; null: there is none. */
  readonly stored: Readonly<Record<string, unknown>> | null;
  readonly build: string | null;
  readonly enabled: boolean;
  readonly decidedBy: string;
}

type Value = string | boolean;
type State = readonly { readonly step: ConsentStep; readonly value: Value | undefined }[];

const mostRows = 1000;

/**
 * The truth table of a contract: each step absent, saying yes, saying no, and saying something else, in every combination,
 * and each special build. Worked out here from the language's words alone, so that the client's resolver has a judge that
 * shares no code with it.
 */
export function consentTable(consent: Consent, epoch = 1): readonly ConsentRow[] {
  const states =
    combinations(consent.order, samplesOf) ?? combinations(consent.order, answersOf) ?? pairs(consent.order);
  const rows = [
    ...states.map((state) => rowOf(consent, state, epoch)),
    ...(epoch === 1 || consent.model === "opt-out" ? [] : outdated(consent)),
  ];
  const granting = states.find((state) => rowOf(consent, state, epoch).enabled);
  const special = consent.builds.filter(({ kind }) => kind !== "normal");
  const builds = special.map(({ name }) => ({
    ...rowOf(consent, granting ?? [], epoch),
    build: name,
    enabled: false,
    decidedBy: "build",
  }));
  return [...rows, ...builds];
}

/** Every combination, or nothing where there are too many. */
function combinations(
  order: readonly ConsentStep[],
  valuesOf: (step: ConsentStep) => readonly (Value | undefined)[],
): readonly State[] | undefined {
  const choices = order.map((step) => valuesOf(step).map((value) => ({ step, value })));
  if (choices.reduce((product, { length }) => product * length, 1) > mostRows) return undefined;
  return choices.reduce<readonly State[]>(
    (states, options) => states.flatMap((state) => options.map((option) => [...state, option])),
    [[]],
  );
}

/** No step, each alone, and each two together, as far as a table can be read: a decision hangs on one step, and on those before it. */
function pairs(order: readonly ConsentStep[]): readonly State[] {
  const answers = order.map((step) =>
    answersOf(step).flatMap((value) => (value === undefined ? [] : [{ step, value }])),
  );
  const states: State[] = [[], ...answers.flat().map((one) => [one])];
  for (const [index, ones] of answers.entries()) {
    if (states.length > mostRows) break;
    for (const one of ones) for (const other of answers.slice(index + 1).flat()) states.push([one, other]);
  }
  return states.slice(0, mostRows);
}

/** Who said yes when less was collected has said nothing to what is collected now; a no is a no for ever. */
function outdated(consent: Consent): readonly ConsentRow[] {
  return consent.order
    .filter(({ place }) => place.kind === "stored")
    .flatMap((step) =>
      answersOf(step).flatMap((value): readonly ConsentRow[] => {
        if (value === undefined) return [];
        const row = rowOf(consent, [{ step, value }], 1);
        return [row.enabled ? { ...row, enabled: false, decidedBy: "default" } : row];
      }),
    );
}

/** @param epoch of what the person who answered was told: it is stored with the answer once it is past the first. */
function rowOf(consent: Consent, state: State, epoch: number): ConsentRow {
  const env: Record<string, string> = {};
  const config: Record<string, Record<string, unknown>> = {};
  const stored: Record<string, unknown> = {};
  for (const { step, value } of state) {
    const { place } = step;
    if (place.kind === "config") config[place.config] ??= {};
    if (value === undefined) continue;
    if (place.kind === "env") env[place.env] = String(value);
    else if (place.kind === "stored") stored[place.key] = value;
    else putUnder(config[place.config] as Record<string, unknown>, place.key.split("."), value);
  }
  return {
    env,
    config,
    stored: Object.keys(stored).length === 0 ? null : epoch === 1 ? stored : { ...stored, consent_epoch: epoch },
    build: null,
    ...decide(consent, state),
  };
}

function putUnder(map: Record<string, unknown>, [first = "", ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) map[first] = value;
  else {
    map[first] ??= {};
    putUnder(map[first] as Record<string, unknown>, rest, value);
  }
}

/** First match wins; when a step says both, it says no. */
function decide(consent: Consent, state: State): { readonly enabled: boolean; readonly decidedBy: string } {
  for (const { step, value } of state) {
    if (value === undefined) continue;
    const no = step.disableWhen !== undefined && holds(step.disableWhen, value);
    const yes = step.enableWhen !== undefined && holds(step.enableWhen, value);
    if (no || yes) return { enabled: !no, decidedBy: step.place.kind === "env" ? step.place.env : step.place.kind };
  }
  return { enabled: consent.model === "opt-out", decidedBy: "default" };
}

/** Whether a match holds for a value that was found. */
export function holds(match: Match, value: Value): boolean {
  const word = String(value).trim().toLowerCase();
  switch (match.kind) {
    case "exactly":
      return match.values.includes(value);
    case "truthy":
      return ["1", "true", "yes", "on"].includes(word);
    case "falsy":
      return ["0", "false", "no", "off"].includes(word);
    case "present":
      return true;
    case "non-empty":
      return value !== "";
    case "any-except":
      return !match.values.includes(String(value));
  }
}

/** Absent; then what each match names and its nearest misses, as the place can hold them: texts in the environment, values elsewhere. */
function samplesOf(step: ConsentStep): readonly (Value | undefined)[] {
  const matches = [step.enableWhen, step.disableWhen].filter((match) => match !== undefined);
  const values = matches.flatMap(candidates).filter((value) => step.place.kind !== "env" || typeof value === "string");
  return [undefined, ...new Set(values)];
}

/** Absent, yes and no: for contracts with so many steps that every near miss in every combination would fill a book. */
function answersOf(step: ConsentStep): readonly (Value | undefined)[] {
  const values = samplesOf(step).filter((value) => value !== undefined);
  const says = (match: Match | undefined) => values.find((value) => match !== undefined && holds(match, value));
  return [
    undefined,
    ...new Set([says(step.enableWhen), says(step.disableWhen)].filter((value) => value !== undefined)),
  ];
}

function candidates(match: Match): readonly Value[] {
  switch (match.kind) {
    case "exactly":
      return match.values.flatMap((value) =>
        typeof value === "string" && value !== value.toUpperCase() ? [value, value.toUpperCase()] : [value],
      );
    case "truthy":
      return ["1", " TRUE ", "maybe"];
    case "falsy":
      return ["0", " Off ", "maybe"];
    case "present":
      return ["1", "0", ""];
    case "non-empty":
      return ["1", "0", ""];
    case "any-except":
      return [...match.values, "1", "false", " "];
  }
}
