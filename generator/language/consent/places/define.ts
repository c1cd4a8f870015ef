import type { Inline } from "../../../emit/document.js";
import type { Literal } from "../../../emit/literal.js";
import type { OtherLanguage } from "../../../model/clients.js";
import type { JsonSchema, JsonValue } from "../../../model/json-schema.js";
import type { Consent, ConsentStep, Scalar } from "../../../model/model.js";

/** One state of the world that consent is read from. */
export interface World {
  readonly env: Record<string, string>;
  /** Configuration → its content. */
  readonly config: Record<string, unknown>;
  readonly stored: Record<string, unknown>;
  readonly args: string[];
  readonly facts: Record<string, boolean>;
}

/** A world in which nobody has said anything. A configuration that the contract names is there, if empty. */
export function emptyWorld({ order, parts = [] }: Pick<Consent, "order" | "parts">): World {
  const steps = [...order, ...parts.flatMap((part) => part.order)];
  // Of several files, and of one whose being there counts, none is there.
  const grouped = new Set(
    steps.flatMap(({ place }) =>
      place.kind !== "config"
        ? []
        : place.behind !== undefined
          ? [place.config, ...place.behind]
          : place.key === ""
            ? [place.config]
            : [],
    ),
  );
  const world: World = { env: {}, config: {}, stored: {}, args: [], facts: {} };
  for (const { place, onlyWhere } of steps) {
    if (onlyWhere !== undefined) world.facts[onlyWhere.fact] ??= false;
    if (place.kind === "config" && place.key !== "" && !grouped.has(place.config)) world.config[place.config] ??= {};
    if (place.kind === "given") world.config[place.given] ??= null;
    if (place.kind === "fact") world.facts[place.fact] ??= false;
  }
  return world;
}

/** The finding in a place: nothing, a value, or something that can't be told. */
export type Found = Scalar | undefined | typeof unsure;
export const unsure: unique symbol = Symbol("can't be told");

/** A key of a step: a piece of the meta-schema. */
export interface KeySchema {
  readonly description: string;
  readonly [keyword: string]: JsonValue;
}

/** One kind of place that a step looks into: everything that the language, the page, the client and the tests know about it. */
export interface PlaceWord<P extends { readonly kind: string }> {
  /** The keys of such a step, the one first that tells it from the others. */
  readonly keys: Readonly<Record<string, KeySchema>>;
  readonly required: readonly string[];
  /** The sides that such a step may have. */
  readonly sides: readonly ("enable" | "disable")[];
  /** The default; nothing: a side must be written. */
  readonly usual?: { readonly yes?: true; readonly no: boolean | "present" };
  readonly read: (written: Readonly<Record<string, JsonValue>>) => P;
  /** The name of the place as the one that decided. */
  readonly by: (place: P) => string;
  /** The place that is looked at, for the page. */
  readonly looked: (place: P, consent: Pick<Consent, "stateFile">) => Inline;
  /** Returns whether nothing but texts can stand there, so that a number is its usual spelling. */
  readonly textsOnly: (place: P) => boolean;
  /** Returns whether a value can ever stand there; else why not, as a hint. */
  readonly refuses: (place: P, value: Scalar, consent: Pick<Consent, "stateFile">) => string | undefined;
  /** The name that tells it from others of its kind, as a person may be shown it. */
  readonly name: (place: P) => string;
  /** The runtime's way to find it; nothing where it is the variable that has the name. */
  readonly find: (
    step: ConsentStep & { readonly place: P },
    consent: Consent,
    takes: (schema: JsonSchema) => Literal,
    product: string,
  ) => Literal;
  /** True if finding something is all there is to ask: the side that is written went into `find`. */
  readonly findDecides?: true;
  /** Puts a value there. @returns false where something else stands in its way. */
  readonly put: (place: P, value: Scalar, world: World) => boolean;
  /** The value that is there. */
  readonly found: (place: P, world: World, step: ConsentStep, consent: Consent) => Found;
  /** Returns whether such a value can stand there, of those that a comparison of two versions tries. */
  readonly holds: (value: Scalar | typeof unsure) => boolean;
  /** The file that it lies in, which may be there and not be readable as a whole. */
  readonly file: (place: P, consent: Pick<Consent, "stateFile">) => string | undefined;
  /** Returns how people say that a value stands there. */
  readonly set: (place: P, value: Scalar, name: string) => string;
  /** Returns how a page says to put a value there; nothing where that is no switch. */
  readonly toSet: (place: P, value: Scalar) => Inline | undefined;
  /** The same as a line for a shell. */
  readonly shell?: (place: P, value: Scalar) => string;
  /** Its name, where true under it reads as a yes; of what has no yes and no of its own the contract always says what counts. */
  readonly sense: (place: P) => string | undefined;
  /** The argument that `setup` is given for it, and under which name. */
  readonly owedBySetup?: "args" | "facts" | "config";
  /** Clients in other languages than TypeScript that read it; the others refuse it. */
  readonly clients: readonly OtherLanguage[];
}

/** Writes a value under a dotted key. @returns false where a scalar stands where a mapping would have to, or the other way round. */
export function putUnder(map: Record<string, unknown>, key: string, value: Scalar): boolean {
  const path = key.split(".");
  const last = path.pop() ?? "";
  let here = map;
  for (const part of path) {
    here[part] ??= {};
    if (typeof here[part] !== "object") return false;
    here = here[part] as Record<string, unknown>;
  }
  if (Object.hasOwn(here, last) && here[last] !== value) return false;
  here[last] = value;
  return true;
}

/** Returns what stands under a dotted key. */
export function under(map: unknown, key: string): unknown {
  return key
    .split(".")
    .reduce<unknown>(
      (here, part) =>
        typeof here === "object" && here !== null && Object.hasOwn(here, part)
          ? (here as Record<string, unknown>)[part]
          : undefined,
      map,
    );
}
