import { expression } from "../model/expression.js";
import type { DiagnosticSink } from "./diagnostic-sink.js";
import { IN_WORDS, taughtInstead } from "./structure/patterns.js";
import { type Schema, VISIBLE } from "./structure/schema.js";
import { suggestion } from "./suggest.js";
import { taughtForm } from "./teach-forms.js";
import { taughtValue } from "./teach-values.js";
import { type Scalar, type Tree, toJson } from "./tree.js";

/** The kinds of values, as findings name them. */
export const KINDS: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "a text",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  null: "null",
};

/** Holds a value to the keywords for values: kind, list of values, form, length and range. The first that fails is told. */
export function checkScalar(tree: Tree, schema: Schema, name: string, report: DiagnosticSink): boolean {
  const allowed = "const" in schema ? [schema.const] : (schema.enum as readonly unknown[] | undefined);
  if (allowed !== undefined) return checkListed(tree, allowed, name, report);
  const types = schema.type === undefined ? undefined : ([schema.type].flat() as readonly string[]);
  if (types !== undefined && !types.some((type) => isOf(type, tree))) {
    report.add(
      "wrong-kind",
      tree,
      `${sentence(name)} must be ${types.map((type) => KINDS[type]).join(" or ")}, not ${kindOf(tree)}.`,
      {
        hint:
          taughtForm(name) ?? quotes(tree, types, schema) ?? (types.includes("array") ? inList(name, tree) : undefined),
      },
    );
    return false;
  }
  if (tree.kind !== "scalar") return true;
  const problem = typeof tree.value === "string" ? textProblem(tree.value, schema) : numberProblem(tree, schema);
  if (problem !== undefined)
    report.add(problem.code, tree, `${sentence(name)} ${problem.message}`, { hint: problem.hint });
  return problem === undefined;
}

/** A number where a text belongs, or a text where a number does. */
function quotes(tree: Tree, types: readonly string[], { pattern }: Schema): string | undefined {
  if (tree.kind !== "scalar" || tree.value === null) return undefined;
  if (typeof tree.value !== "string") {
    if (!types.includes("string")) return undefined;
    // A number in the place of a duration is none with quotes, either.
    const fits = typeof pattern !== "string" || expression(pattern).test(String(tree.value));
    return fits ? "Quote it." : `Write ${IN_WORDS[pattern] ?? `a text of the form ${pattern}`}.`;
  }
  const isWithout =
    (types.includes("boolean") && /^(?:true|false)$/.test(tree.value)) ||
    (types.includes("integer") && /^(?:0|-?[1-9][0-9]*)$/.test(tree.value));
  return isWithout ? "Remove the quotes." : undefined;
}

/** Returns how a single one is written where there may be several. */
function inList(name: string, tree: Tree): string | undefined {
  const one = tree.kind === "map" ? "{ … }" : tree.kind === "scalar" && tree.value !== null ? String(tree.value) : "";
  return /^\w+$/.test(name) && one !== "" && one.length < 40
    ? `A single one is a list, too: ${name}: [${one}]`
    : undefined;
}

/** Returns a thing's name as the beginning of a sentence. */
export function sentence(name: string): string {
  return name.replace(/^(?:the spec$|an item of )/, (start) => start.charAt(0).toUpperCase() + start.slice(1));
}

function checkListed(tree: Tree, allowed: readonly unknown[], name: string, report: DiagnosticSink): boolean {
  if (tree.kind === "scalar" && allowed.includes(tree.value)) return true;
  const words = allowed.map(String);
  const noun = words.length === 1 ? "The only one" : "Values";
  const shown = tree.kind === "scalar" ? JSON.stringify(tree.value) : kindOf(tree);
  const text = tree.kind === "scalar" && typeof tree.value === "string" ? tree.value : "";
  report.add("unknown-value", tree, `${shown} is not a value of ${name}.`, {
    hint:
      taughtValue(name.replace("an item of ", ""), text) ??
      (allowed.some((one) => typeof one !== "string" && String(one) === text)
        ? "Remove the quotes."
        : text === ""
          ? `${noun}: ${words.join(", ")}.`
          : suggestion(text, words, noun)),
  });
  return false;
}

interface Problem {
  readonly code: "empty-value" | "out-of-range" | "wrong-form" | "reserved-name";
  readonly message: string;
  readonly hint?: string;
}

function textProblem(text: string, schema: Schema): Problem | undefined {
  const {
    minLength = 0,
    maxLength = Number.POSITIVE_INFINITY,
    pattern,
    not,
  } = schema as {
    minLength?: number;
    maxLength?: number;
    pattern?: string;
    not?: { enum: readonly string[] };
  };
  // A reason of twenty spaces is none.
  const length = minLength > 1 ? text.replaceAll(/\s+/g, " ").trim().length : text.length;
  if (length < minLength || (pattern === VISIBLE && !expression(VISIBLE).test(text))) {
    return minLength === 1
      ? { code: "empty-value", message: "is empty.", hint: "Write something, or leave the key out." }
      : {
          code: "out-of-range",
          message: `has ${length} characters; at least ${minLength} are needed.`,
          hint: "Say it in a sentence that readers understand.",
        };
  }
  if (text.length > maxLength)
    return { code: "out-of-range", message: `has ${text.length} characters; at most ${maxLength} are allowed.` };
  if (pattern !== undefined && !expression(pattern).test(text)) {
    const hint = taughtInstead(pattern, text);
    return {
      code: "wrong-form",
      message: `${JSON.stringify(text)} is not ${IN_WORDS[pattern] ?? `of the form ${pattern}`}.`,
      ...(hint === undefined ? {} : { hint }),
    };
  }
  if (not?.enum.includes(text) === true)
    return { code: "reserved-name", message: `${JSON.stringify(text)} is taken.`, hint: "Choose another name." };
  return undefined;
}

function numberProblem({ value }: Scalar, schema: Schema): Problem | undefined {
  if (typeof value !== "number") return undefined;
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  if (minimum !== undefined && value < minimum)
    return { code: "out-of-range", message: `is ${value}; ${minimum} is the least.` };
  if (maximum !== undefined && value > maximum)
    return { code: "out-of-range", message: `is ${value}; ${maximum} is the most.` };
  return undefined;
}

function isOf(type: string, tree: Tree): boolean {
  if (tree.kind === "map") return type === "object";
  if (tree.kind === "list") return type === "array";
  if (tree.value === null) return type === "null";
  return type === "integer" ? Number.isInteger(tree.value) : typeof tree.value === type;
}

/** Returns what stands there, as findings name it. */
export function kindOf(tree: Tree): string {
  if (tree.kind !== "scalar") return tree.kind === "map" ? "a map" : "a list";
  const value = toJson(tree);
  return typeof value === "string"
    ? "a text"
    : typeof value === "number"
      ? "a number"
      : value === null
        ? "nothing"
        : `${value}`;
}
