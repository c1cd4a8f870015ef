import type { Span } from "../diagnostics/diagnostic.js";

/** Where it stands in the YAML. */
export interface Node {
  readonly at: Span;
}
