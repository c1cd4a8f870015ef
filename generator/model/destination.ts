import type { Field } from "./fields.js";
import type { Node } from "./node.js";

export interface Destination extends Node {
  readonly url: string;
  /** One per `{placeholder}` of the URL. */
  readonly urlFields: readonly Field[];
  readonly headers: readonly (
    | { readonly name: string; readonly kind: "secret"; readonly env: string }
    | { readonly name: string; readonly kind: "field"; readonly field: Field }
  )[];
  readonly override?: {
    readonly order: readonly (
      | { readonly kind: "env"; readonly env: string }
      | { readonly kind: "config"; readonly config: string; readonly key: string }
    )[];
    readonly httpAllowedFor: readonly string[];
    readonly whenRejected: "use-default" | "try-next" | "disable";
  };
  readonly operator: { readonly name: string; readonly party: "first" | "third" };
  readonly clientIp: "never-read" | "discarded" | "geolocated-then-discarded" | "stored" | "not-stated";
  readonly storedIn?: string;
  readonly access?: string;
  readonly retention?: { readonly raw?: string; readonly aggregates?: string };
  readonly deletion?: string;
}
