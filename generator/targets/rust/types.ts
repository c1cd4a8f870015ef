import type { PlanField, PlanValue } from "../../plan/plan.js";
import { pascal } from "./literal.js";
import { calledOf, inner, isLoose, type Named, within } from "./named.js";

/** Returns what a caller gives for a field. */
export function typeOf(field: Named): string {
  const type = valueType(field.value, field);
  return isLoose(field) ? `Option<${type}>` : type;
}

/** Returns what a caller gives for a value. All of it can be copied: what is long is borrowed. */
export function valueType(value: PlanValue, field: Named): string {
  switch (value.is) {
    case "flag":
      return "bool";
    case "integer":
      return "i64";
    case "number":
    case "rounded":
    case "below":
    case "up-to":
      return "f64";
    case "text":
    case "line":
      return "&'a str";
    case "one-of":
      return value.otherwise === undefined ? pascal(calledOf(field)) : "&'a str";
    case "or-null":
      return `Option<${valueType(value.of, field)}>`;
    case "or-else":
    case "cut":
    case "hashed":
      return valueType(value.of, field);
    case "list":
    case "items":
      return `&'a [${valueType(value.of, within(field, value.of, "item"))}]`;
    case "map":
      return `&'a [(${valueType(value.keys, within(field, value.keys, "key"))}, ${valueType(value.of, within(field, value.of, "item"))})]`;
    case "object":
      return `${pascal(calledOf(field))}${borrows(value, field) ? "<'a>" : ""}`;
    case "always":
    case "cases":
      throw new Error(`a value that the Rust client doesn't know: ${value.is}`);
    default:
      return value satisfies never;
  }
}

function borrows(value: Extract<PlanValue, { readonly is: "object" }>, field: Named): boolean {
  return givenIn(value, field).some((one) => typeOf(one).includes("'a"));
}

/** The fields of an object that a caller gives. */
export function givenIn(value: Extract<PlanValue, { readonly is: "object" }>, field: Named): readonly Named[] {
  return value.fields.map((one) => inner(field, one)).filter((one) => one.value.is !== "always");
}

/** A type that a caller meets: a closed set of texts, or an object's. */
export type Shape =
  | { readonly name: string; readonly field: Named; readonly values: readonly string[] }
  | { readonly name: string; readonly field: Named; readonly fields: readonly Named[] };

/** The types that a field's value brings, what others hold first. */
export function shapesOf(field: Named, value: PlanValue = field.value): readonly Shape[] {
  switch (value.is) {
    case "one-of":
      if (value.otherwise !== undefined) return [];
      return [{ name: pascal(calledOf(field)), field, values: value.values as readonly string[] }];
    case "or-null":
    case "or-else":
    case "cut":
    case "hashed":
      return shapesOf(field, value.of);
    case "list":
    case "items":
      return shapesOf(within(field, value.of, "item"));
    case "map":
      return [...shapesOf(within(field, value.keys, "key")), ...shapesOf(within(field, value.of, "item"))];
    case "object": {
      const fields = givenIn(value, field);
      return [...fields.flatMap((one) => shapesOf(one)), { name: pascal(calledOf(field)), field, fields }];
    }
    default:
      return [];
  }
}

/** The variants of an enum: name → value. */
export function variantsOf(values: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const value of values) {
    const words = value.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    const name = words.length === 0 ? "Empty" : pascal(words.map((word) => word.toLowerCase()));
    let free = name;
    for (let count = 2; found.has(free); count++) free = `${name}${count}`;
    found.set(free, value);
  }
  return found;
}

/** Returns whether the program gives a value, in a type of its own. */
export function isGiven({ kind }: PlanField["from"]): boolean {
  return kind === "call" || kind === "setup" || kind === "package-version";
}

/** A whole number as clippy reads it: digits in groups of three. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, "_");
}

/** A number as Rust writes one with decimals. */
export function float(value: number): string {
  if (!Number.isInteger(value) || String(value).includes("e")) return String(value);
  return `${grouped(value)}.0`;
}
