import type { Span } from "../diagnostics/diagnostic.js";
import type { TypeDefinition } from "../language/types/define.js";
import type { JsonValue } from "../model/json-schema.js";
import type { Identifier, Type } from "../model/model.js";
import type { Walk } from "./check-structure.js";
import type { DiagnosticSink, TextSpan } from "./diagnostic-sink.js";
import type { Entry } from "./tree.js";

/** The facts that the parts of one spec share while the model is built. */
export interface Scope {
  readonly report: DiagnosticSink;
  /** The types under `types:`. */
  readonly types: ReadonlyMap<string, Entry>;
  /** The named types that have been lowered; `undefined` for those that can't be. */
  readonly named: Map<
    string,
    | { readonly definition: TypeDefinition; readonly parameters: ReadonlyMap<string, Entry>; readonly type: Type }
    | undefined
  >;
  /** The named types that are being lowered: one that needs itself is a mistake. */
  readonly open: Set<string>;
  readonly identifiers: Map<string, Identifier>;
  /** Of each identifier one that no other has, where its form suggests any. */
  readonly identifierExamples: Map<string, JsonValue>;
  /** The example of what the field at hand stands in, where that has one: the field's own can be taken from it. */
  around: JsonValue | undefined;
  /** True if the type at hand is only hashed, and never let through. */
  onlyHashed?: boolean;
  /** Holds trees to schemas, and knows which were found wrong: no further finding is made about those. */
  readonly walk: Walk;
}

export function spanOf(scope: Scope, place: TextSpan): Span {
  return { file: scope.report.file, start: place.start, end: place.end };
}
