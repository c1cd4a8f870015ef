import type { Span } from "../diagnostics/diagnostic.js";

/** Its place in the YAML. */
export interface Node {
  readonly at: Span;
}
