import type { PlanField, PlanValue } from "../../plan/plan.js";
import { jsonText, pascal, snake, text } from "./literal.js";
import { printMatcher } from "./matchers.js";

/** The closed sets of texts that a caller meets, each an enum. */
export class Sets {
  readonly #known = new Map<
    string,
    { readonly key: string; readonly values: readonly string[]; readonly doc: string }
  >();

  /** The enum's name for a field. */
  of(field: PlanField, values: readonly string[]): string {
    const key = JSON.stringify(values);
    let name = pascal(field.words);
    while (this.#known.has(name) && this.#known.get(name)?.key !== key) name += "_";
    this.#known.set(name, { key, values, doc: field.doc[0] ?? "" });
    return name;
  }

  get all(): readonly (readonly [name: string, values: readonly string[], doc: string])[] {
    return [...this.#known].map(([name, { values, doc }]) => [name, values, doc]);
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

/** Returns what a caller gives for a field. */
export function typeOf(field: PlanField, sets: Sets): string {
  const type = valueType(field.value, field, sets);
  return field.optional ? `Option<${type}>` : type;
}

function valueType(value: PlanValue, field: PlanField, sets: Sets): string {
  switch (value.is) {
    case "flag":
      return "bool";
    case "integer":
      return "i64";
    case "below":
    case "up-to":
      return "f64";
    case "text":
    case "line":
      return "&'a str";
    case "one-of":
      return isSet(value) ? sets.of(field, value.values as readonly string[]) : "&'a str";
    case "or-else":
    case "cut":
    case "always":
    case "number":
    case "or-null":
    case "rounded":
    case "hashed":
    case "list":
    case "items":
    case "map":
    case "object":
    case "cases":
      throw new Error(`a value that the Rust client doesn't know: ${value.is}`);
    default:
      return value satisfies never;
  }
}

function isSet(value: Extract<PlanValue, { readonly is: "one-of" }>): boolean {
  return value.otherwise === undefined;
}

/** The way a field's value is checked. */
export interface Fit {
  /** The expression for what may travel of a value that is given; ends the function around it where nothing may. */
  readonly taken: (given: string) => string;
  /** The same of an option, as an option. */
  readonly option: (given: string) => string;
  /** Its JSON. */
  readonly json: (value: string) => string;
  /** Its text, for an address. */
  readonly text: (value: string) => string;
  /** The name of the function that it needs, and the function; none where every value fits. */
  readonly by: string;
  readonly code: string;
}

/** A function for a field: `fit_lang`. */
export function fitOf(field: PlanField): Fit {
  const name = snake(field.words).replace(/_$/, "");
  const by = `fit_${name}`;
  const fits = {
    by,
    taken: (given: string) => `${by}(${given})?`,
    option: (given: string) => `${given}.and_then(${by})`,
  };
  const sure = { by: "", code: "" };
  const asText = { json: (value: string) => `quoted(${value})`, text: (value: string) => value };
  const asNumber = {
    json: (value: string) => `${value}.to_string()`,
    text: (value: string) => `&${value}.to_string()`,
  };
  const made = (type: string, back: string, lines: readonly string[]) =>
    `fn ${by}(given: ${type}) -> Option<${back}> {\n${lines.map((line) => `    ${line}\n`).join("")}}\n`;
  const { value } = field;
  switch (value.is) {
    case "text":
    case "line": {
      const checks = [
        ...(value.most === undefined ? [] : [`is_short(given, ${value.most})`]),
        ...(value.is === "line" ? ["is_line(given)"] : value.pattern === undefined ? [] : [`is_${name}(given)`]),
      ];
      const code = made("&str", "&str", [`let fits = ${checks.join(" && ")};`, "fits.then_some(given)"]);
      const pattern = value.is === "text" ? value.pattern : undefined;
      const matcher = pattern === undefined ? "" : `\n${printMatcher(`is_${name}`, pattern, value.most ?? 1024)}`;
      return checks.length === 0
        ? { ...sure, ...asText, taken: (given) => given, option: (given) => given }
        : { ...fits, ...asText, code: code + matcher };
    }
    case "one-of": {
      if (isSet(value) && isGiven(field.from)) {
        const type = pascal(field.words);
        const option = (given: string) => `${given}.map(${type}::as_str)`;
        return { ...sure, ...asText, taken: (given) => `${given}.as_str()`, option };
      }
      const known = value.values.map((one) => text(String(one)));
      const search = ["#[rustfmt::skip]", `let known = [${known.join(", ")}];`];
      if (value.otherwise === undefined)
        return {
          ...fits,
          ...asText,
          code: made("&str", "&'static str", [...search, "known.into_iter().find(|one| *one == given)"]),
        };
      const lines = [
        ...search,
        `let found = known.into_iter().find(|one| *one == given);`,
        `found.unwrap_or(${text(value.otherwise)})`,
      ];
      const code = made("&str", "&'static str", lines).replace("Option<&'static str>", "&'static str");
      return { ...asText, by, code, taken: (given) => `${by}(${given})`, option: (given) => `${given}.map(${by})` };
    }
    case "flag":
      return { ...sure, ...asNumber, taken: (given) => given, option: (given) => given };
    case "integer": {
      const [least, most] = [value.least ?? -Number.MAX_SAFE_INTEGER, value.most ?? Number.MAX_SAFE_INTEGER];
      const lines = [`let within = ${grouped(least)}..=${grouped(most)};`, "within.contains(&given).then_some(given)"];
      return { ...fits, ...asNumber, code: made("i64", "i64", lines) };
    }
    case "below":
    case "up-to": {
      const edges = value.edges
        .map((edge) => (Number.isInteger(edge) ? `${grouped(edge)}.0` : String(edge)))
        .join(", ");
      const lines = [
        "#[rustfmt::skip]",
        `let (edges, labels) = ([${edges}], [${value.labels.map(text).join(", ")}]);`,
        `${value.is === "below" ? "below" : "up_to"}(given, &edges, &labels)`,
      ];
      return { ...fits, ...asText, code: made("f64", "&'static str", lines) };
    }
    default:
      throw new Error(`a value that the Rust client doesn't know: ${value.is}`);
  }
}

/** Returns whether the program gives a value, in a type of its own. */
export function isGiven({ kind }: PlanField["from"]): boolean {
  return kind === "call" || kind === "setup" || kind === "package-version";
}

/** A whole number as clippy reads it: digits in groups of three. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, "_");
}

/** A constant's JSON, as an expression. */
export function constantJson(field: PlanField): string | undefined {
  return field.value.is === "always" ? `String::from(${jsonText(field.value.value)})` : undefined;
}
