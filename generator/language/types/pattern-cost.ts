import type { Part } from "./pattern.js";

/** The number of ways to read one text that can be tried in an instant. One more optional part doubles them, one more repetition multiplies them by a thousand. */
const MANY = 2 ** 22;
/** No text is longer: the highest `max_length` there is. */
const LONGEST = 1024;

/** Parts of a pattern that take nothing of a text. */
const EMPTY: ReadonlySet<string> = new Set(["^", "$", "\\b", "\\B"]);

type Characters = ReadonlySet<number>;

/** A part that can take more or less of a text. */
interface Choice {
  readonly characters: Characters;
  readonly ways: number;
}

/** One way through what was read so far. */
interface Path {
  /** In how many ways a text that came this far may have been read. */
  readonly times: number;
  /** The last run that could still give some of it back: nothing fixed stands behind it that it doesn't let through, too. */
  readonly run: readonly Choice[];
}

/** Returns whether a text made for these parts can be read in so many ways that refusing it takes long. */
export function isSlow(parts: readonly Part[], charactersOf: (atom: string) => Characters): boolean {
  return readings(parts, charactersOf, LONGEST) > MANY;
}

/**
 * In how many ways a text of this length can be read at most, by the parts or by the first of them; infinitely many where it is
 * too many. Rather too high than too low.
 */
export function readings(parts: readonly Part[], charactersOf: (atom: string) => Characters, length: number): number {
  const reader: Reader = { charactersOf, length, most: 1 };
  return through(parts, [{ times: 1, run: [] }], reader) === undefined ? Number.POSITIVE_INFINITY : reader.most;
}

interface Reader {
  readonly charactersOf: (atom: string) => Characters;
  readonly length: number;
  most: number;
}

/** Returns whether two of these alternatives can begin a reading of the same text. */
export function overlap(
  alternatives: readonly (readonly Part[])[],
  charactersOf: (atom: string) => Characters,
): boolean {
  return alternatives.some((alternative, index) =>
    alternatives.slice(index + 1).some((other) => {
      for (const [at, part] of alternative.entries()) {
        const against = other[at];
        if (against === undefined || !isSingle(part) || !isSingle(against)) return true;
        if (!touch(charactersOf(part.atom), charactersOf(against.atom))) return false;
      }
      return true;
    }),
  );
}

/** All ways through these parts, or nothing where there are too many. */
function through(parts: readonly Part[], before: readonly Path[], reader: Reader): readonly Path[] | undefined {
  let paths = before;
  for (const part of parts) {
    if (EMPTY.has(part.atom)) continue;
    const { group, min, max } = part;
    const once = group !== undefined && max === 1;
    const next = once
      ? throughGroup(group, min === 0, paths, reader)
      : paths.map((path) => behind(path, charactersWithin(part, reader.charactersOf), part, reader.length));
    if (next === undefined) return undefined;
    const cost = next.reduce((sum, { times, run }) => sum + times * product(run), 0);
    if (cost > MANY) return undefined;
    reader.most = Math.max(reader.most, cost);
    paths = joined(next);
  }
  return paths;
}

function throughGroup(
  group: readonly (readonly Part[])[],
  optional: boolean,
  before: readonly Path[],
  reader: Reader,
): readonly Path[] | undefined {
  const all: Path[] = optional ? [...before] : [];
  for (const parts of group) {
    const paths = through(parts, before, reader);
    if (paths === undefined) return undefined;
    all.push(...paths);
  }
  // Of alternatives that begin differently only one can be tried.
  return optional || overlap(group, reader.charactersOf)
    ? all
    : all.map((path) => ({ ...path, times: path.times / group.length }));
}

/** A path behind one more part. What the part can't give back to is settled: it was read in so many ways. */
function behind({ times, run }: Path, characters: Characters, { min, max }: Part, length: number): Path {
  const choice = min === max ? [] : [{ characters, ways: Math.max(1, Math.min(max, length) - min + 1) }];
  if (min === 0) return { times, run: [...run, ...choice] };
  const kept = run.filter((earlier) => touch(earlier.characters, characters));
  const settled = run.filter((earlier) => !kept.includes(earlier));
  const most = Math.max(1, ...settled.map(({ ways }) => ways));
  const shared = kept.some((one) => settled.some((other) => touch(one.characters, other.characters)));
  return { times: (times * product(settled)) / (shared ? 1 : most), run: [...kept, ...choice] };
}

/** Paths that end alike, as one. */
function joined(paths: readonly Path[]): readonly Path[] {
  const known = new Map<string, Path>();
  for (const path of paths) {
    const key = path.run.map(({ characters, ways }) => `${ways}:${[...characters]}`).join(" ");
    known.set(key, { ...path, times: path.times + (known.get(key)?.times ?? 0) });
  }
  return [...known.values()];
}

function charactersWithin({ atom, group }: Part, charactersOf: (atom: string) => Characters): Characters {
  if (group === undefined) return charactersOf(atom);
  return new Set(group.flat().flatMap((part) => [...charactersWithin(part, charactersOf)]));
}

function product(run: readonly Choice[]): number {
  return run.reduce((all, { ways }) => all * ways, 1);
}

function touch(one: Characters, other: Characters): boolean {
  return [...one].some((character) => other.has(character));
}

function isSingle({ group, min, max }: Part): boolean {
  return group === undefined && min === 1 && max === 1;
}
