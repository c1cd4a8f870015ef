/** The part of JSON Schema draft-07 that a field's value is lowered to. It is the one value language of every target. */
export interface JsonSchema {
  readonly type?: "boolean" | "integer" | "number" | "string" | "array" | "object" | "null" | readonly string[];
  readonly const?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** A number that is rounded: `0.1`. */
  readonly multipleOf?: number;
  readonly pattern?: string;
  /** Counted in UTF-16 units, by every part of the toolchain. */
  readonly maxLength?: number;
  readonly items?: JsonSchema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  /** `false`: nothing beside the properties. A schema: what each value of a map is, whose keys are held to `propertyNames`. */
  readonly additionalProperties?: false | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly maxProperties?: number;
  /** The schemas of which a sibling chooses one. */
  readonly anyOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  /** Fields that exist only under a condition. */
  readonly allOf?: readonly Condition[];
  readonly description?: string;
}

/** Fields that are required where the siblings have these values; elsewhere these may not be there. */
export interface Condition {
  readonly if: { readonly properties: Readonly<Record<string, JsonSchema>>; readonly required: readonly string[] };
  readonly then?: {
    readonly properties: Readonly<Record<string, true | JsonSchema>>;
    readonly required: readonly string[];
  };
  readonly else: { readonly properties: Readonly<Record<string, false>> };
}

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
