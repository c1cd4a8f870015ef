/** The part of JSON Schema draft-07 that a field's value is lowered to. It is the one value language of every target. */
export interface JsonSchema {
  readonly type?: "boolean" | "integer" | "number" | "string" | "array" | "object" | "null" | readonly string[];
  readonly const?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  /** Counted in UTF-16 units, by every part of the toolchain. */
  readonly maxLength?: number;
  readonly items?: JsonSchema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly description?: string;
}

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
