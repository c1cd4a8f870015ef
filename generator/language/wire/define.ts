import type { OtherLanguage } from "../../model/clients.js";
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

/** The words that people may write as the format of what travels. */
export interface FormatKeys {
  readonly name: string;
  readonly describes: string;
  /** The keys of `wire` beside `format`. */
  readonly keys: readonly ("query" | "headers" | "body" | "each" | "bools" | "what" | "described")[];
  readonly required: readonly string[];
}

/** The page's name for what a format contains. */
interface Terms {
  /** The unit that the program sends. */
  readonly sent: string;
  /** The unit that the receiver accepts or drops. */
  readonly whole: string;
  /** An entry of the contract. */
  readonly entry: string;
  /** A part of it. */
  readonly field: string;
}

export const EVENT_TERMS: Terms = { sent: "event", whole: "event", entry: "event", field: "field" };

/** A format of what travels: everything that schema, page, rules, clients and golden payloads know about it. */
export interface Format extends FormatKeys {
  /** The words for what it carries, on the page. */
  readonly terms: Terms;
  /** The `Content-Type` of a request. */
  readonly type: string;
  /** Clients in other languages than TypeScript that write it; the others refuse it. */
  readonly clients: readonly OtherLanguage[];
}

/** A format in which requests are drawn. */
export interface DrawnFormat extends Format {
  /** The way a request travels, for the page: `as JSON`. */
  readonly says: string;
  /** The part that is keys and values, as in the query of a URL, and so one level deep; `each`: a line for each event. Else it is JSON. */
  readonly flat: "body" | "each" | undefined;
}
