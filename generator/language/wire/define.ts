import type { Picture } from "../../model/wire.js";

/** A placeholder of a picture: what stands behind the dollar, or between braces inside a text. */
export interface Placeholder {
  /** `$event`, as people write it. */
  readonly name: string;
  /** For the reference page: what stands there. */
  readonly describes: string;
  /** True if it means something only inside what is repeated. */
  readonly repeated?: true;
  /** Reads what stands behind the dollar; undefined: it is none of this kind. */
  readonly read: (text: string) => Picture | undefined;
}

/** A key that makes something of the picture behind it, and stands alone in its map. */
export interface Wrapper {
  /** `$json`. */
  readonly name: string;
  readonly describes: string;
  /** True if a list of pieces stands behind it, and `by` beside it. */
  readonly pieces?: true;
  readonly wrap: (inner: readonly Picture[], by: string) => Picture;
}

/** A format of what travels. */
export interface Format {
  readonly name: "json" | "form" | "query" | "prometheus-text" | "described";
  readonly describes: string;
  /** The keys of `wire` beside `format`. */
  readonly keys: readonly ("query" | "headers" | "body" | "each" | "bools" | "what")[];
  readonly required: readonly string[];
}
