import type { PlanField, PlanValue } from "../../plan/plan.js";
import { type Choice, maker, printChoice } from "./choices.js";
import { givenOf } from "./given.js";
import { comment, members, text } from "./literal.js";
import { exported, type Names, wordsOfValue } from "./names.js";

interface ClosedSet {
  readonly name: string;
  readonly doc: readonly string[];
  /** Its constants: name → value. */
  readonly constants: ReadonlyMap<string, string>;
}

interface Struct {
  readonly name: string;
  readonly doc: readonly string[];
  readonly fields: readonly PlanField[];
}

/** The types that a caller meets: one for each closed set of texts, and a struct for each object. */
export class Types {
  readonly #names: Names;
  readonly #sets = new Map<string, ClosedSet>();
  readonly #structs = new Map<string, Struct>();
  readonly #choices = new Map<string, Choice>();

  constructor(names: Names) {
    this.#names = names;
  }

  /** Returns what a caller gives for a field. */
  of(field: PlanField, owner: readonly string[]): string {
    const type = this.#valueType(field.value, field, owner);
    if (isTriple(field)) return `*Null[${type}]`;
    return isPointed(field) ? `*${type}` : type;
  }

  /** A closed set of texts that is no field's. @returns its name, and its constants: value → name. */
  add(called: string, doc: string, values: readonly string[]): string {
    const name = this.#names.take([called]);
    const constants = new Map(values.map((value, at) => [this.#names.take([name, ...wordsOfValue(value, at)]), value]));
    this.#sets.set(JSON.stringify([called, values]), { name, doc: [doc], constants });
    return name;
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
      case "hashed":
        return this.#valueType(value.of, field, owner);
      case "or-null":
        return this.#valueType(value.of, field, owner);
      case "rounded":
        return "float64";
      case "list":
      case "items":
        return `[]${this.#valueType(value.of, field, owner)}`;
      case "map":
        return `map[string]${this.#valueType(value.of, field, owner)}`;
      case "object":
        return this.#struct(value.fields, field, owner);
      case "cases":
        return this.choice(value, field, owner).name;
      case "always":
        return "any";
      default:
        return value satisfies never;
    }
  }

  /** The type of a value that is of one type or another. */
  choice(value: Extract<PlanValue, { readonly is: "cases" }>, field: PlanField, owner: readonly string[]): Choice {
    const key = JSON.stringify([field.words, value]);
    const known = this.#choices.get(key);
    if (known !== undefined) return known;
    const name = this.#names.take(field.words, owner);
    const made: Choice = {
      name,
      doc: field.doc,
      makers: value.cases.map((one) =>
        maker(
          name,
          value.by,
          one,
          (words) => this.#names.take(words),
          (words) => this.#valueType(one.of, { ...field, words: [...field.words, ...words], value: one.of }, owner),
        ),
      ),
    };
    this.#choices.set(key, made);
    return made;
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

  #struct(fields: readonly PlanField[], field: PlanField, owner: readonly string[]): string {
    const key = JSON.stringify([field.words, fields]);
    const known = this.#structs.get(key);
    if (known !== undefined) return known.name;
    const name = this.#names.take(field.words, owner);
    this.#structs.set(key, { name, doc: field.doc, fields });
    for (const inner of fields) if (inner.from.kind === "call") this.of(inner, field.words);
    return name;
  }

  print(): string {
    return [
      ...[...this.#choices.values()].map(printChoice),
      ...[...this.#structs.values()].map((one) => this.#printStruct(one)),
      ...[...this.#sets.values()].map(printSet),
    ].join("\n");
  }

  #printStruct({ name, doc, fields: all }: Struct): string {
    // What the client finds itself nobody gives.
    const fields = all.filter(({ from }) => from.kind === "call");
    const made = fields.map((field) => ({
      name: memberOf(field),
      type: this.of(field, field.words),
      doc: sentence(field).trim(),
    }));
    const values = fields.map((field) => `\t\t{${text(field.name)}, ${givenOf(field, `of.${memberOf(field)}`)}},\n`);
    return [
      comment([`${name} is given whole. ${doc[0] ?? ""}`]),
      `type ${name} struct${made.length === 0 ? "{}" : ` {\n${members(made)}}`}\n\n`,
      made.length === 0
        ? `func (${name}) values() object { return object{} }\n`
        : `func (of ${name}) values() object {\n\treturn object{\n${values.join("")}\t}\n}\n`,
    ].join("");
  }
}

/** Returns one paragraph: why it is collected, and what may be given. */
export function sentence(field: PlanField): string {
  const name = memberOf(field);
  const sent = exported(field.name.split(/[^A-Za-z0-9]+/)) === name ? "" : ` Sent as ${field.name}.`;
  const left = field.optional ? ` ${leftOut(field)}` : field.value.is === "or-null" ? " Nil: there is none." : "";
  return `${field.doc.filter((line) => line !== "").join(" ")}${sent}${left}`;
}

function leftOut(field: PlanField): string {
  if (isTriple(field)) return "It may be left out, as nil, or told as nothing, with Valid unset.";
  if (field.value.is === "cases") return "It may be left out, as its zero value.";
  return isText(field) ? "It may be left out, as an empty text." : "It may be left out, as nil.";
}

/** Returns what may be nil where its type alone couldn't say so. */
export function isPointed(field: PlanField): boolean {
  const { value, optional } = field;
  if (value.is === "list" || value.is === "items" || value.is === "map" || value.is === "cases") return false;
  return value.is === "or-null" || (optional && !isText(field));
}

/** Returns what may be there, be nothing, or not be there. */
export function isTriple({ value, optional }: PlanField): boolean {
  return optional && value.is === "or-null";
}

function printSet({ name, doc, constants }: ClosedSet): string {
  const longest = Math.max(...[...constants.keys()].map(({ length }) => length));
  const lines = [...constants].map(([constant, value]) => `\t${constant.padEnd(longest)} ${name} = ${text(value)}\n`);
  return [
    comment([`${name} is one of a few values. ${doc[0] ?? ""}`]),
    `type ${name} string\n\n`,
    comment([`The values of ${name}.`]),
    `const (\n${lines.join("")})\n`,
  ].join("");
}

/** A text of a closed set, which has a type of its own; hashed it has one as well. */
export function isSet({ value }: Pick<PlanField, "value">): boolean {
  if (value.is === "hashed") return isSet({ value: value.of });
  return value.is === "one-of" && value.otherwise === undefined && value.values.every((one) => typeof one === "string");
}

/** A text, for which an empty one stands for nothing. */
export function isText({ value }: Pick<PlanField, "value">): boolean {
  switch (value.is) {
    case "text":
    case "line":
      return true;
    case "cut":
    case "hashed":
      return isText({ value: value.of });
    case "one-of":
      return value.values.every((one) => typeof one === "string" && one !== "");
    default:
      return false;
  }
}

/** Returns what a struct calls a field. */
export function memberOf(field: PlanField): string {
  return exported(field.words);
}
