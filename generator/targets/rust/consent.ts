import type { Match } from "../../model/model.js";
import type { Plain, Plan } from "../../plan/plan.js";
import { text } from "./literal.js";

/** Prints who decides: the contract's steps, one behind the other. */
export function condition({ consent }: Plan): string {
  const steps = consent.order.flatMap(({ by, place, enable, disable }) => {
    // The rule about clients lets nothing else through.
    if (place.kind !== "env") return [];
    const side = (match: Plain<Match> | undefined, enabled: boolean) => {
      if (match === undefined) return "";
      const answer = `return Decision::by(${enabled}, ${text(by)});`;
      const test = matches(match);
      return test === "true" ? `        ${answer}\n` : `        if ${test} {\n            ${answer}\n        }\n`;
    };
    const inner = side(disable, false) + side(enable, true);
    const value = /\bvalue\b/.test(inner) ? "value" : "_";
    const open =
      value === "_"
        ? `    if env(${text(place.env)}).is_some() {\n`
        : `    if let Some(value) = env(${text(place.env)}) {\n`;
    return [`${open}${inner}    }\n`];
  });
  const env = steps.length === 0 ? "_: impl Fn(&str) -> Option<String>" : "env: impl Fn(&str) -> Option<String>";
  return [
    "pub(super) fn decision() -> Decision {\n    decide(variable)\n}\n\n",
    "/// The first that matches decides; where both sides of one do, it is a no.\n",
    `pub(super) fn decide(${env}) -> Decision {\n`,
    ...steps,
    `    Decision::by(${consent.model === "opt-out"}, "default")\n}\n`,
  ].join("");
}

function matches(match: Plain<Match>): string {
  switch (match.kind) {
    case "exactly":
      return oneOf(match.values.map(String));
    case "any-except":
      return not(oneOf(match.values));
    case "any-of":
      return match.of.map(matches).join(" || ");
    case "non-empty":
      return "!value.is_empty()";
    case "present":
      return "true";
    case "truthy":
      return "is_truthy(&value)";
    case "falsy":
      return "is_falsy(&value)";
    case "absent":
    case "at-least":
      throw new Error(`a match that the Rust client doesn't know: ${match.kind}`);
    default:
      return match satisfies never;
  }
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 && values[0] !== ""
    ? `value == ${text(values[0] ?? "")}`
    : `[${values.map(text).join(", ")}].contains(&value.as_str())`;
}

function not(test: string): string {
  return test.startsWith("value == ") ? test.replace("==", "!=") : `!${test}`;
}
