import { isDeepStrictEqual } from "node:util";

/** One acceptance case, run. `failure` is absent when it passed. */
export interface Outcome {
  readonly name: string;
  readonly failure?: { readonly expected: unknown; readonly actual: unknown };
  /** Not run here: it neither passed nor failed. */
  readonly inWords?: true;
}

/** A table of the fixtures and the code that runs it: a new kind of table is one entry in `tables.ts`. */
export type RunTable = (table: never, system: string, folder: string) => Promise<readonly Outcome[]>;

export function passed(name: string): Outcome {
  return { name };
}

export function inWords(name: string): Outcome {
  return { name, inWords: true };
}

export function failed(name: string, expected: unknown, actual: unknown): Outcome {
  return { name, failure: { expected, actual } };
}

/** Compares by value; the order of keys is of no account, the order of lists is. */
export function same(name: string, expected: unknown, actual: unknown): Outcome {
  return isDeepStrictEqual(plain(actual), plain(expected)) ? passed(name) : failed(name, expected, actual);
}

/** A table in which nothing was asked is a mistake, not a success. */
export function orEmpty(name: string, outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.length > 0 ? outcomes : [failed(name, "at least one case", "none")];
}

/** Turns a value into plain JSON: no prototypes, and null for nothing. */
function plain(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
