import type { Plan, PlanField, PlanValue } from "../../plan/plan.js";
import { docstring, text } from "./literal.js";
import { pascal, snake } from "./names.js";
import { isAsked } from "./values.js";

type Called = Pick<PlanField, "words" | "doc">;

/** The types that a caller meets: names of closed sets, and classes of objects. */
export class Types {
  /** Name → what it stands for; only a type checker reads these. */
  readonly sets = new Map<string, string>();
  readonly classes = new Map<string, readonly PlanField[]>();
  readonly #docs = new Map<string, readonly string[]>();
  /** What is put in front of a name that is taken, inside a class: printing has to find what was named before. */
  readonly #owners = new Map<string, readonly string[]>();

  /** Returns a field's argument as an annotation. @param owner what to put in front of a name that is taken. */
  of(field: PlanField, owner: readonly string[]): string {
    return this.#value(field.value, field, owner);
  }

  /** The same for a value that is no field's own. */
  value(value: PlanValue, words: PlanField["words"], owner: readonly string[]): string {
    return this.#value(value, { words, doc: [] }, owner);
  }

  /** A class of these fields. @returns what it is called. */
  object(words: PlanField["words"], fields: readonly PlanField[], why: string): string {
    return this.#class(fields, { words, doc: [why] }, words);
  }

  /** A closed set of texts that is no field's. @returns what it is called. */
  add(called: string, values: readonly string[]): string {
    let name = called;
    while (this.sets.has(name) || this.classes.has(name)) name += "_";
    this.sets.set(name, `Literal[${values.map(text).join(", ")}]`);
    return name;
  }

  #value(value: PlanValue, field: Called, owner: readonly string[]): string {
    switch (value.is) {
      case "always":
        return "object";
      case "or-null":
        return `${this.#value(value.of, field, owner)} | None`;
      case "flag":
        return "bool";
      case "integer":
        return "int";
      case "number":
      case "below":
      case "up-to":
        return "float";
      case "text":
      case "line":
      case "hashed":
      case "or-else":
      case "cut":
        return "str";
      case "one-of":
        return this.#set(value, field, owner);
      case "rounded":
        return "float";
      case "map":
        return `Mapping[str, ${this.#value(value.of, field, owner)}]`;
      case "items":
      case "list":
        return `Sequence[${this.#value(value.of, field, owner)}]`;
      case "object":
        return this.#class(value.fields.filter(isAsked), field, owner);
      case "cases": {
        const all = value.cases.map(({ of }) => this.#value(of, field, owner));
        const some = all.flatMap((type) => type.replace(/ \| None$/, "").split(" | "));
        return [...new Set(some), ...(all.some((type) => type.endsWith("| None")) ? ["None"] : [])].join(" | ");
      }
      default:
        return value satisfies never;
    }
  }

  #set(
    { values, otherwise }: Extract<PlanValue, { readonly is: "one-of" }>,
    field: Called,
    owner: readonly string[],
  ): string {
    if (otherwise !== undefined) return "str";
    if (!values.every((value) => ["string", "boolean"].includes(typeof value) || Number.isInteger(value)))
      return "float";
    if (values.every((value) => typeof value === "boolean")) return "bool";
    const all = values.map((value) =>
      typeof value === "string" ? text(value) : value === true ? "True" : value === false ? "False" : String(value),
    );
    return this.#named(this.sets, `Literal[${all.join(", ")}]`, (a, b) => a === b, field, owner);
  }

  #class(fields: readonly PlanField[], field: Called, owner: readonly string[]): string {
    for (const inner of fields) this.of(inner, field.words);
    const name = this.#named(this.classes, fields, (a, b) => JSON.stringify(a) === JSON.stringify(b), field, owner);
    this.#docs.set(name, field.doc);
    this.#owners.set(name, field.words);
    return name;
  }

  #named<T>(
    among: Map<string, T>,
    value: T,
    isSame: (a: T, b: T) => boolean,
    field: Called,
    owner: readonly string[],
  ): string {
    let name = pascal(field.words);
    const isTaken = (one: string) => this.sets.has(one) || this.classes.has(one);
    const known = (one: string) => among.has(one) && isSame(among.get(one) as T, value);
    if (!known(name) && isTaken(name)) name = pascal([...owner, ...field.words]);
    while (!known(name) && isTaken(name)) name += "_";
    among.set(name, value);
    return name;
  }

  /** `_types.py`. */
  print({ product }: Plan): string {
    const classes = [...this.classes].map(([name, fields]) => this.#printClass(name, fields));
    const sets = [...this.sets].map(([name, of]) =>
      `    ${name} = ${of}\n`.replace(/^.{121,}\n$/, (line) => broken(line)),
    );
    const abc = ["Mapping", "Sequence"].filter((name) => classes.some((one) => one.includes(`${name}[`)));
    const needs = [
      ...(abc.length > 0 ? [`    from collections.abc import ${abc.join(", ")}\n`] : []),
      ...(sets.length > 0 ? ["    from typing import Literal\n"] : []),
    ];
    return [
      docstring(
        [`What the emitters of ${product} are given. Names of closed sets are there for type checkers only.`],
        "",
      ),
      ...(needs.length === 0
        ? []
        : ["\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n", ...needs, ...(sets.length > 0 ? ["\n", ...sets] : [])]),
      ...classes.map((one) => `\n\n${one}`),
    ].join("");
  }

  #printClass(name: string, fields: readonly PlanField[]): string {
    const required = fields.filter(({ optional }) => !optional);
    const all = [...required, ...fields.filter(({ optional }) => optional)];
    const owner = this.#owners.get(name) ?? [];
    const parameters = all.map(
      (field) => `${snake(field.words)}: ${annotation(this.of(field, owner), field.optional)}`,
    );
    const slots = all.map(({ words }) => text(snake(words))).sort();
    const line = `    __slots__ = (${slots.join(", ")}${slots.length === 1 ? "," : ""})\n`;
    return [
      `class ${name}:\n`,
      docstring(
        [
          ...(this.#docs.get(name) ?? []).filter((one) => one !== "").slice(0, 1),
          "",
          ...all.flatMap((field) => paramDoc(field)),
        ],
        "    ",
      ),
      "\n",
      line.length <= 121 ? line : `    __slots__ = (\n${slots.map((slot) => `        ${slot},\n`).join("")}    )\n`,
      // Of what the client fills in as a whole, a caller says only that it is there.
      ...(all.length === 0 ? [] : ["\n", signature("    ", "__init__", ["self", "*", ...parameters], "None")]),
      ...all.map(({ words }) => assigned(snake(words))),
    ].join("");
  }
}

function assigned(name: string): string {
  const line = `        self.${name} = ${name}\n`;
  return line.length <= 121 ? line : `        self.${name} = (\n            ${name}\n        )\n`;
}

function broken(line: string): string {
  const [, start = "", items = ""] = /^( *\w+ = Literal)\[(.*)\]\n$/.exec(line) ?? [];
  return `${start}[\n${items
    .split(/, (?=["'\dTF-])/)
    .map((item) => `        ${item},\n`)
    .join("")}    ]\n`;
}

/** May be left out, where it is optional. */
export function annotation(type: string, optional: boolean): string {
  if (!optional) return type;
  return type.endsWith("| None") ? `${type} = None` : `${type} | None = None`;
}

/** `:param name: why. What may be given.` */
export function paramDoc(field: PlanField): readonly string[] {
  const said = field.doc.filter((line) => line !== "").join(" ");
  return said === "" ? [] : [`:param ${snake(field.words)}: ${said}`];
}

/** A function's head, on one line where it fits. */
export function signature(indent: string, name: string, parameters: readonly string[], returns: string): string {
  const all = parameters.map(quotedType);
  const line = `${indent}def ${name}(${all.join(", ")}) -> ${quoted(returns)}:\n`;
  if (line.length <= 121) return line;
  return `${indent}def ${name}(\n${all.map((one) => `${indent}    ${one},\n`).join("")}${indent}) -> ${quoted(returns)}:\n`;
}

/**
 * Quotes an annotation that only a type checker reads: so nothing of it is looked up while a program starts, also without
 * `__future__`, which is a module that takes longer to load than all of the face.
 */
function quotedType(parameter: string): string {
  const [, name = "", type = "", rest = ""] = /^(\w+): (.*?)( = .*)?$/.exec(parameter) ?? [];
  return name === "" ? parameter : `${name}: ${quoted(type)}${rest}`;
}

function quoted(type: string): string {
  if (/^(str|int|bool|float|object|None)$/.test(type)) return type;
  return type.includes('"') ? `'${type}'` : `"${type}"`;
}
