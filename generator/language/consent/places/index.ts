import { config } from "./config.js";
import type { PlaceWord } from "./define.js";
import { env } from "./env.js";
import { fact } from "./fact.js";
import { flag } from "./flag.js";
import { given } from "./given.js";
import { stored } from "./stored.js";

/** Every kind of place, in the order of the reference page. To add one: one file, and one line here. */
export const PLACES = {
  env,
  config,
  stored,
  flag,
  fact,
  given,
};

/** The place where a step looks: the parts of each word. */
export type ConsentPlace = PlaceOf<(typeof PLACES)[keyof typeof PLACES]>;
type PlaceOf<Word> = Word extends PlaceWord<infer P> ? P : never;

/** Returns what is known about a place of this kind. */
export function placeWord<P extends ConsentPlace>({ kind }: P): PlaceWord<P> {
  return PLACES[kind] as unknown as PlaceWord<P>;
}

/** The kind of place that a step looks into, by the key that tells it. */
export function kindOfStep(written: Readonly<Record<string, unknown>>): ConsentPlace["kind"] {
  const kinds = Object.keys(PLACES) as ConsentPlace["kind"][];
  return kinds.find((kind) => Object.hasOwn(written, PLACES[kind].required[0] ?? "")) ?? "stored";
}
