import type { Type } from "../../model/model.js";

/** A word that says what becomes of the calls of one group: everything that the language and the page know about it. */
export interface CombineWord {
  /** For editors and the reference page. */
  readonly describes: string;
  /** On the page, behind the field's name. */
  readonly spoken: string;
  /** Returns the requirement for its field, where not everything will do. */
  readonly needs?: (type: Type) => string | undefined;
  /** True if a total lacks it where nothing was given: its field is optional then. */
  readonly mayLack?: true;
  /** True if the caller gives something for it. */
  readonly given: boolean;
}

/** So many hashes may be kept of one group. */
const MOST = 10_000;

const whole = ({ kind }: Type) => (kind === "int" ? undefined : "of type int");
const counting = (type: Type) =>
  whole(type) ?? ((type.schema.maximum ?? MOST + 1) > MOST ? `of a max of ${MOST} or less` : undefined);
const closed = ({ of }: Type) =>
  of?.values === undefined ? "a list of an enum, so that hashes are all that has to be kept" : undefined;
const there = (kinds: readonly string[]) => (type: Type) =>
  kinds.includes(type.kind) ? undefined : `of type ${kinds.join(", ").replace(/, ([^,]*)$/, " or $1")}`;

/** The words of `combine`, by name. To add one: a line here, and what the runtime makes of it (`rollup/combine.ts`). */
export const COMBINE = {
  calls: { describes: "how many calls there were", spoken: "counts calls", needs: whole, given: false },
  "failed-calls": { describes: "how many of them failed", spoken: "counts failed calls", needs: whole, given: false },
  sum: {
    describes: "the total of what the calls give",
    spoken: "is the total of what is given",
    needs: whole,
    given: true,
  },
  max: {
    describes: "the largest number that was given",
    spoken: "is the largest that is given",
    needs: there(["int", "number"]),
    mayLack: true,
    given: true,
  },
  min: {
    describes: "the smallest number that was given",
    spoken: "is the smallest that is given",
    needs: there(["int", "number"]),
    mayLack: true,
    given: true,
  },
  last: {
    describes: "what was given last",
    spoken: "is what is given last",
    needs: there(["int", "number", "bool", "enum", "bucket", "string", "version"]),
    mayLack: true,
    given: true,
  },
  union: {
    describes: "every value that was given, once; hashes alone are kept until then",
    spoken: "lists each value that is given, once",
    needs: closed,
    given: true,
  },
  "count-distinct": {
    describes:
      "how many different values were given, up to its `max`; hashes alone are kept until then, and no value is ever sent",
    spoken:
      "counts how many different values are given (the values never leave, and until then only hashes of them are kept)",
    needs: counting,
    given: true,
  },
} as const satisfies Record<string, CombineWord>;

export type CombineName = keyof typeof COMBINE;

/** Returns whether a total may lack what is combined so. */
export function mayLack(name: string): boolean {
  return COMBINE[name as CombineName] !== undefined && "mayLack" in COMBINE[name as CombineName];
}

/** For whoever calls the emitter. */
export function inBrief(name: CombineName): string {
  return COMBINE[name].given ? COMBINE[name].describes : name.replace("-", " ");
}

/** The units that a rollup is counted for, by name: it stands first in `one_per`. */
const PERIODS = {
  hour: { spoken: "hour (UTC)", time: "the middle of that hour" },
  day: { spoken: "day (UTC)", time: "that day's noon" },
  week: { spoken: "week (from Monday, UTC)", time: "the middle of that week" },
} as const;

/** Every period, as `one_per` writes it. */
export const PERIOD_NAMES: readonly string[] = [...Object.keys(PERIODS), "300 calls"];

/** Returns what a rollup is made for, where a word of `one_per` says that: a period, or a number of calls. */
export function periodOf(word: string | undefined): keyof typeof PERIODS | number | undefined {
  if (word !== undefined && Object.hasOwn(PERIODS, word)) return word as keyof typeof PERIODS;
  const calls = /^([1-9][0-9]{0,6}) calls$/.exec(word ?? "")?.[1];
  return calls === undefined ? undefined : Number(calls);
}

/** In words, and what its event's time is. */
export function spokenPeriod(per: keyof typeof PERIODS | number | undefined): {
  readonly spoken: string;
  readonly time: string;
} {
  return typeof per === "number" ? { spoken: `${per} calls`, time: "that of the last of them" } : PERIODS[per ?? "day"];
}
