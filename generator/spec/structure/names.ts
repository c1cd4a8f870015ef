import * as patterns from "./patterns.js";
import type { Schema } from "./schema.js";

/** Every name that an object has before anything is put into it: as a key, one of these breaks some reader somewhere. */
export const INHERITED: readonly string[] = Object.getOwnPropertyNames(Object.prototype).sort();

/** Headers that belong to the transport; a contract can't set them, and cookies are never sent. */
const TRANSPORT_HEADERS = [
  "connection",
  "content-length",
  "content-type",
  "cookie",
  "host",
  "te",
  "transfer-encoding",
  "upgrade",
];

function named(description: string, pattern: string, maxLength = 128, refused = INHERITED): Schema {
  return { description, type: "string", minLength: 1, maxLength, pattern, not: { enum: refused } };
}

export const NAMES = {
  name: named("What travels, exactly as written here.", patterns.NAME),
  metricName: named("The metric's name as Prometheus sees it.", patterns.METRIC),
  labelName: named("The label's name as Prometheus sees it.", patterns.LABEL),
  headerName: named("The header's name.", patterns.HEADER, 64, [...INHERITED, ...TRANSPORT_HEADERS]),
  range: named("The label that travels in place of the number.", patterns.CONTROL_FREE, 64),
  env: { type: "string", maxLength: 128, pattern: patterns.ENV },
} as const satisfies Record<string, Schema>;
