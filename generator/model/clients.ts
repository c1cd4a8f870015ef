import type { ClientLanguage, OtherLanguage } from "../language/client-languages.js";
import type { Node } from "./node.js";

/** The languages that the contract has clients in, each with what it says of it. TypeScript alone where it says nothing. */
export type Clients = { readonly [Language in ClientLanguage]?: ClientPlace };

export interface ClientPlace extends Node {
  /** A folder below the project's root, with forward slashes. Absent: one of its own in the output folder. */
  readonly to?: string;
  /** Go: what the package is called; `telemetry` by default. */
  readonly package?: string;
  /** Python: how a program ends while a request is under way: it waits a moment, or leaves that to another process. */
  readonly leave?: "process";
}

export type { ClientLanguage, OtherLanguage };
