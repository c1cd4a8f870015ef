import type { PlanField, PlanValue } from "../../plan/plan.js";
import { composedFit } from "./composed.js";
import { jsonText, pascal, snake, text } from "./literal.js";
import { printMatcher } from "./matchers.js";
import { calledOf, type Named } from "./named.js";
import { float, grouped, isGiven } from "./types.js";

/** A function of the contract's own: its name, and its code. */
export type Printed = readonly (readonly [name: string, code: string])[];

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
  /** A function or a closure from what is given to its JSON, or nothing. */
  readonly each: string;
  /** The functions that it needs. */
  readonly needs: Printed;
}

type Form = Pick<Fit, "json" | "text">;

const asText: Form = { json: (value) => `quoted(${value})`, text: (value) => value };
const asNumber: Form = { json: (value) => `${value}.to_string()`, text: (value) => `&${value}.to_string()` };
const asDecimal: Form = { json: (value) => `number_text(${value})`, text: (value) => `&number_text(${value})` };

/** Text longer than rustfmt's lines stays as it is. */
function laid(code: string): string {
  const isLong = code.split("\n").some((line) => line.length > 99 && !line.startsWith("    let known = "));
  return isLong ? `#[rustfmt::skip]\n${code}` : code;
}

/** Every value fits. */
function sure(form: Form): Fit {
  return {
    ...form,
    taken: (given) => given,
    option: (given) => given,
    each: `|it| Some(${form.json("it")})`,
    needs: [],
  };
}

/** A function of the contract's own that checks a value, and gives back what may travel of it. */
function checked(form: Form, by: string, code: string): Fit {
  return {
    ...form,
    taken: (given) => `${by}(${given})?`,
    option: (given) => `${given}.and_then(${by})`,
    each: `|it| Some(${form.json(`${by}(it)?`)})`,
    needs: [[by, code]],
  };
}

/** Its code: from what is given to what may travel, or nothing. */
function checking(by: string, given: string, travels: string, lines: readonly string[]): string {
  const body = lines.map((line) => `    ${line}\n`).join("");
  return laid(`fn ${by}(given: ${given}) -> Option<${travels}> {\n${body}}\n`);
}

type Value<Kind extends PlanValue["is"]> = Extract<PlanValue, { readonly is: Kind }>;

/** A function for a field: `fit_lang`. */
export function fitOf(field: Named, by = `fit_${snake(calledOf(field)).replace(/_$/, "")}`): Fit {
  const { value } = field;
  switch (value.is) {
    case "text":
    case "line":
      return textFit(value, by);
    case "one-of":
      return oneOfFit(field, value, by);
    case "flag":
      return sure(asNumber);
    case "integer": {
      const [least, most] = [value.least ?? -Number.MAX_SAFE_INTEGER, value.most ?? Number.MAX_SAFE_INTEGER];
      const lines = [`let within = ${grouped(least)}..=${grouped(most)};`, "within.contains(&given).then_some(given)"];
      return checked(asNumber, by, checking(by, "i64", "i64", lines));
    }
    case "number": {
      const bounds = [bound(value.least ?? -Number.MAX_VALUE), bound(value.most ?? Number.MAX_VALUE)];
      return checked(asDecimal, by, checking(by, "f64", "f64", [`number_in(given, ${bounds.join(", ")})`]));
    }
    case "rounded": {
      const args = [`${value.decimals}`, float(value.least), float(value.most)];
      return checked(asDecimal, by, checking(by, "f64", "f64", [`rounded(given, ${args.join(", ")})`]));
    }
    case "below":
    case "up-to": {
      const edges = value.edges.map(float).join(", ");
      const lines = [
        "#[rustfmt::skip]",
        `let (edges, labels) = ([${edges}], [${value.labels.map(text).join(", ")}]);`,
        `${{ below: "below", "up-to": "up_to" }[value.is]}(given, &edges, &labels)`,
      ];
      return checked(asText, by, checking(by, "f64", "&'static str", lines));
    }
    case "always":
      throw new Error(`a constant that is given: ${field.name}`);
    default:
      return composedFit(field, by);
  }
}

function bound(edge: number): string {
  if (Math.abs(edge) !== Number.MAX_VALUE) return float(edge);
  return edge < 0 ? "f64::MIN" : "f64::MAX";
}

function textFit(value: Value<"text" | "line">, by: string): Fit {
  const name = by.replace(/^fit_/, "");
  const pattern = value.is === "text" ? value.pattern : undefined;
  const checks = [
    ...(value.most === undefined ? [] : [`is_short(given, ${value.most})`]),
    ...(value.is === "line" ? ["is_line(given)"] : []),
    ...(pattern === undefined ? [] : [`fits_${name}(given)`]),
  ];
  if (checks.length === 0) return sure(asText);
  const lines = [`let fits = ${checks.join(" && ")};`, "fits.then_some(given)"];
  const matcher = pattern === undefined ? "" : `\n${printMatcher(`fits_${name}`, pattern, value.most ?? 1024)}`;
  return checked(asText, by, checking(by, "&str", "&str", lines) + matcher);
}

/** A closed set: an enum where a program gives it, and a text that is looked for elsewhere. */
function oneOfFit(field: Named, { values, otherwise }: Value<"one-of">, by: string): Fit {
  if (otherwise === undefined && isGiven(field.from)) {
    const type = pascal(calledOf(field));
    return {
      ...asText,
      taken: (given) => `${given}.as_str()`,
      option: (given) => `${given}.map(${type}::as_str)`,
      each: "|it| Some(quoted(it.as_str()))",
      needs: [],
    };
  }
  const known = values.map((value) => text(String(value))).join(", ");
  const search = ["#[rustfmt::skip]", `let known = [${known}];`];
  const find = "known.into_iter().find(|one| *one == given)";
  if (otherwise === undefined) return checked(asText, by, checking(by, "&str", "&'static str", [...search, find]));
  const lines = [...search, `let found = ${find};`, `found.unwrap_or(${text(otherwise)})`];
  return {
    ...asText,
    taken: (given) => `${by}(${given})`,
    option: (given) => `${given}.map(${by})`,
    each: `|it| Some(quoted(${by}(it)))`,
    // There is always something that may travel.
    needs: [[by, checking(by, "&str", "&'static str", lines).replace("Option<&'static str>", "&'static str")]],
  };
}

/** A constant's JSON, as an expression. */
export function constantJson(field: PlanField): string | undefined {
  const { value, from } = field;
  // The contract's version where the contract says which.
  if (from.kind === "schema-version" && value.is === "one-of")
    return `String::from(${jsonText(value.values[0] ?? null)})`;
  return field.value.is === "always" ? `String::from(${jsonText(field.value.value)})` : undefined;
}
