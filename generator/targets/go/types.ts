import type { PlanField, PlanValue } from "../../plan/plan.js";
import { comment, text } from "./literal.js";
import { exported, type Names, wordsOfValue } from "./names.js";

interface ClosedSet {
  readonly name: string;
  readonly doc: readonly string[];
  /** Its constants: name → value. */
  readonly constants: ReadonlyMap<string, string>;
}

/** The types that a caller meets beside structs: one for each closed set of texts. */
export class Types {
  readonly #names: Names;
  readonly #sets = new Map<string, ClosedSet>();

  constructor(names: Names) {
    this.#names = names;
  }

  /** What a caller gives for a field. */
  of(field: PlanField, owner: readonly string[]): string {
    const type = this.#valueType(field.value, field, owner);
    return field.optional && !isText(field) ? `*${type}` : type;
  }

  #valueType(value: PlanValue, field: PlanField, owner: readonly string[]): string {
    switch (value.is) {
      case "flag":
        return "bool";
      case "integer":
        return "int64";
      case "number":
      case "below":
      case "up-to":
        return "float64";
      case "text":
      case "line":
        return "string";
      case "one-of":
        return this.#oneOf(value, field, owner);
      case "or-else":
      case "cut":
        return this.#valueType(value.of, field, owner);
      case "always":
      case "or-null":
      case "rounded":
      case "hashed":
      case "list":
      case "items":
      case "map":
      case "object":
      case "cases":
        return "any";
      default:
        return value satisfies never;
    }
  }

  #oneOf(
    { values, otherwise }: Extract<PlanValue, { readonly is: "one-of" }>,
    field: PlanField,
    owner: readonly string[],
  ): string {
    if (otherwise !== undefined) return "string";
    if (values.every((value) => typeof value === "boolean")) return "bool";
    if (values.every((value) => Number.isSafeInteger(value))) return "int64";
    if (values.every((value) => typeof value === "number")) return "float64";
    const texts = values.filter((value) => typeof value === "string");
    if (texts.length < values.length) return "any";
    const key = JSON.stringify([field.words, texts]);
    const known = this.#sets.get(key);
    if (known !== undefined) return known.name;
    const name = this.#names.take(field.words, owner);
    const constants = new Map(texts.map((value, at) => [this.#names.take([name, ...wordsOfValue(value, at)]), value]));
    this.#sets.set(key, { name, doc: field.doc, constants });
    return name;
  }

  print(): string {
    return [...this.#sets.values()].map(printSet).join("\n");
  }
}

function printSet({ name, doc, constants }: ClosedSet): string {
  const longest = Math.max(...[...constants.keys()].map(({ length }) => length));
  const lines = [...constants].map(([constant, value]) => `\t${constant.padEnd(longest)} ${name} = ${text(value)}\n`);
  return [
    comment([`${name} is one of a few values. ${doc[0] ?? ""}`]),
    `type ${name} string\n\n`,
    comment([`What ${name} may be.`]),
    `const (\n${lines.join("")})\n`,
  ].join("");
}

/** A text of a closed set, which has a type of its own. */
export function isSet({ value }: PlanField): boolean {
  return value.is === "one-of" && value.otherwise === undefined && value.values.every((one) => typeof one === "string");
}

/** A text, for which an empty one stands for nothing. */
export function isText({ value }: Pick<PlanField, "value">): boolean {
  switch (value.is) {
    case "text":
    case "line":
      return true;
    case "cut":
      return isText({ value: value.of });
    case "one-of":
      return value.values.every((one) => typeof one === "string" && one !== "");
    default:
      return false;
  }
}

/** What a struct calls a field. */
export function memberOf(field: PlanField): string {
  return exported(field.words);
}
