import type { Span } from "../diagnostics/diagnostic.js";
import type { JsonValue } from "./json-schema.js";
import type { Event, Field, Metric, Model } from "./model.js";

/** A type without the places in the YAML, for comparing and judging. A model, or a part of one, is always a frozen one too. */
export type Frozen<T> = T extends JsonValue
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : T extends object
      ? { readonly [Key in keyof T as Key extends symbol ? never : T[Key] extends Span ? never : Key]: Frozen<T[Key]> }
      : T;

/** A version as it was released. Its file is `frozen/v<N>.json` beside the spec; `evolve/frozen-text.ts` reads and writes it. */
export type FrozenContract = Frozen<Omit<Model, "source" | "frozen" | "changes" | "queries" | "clients">>;
export type FrozenField = Frozen<Field>;
export type FrozenEvent = Frozen<Event>;
export type FrozenMetric = Frozen<Metric>;
