import { escapeUnseen } from "../emit/escape.js";
import { scalar } from "../emit/yaml-scalar.js";
import type { JsonValue } from "../model/json-schema.js";

/** Plain data as YAML blocks: maps in their own order, texts quoted where they must be. */
export function yamlText(value: JsonValue): string {
  // Whatever can't be seen stands in quotes.
  return escapeUnseen(`${block(value, "").replace(/^\n/, "")}\n`);
}

function block(value: JsonValue, indent: string): string {
  if (Array.isArray(value))
    return value.length === 0
      ? "[]"
      : value.map((item) => `\n${indent}- ${block(item as JsonValue, `${indent}  `).trimStart()}`).join("");
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return "{}";
    return entries
      .map(([key, item]) => `\n${indent}${scalar(key)}:${behind(item as JsonValue, `${indent}  `)}`)
      .join("");
  }
  return typeof value === "string" ? scalar(value) : JSON.stringify(value);
}

function behind(value: JsonValue, indent: string): string {
  const text = block(value, indent);
  return text.startsWith("\n") ? text : ` ${text}`;
}
