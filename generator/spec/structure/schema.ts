import { PLACE } from "../../language/file-paths.js";
import type { JsonValue } from "../../model/json-schema.js";
import { DURATION, SIZE } from "../units.js";
import { PART } from "./patterns.js";

/** A piece of the meta-schema: JSON Schema draft-07. `check-structure` reads the same pieces that editors do. */
export interface Schema {
  readonly [keyword: string]: JsonValue;
}

/** A key's schema with what an editor shows for it. Draft-07 ignores what is next to a `$ref`, so that is wrapped. */
export function described(description: string, schema: Schema): Schema {
  return "$ref" in schema ? { description, allOf: [schema] } : { description, ...schema };
}

export function ref(definition: string): Schema {
  return { $ref: `#/definitions/${definition}` };
}

/** Prose or a name: anything but nothing. */
/** Spaces, and what has no width, say nothing. */
export const VISIBLE = "[^\\s\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2064]";
/** For people, or typed by them. */
export const TEXT: Schema = { type: "string", minLength: 1, pattern: VISIBLE };
/** As it travels: a space may be one. */
export const WIRE_TEXT: Schema = { type: "string", minLength: 1 };
export const TEXTS: Schema = { type: "array", items: TEXT };

export function text(description: string): Schema {
  return described(description, TEXT);
}

/** The part of consent that something belongs to. */
export const PART_OF: Schema = {
  description: "The part of consent that it belongs to.",
  type: "string",
  pattern: PART,
  maxLength: 64,
};

/** From which edition of the list on something is sent. */
export const SINCE_EPOCH: Schema = {
  description: "Not sent on a yes to an older edition of the list.",
  type: "integer",
  minimum: 2,
  maximum: 2 ** 31 - 1,
};

/** The mark of what generated code doesn't do: it is printed, and otherwise not there. */
export const DESCRIBED: Schema = {
  description: "The product's own code does this.",
  const: true,
};

/** A file on the user's machine. */
export function place(description: string): Schema {
  return { description, type: "string", pattern: PLACE };
}

export function texts(description: string, more: Schema = {}): Schema {
  return { description, ...TEXTS, ...more };
}

export function flag(description: string): Schema {
  return { description, type: "boolean" };
}

export function choice(description: string, values: readonly string[]): Schema {
  return { description, enum: values };
}

export function duration(description: string): Schema {
  return { description, type: "string", pattern: DURATION };
}

export function size(description: string): Schema {
  return { description, type: "string", pattern: SIZE };
}

export function whole(description: string, minimum: number, maximum = 2 ** 31 - 1): Schema {
  return { description, type: "integer", minimum, maximum };
}

/** A map with exactly these keys. */
export function record(
  keys: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
  more: Schema = {},
): Schema {
  return {
    type: "object",
    properties: keys,
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    ...more,
  };
}

/** A map from names to things of one kind. */
export function mapOf(values: Schema, names: Schema = ref("name"), more: Schema = {}): Schema {
  return { type: "object", propertyNames: names, additionalProperties: values, ...more };
}

export function listOf(items: Schema, more: Schema = {}): Schema {
  return { type: "array", items, ...more };
}
