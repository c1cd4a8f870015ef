import type { Node } from "./node.js";

/** The languages that the contract has clients in, each with what it says of it. TypeScript alone where it says nothing. */
export interface Clients {
  /** In the output folder's `client/`. */
  readonly typescript?: ClientPlace;
  /** A package: in the output folder's `python/`, or where the product's own package is. */
  readonly python?: ClientPlace & {
    /** The way a program ends while a request is under way: it waits a moment, or leaves that to another process. */
    readonly leave?: "process";
  };
  /** A flat package: in the output folder's `go/`, or where the product wants it. */
  readonly go?: ClientPlace & {
    /** The package's name; `telemetry` by default. */
    readonly package?: string;
  };
  /** A module: in the output folder's `rust/`, or where the product's crate is. */
  readonly rust?: ClientPlace;
}

export interface ClientPlace extends Node {
  /** A folder below the project's root, with forward slashes. */
  readonly to?: string;
}

export type ClientLanguage = keyof Clients;
