import type { JsonValue } from "../model/json-schema.js";
import { code, type Inline } from "./document.js";

/** A value as it travels, or stands in a file: text without quotes, unless it would be taken for something else. */
export function shown(given: JsonValue): Inline {
  return code(typeof given === "string" ? plainOrQuoted(given) : compact(given));
}

function plainOrQuoted(text: string): string {
  const misleading = /^$|^\s|\s$|^(?:true|false|null)$|^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$|\p{Cc}/iu;
  return misleading.test(text) ? JSON.stringify(text) : text;
}

/** JSON on one line, with the spaces that people put in. */
function compact(given: JsonValue): string {
  if (Array.isArray(given)) return `[${given.map(compact).join(", ")}]`;
  if (typeof given !== "object" || given === null) return JSON.stringify(given);
  return `{ ${Object.entries(given)
    .map(([key, item]) => `${JSON.stringify(key)}: ${compact(item)}`)
    .join(", ")} }`;
}
