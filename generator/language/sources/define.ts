import type { OtherLanguage } from "../../model/clients.js";
import type { FieldSource } from "../../model/model.js";

/** The sources that are said with one word. */
export type SourceName = Exclude<FieldSource["kind"], "env" | "identifier" | "each-event">;

/** Everything that the language, the checks and the page know about one word of `from`. */
export interface SourceDefinition {
  /** For editors and the reference page. */
  readonly describes: string;
  /** Behind the type, on the page; empty where it goes without saying. */
  readonly page: string;
  /** The types of what it gives; any by default. */
  readonly types?: readonly string[];
  /** True if each call has its own: it can't stand beside a list of events, and groups nothing. */
  readonly ofCall?: true;
  /** Clients in other languages than TypeScript that fill it in; the others refuse it. */
  readonly clients: readonly OtherLanguage[];
}
