import { jsonText } from "../emit/escape.js";
import type { FrozenContract } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { digestOf } from "../model/published.js";
import { withoutPlaces } from "./content.js";
import { hasShapeOfContract } from "./frozen-shape.js";

/** Raised when the form of the files changes in a way that older readers can't know. */
const format = 1;

const unlimited = "unlimited";

/** The contract without the places in its YAML, without what is derived from other versions, without queries, and without names that only the YAML uses. */
export function freeze(model: Model): FrozenContract {
  const { source: _source, frozen: _frozen, changes: _changes, queries: _queries, ...contract } = model;
  return withoutPlaces(contract) as FrozenContract;
}

/** A file that a person can review: one field, step or label per line. Ends in a newline. Equal contracts give equal bytes. */
export function printFrozen(contract: FrozenContract): string {
  const note = `Version ${contract.schemaVersion} of the telemetry contract of ${contract.product}, as released. Written by plainsight freeze; never edited.`;
  // Of what a reader will find there: numbers without end, for one, are words in it.
  const digest = digestOf(JSON.parse(print(contract, "")));
  return `${print({ $comment: note, format, digest, ...contract }, "")}\n`;
}

/** The contract in a frozen file, or one sentence that says why it can't be had. Never throws. */
export function parseFrozen(text: string): FrozenContract | string {
  try {
    return parsed(text);
  } catch {
    // The stack ends before the nesting does.
    return "it is nested too deeply";
  }
}

function parsed(text: string): FrozenContract | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is not JSON";
  }
  if (typeof value !== "object" || value === null) return "it is not a JSON object";
  const { $comment: _comment, format: found, digest, ...written } = value as Record<string, unknown>;
  if (found !== format)
    return `its format is ${JSON.stringify(found)}, and this version of plainsight knows only ${format}`;
  const is = digestOf(written);
  const contract = withoutEnd(written) as Record<string, unknown>;
  const problem = hasShapeOfContract(contract);
  if (problem !== undefined) return problem;
  if (digest !== is) return "it was changed after it was released: its digest is another";
  return contract as unknown as FrozenContract;
}

/** Numbers without end are written as a word. Nobody else has the value: it is changed where it stands. */
function withoutEnd(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  for (const item of Object.values(value)) withoutEnd(item);
  if ("alternatives" in value && value.alternatives === unlimited && "rule" in value)
    value.alternatives = Number.POSITIVE_INFINITY;
  return value;
}

/** Prints on one line what has no parts that a reviewer would want on lines of their own. */
function print(value: unknown, indent: string): string {
  const line = onOneLine(value);
  if (
    typeof value !== "object" ||
    value === null ||
    isOneThing(value) ||
    (indent.length + line.length <= 120 && !hasFields(value))
  )
    return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + print(item, inner)).join(",\n")}\n${indent}]`;
  const entries = Object.entries(value).map(([key, item]) => `${inner}${jsonText(key)}: ${print(item, inner)}`);
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

function onOneLine(value: unknown): string {
  if (value === Number.POSITIVE_INFINITY) return JSON.stringify(unlimited);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return jsonText(value);
  const entries = Object.entries(value).map(([key, item]) => `${jsonText(key)}: ${onOneLine(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** A field, a type, a key of the state file, a consent step. */
function isOneThing(value: object): boolean {
  return "schema" in value || "place" in value || ("type" in value && ("wireName" in value || "key" in value));
}

function hasFields(value: object): boolean {
  return Object.values(value).some(
    (item) => typeof item === "object" && item !== null && ("wireName" in item || hasFields(item)),
  );
}
