import { goPattern } from "../../emit/go-pattern.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Match } from "../../model/model.js";
import type { Plain, PlanField, PlanValue } from "../../plan/plan.js";
import { number, plain, raw, text } from "./literal.js";

const NOTHING = "math.MaxInt";

/** What may travel, as the runtime's functions. What they don't know the rule about clients refuses. */
export function takeOf(value: PlanValue): string {
  switch (value.is) {
    case "always":
      return `always(${plain(value.value)})`;
    case "flag":
      return "boolean";
    case "integer":
    case "number":
      return `${value.is === "integer" ? "wholeIn" : "numberIn"}(${value.least === undefined ? "math.Inf(-1)" : number(value.least)}, ${value.most === undefined ? "math.Inf(1)" : number(value.most)})`;
    case "text": {
      const most = value.most === undefined ? NOTHING : String(value.most);
      return value.pattern === undefined
        ? `plainText(${most})`
        : `matching(${most}, ${raw(goPattern(value.pattern) ?? "")})`;
    }
    case "line":
      return `oneLine(${value.most ?? NOTHING})`;
    case "one-of": {
      const values = value.values.map(plain).join(", ");
      return value.otherwise === undefined ? `oneOf(${values})` : `oneOfOr(${text(value.otherwise)}, ${values})`;
    }
    case "below":
    case "up-to":
      return `${value.is === "below" ? "below" : "upTo"}([]float64{${value.edges.map(number).join(", ")}}, ${value.labels.map(text).join(", ")})`;
    case "or-else":
      return `orElse(${takeOf(value.of)}, ${text(value.otherwise)})`;
    case "cut":
      return `cut(${takeOf(value.of)}, ${value.most})`;
    case "or-null":
    case "rounded":
    case "hashed":
    case "list":
    case "items":
    case "map":
    case "object":
    case "cases":
      throw new Error(`a value that the Go client doesn't know: ${value.is}`);
    default:
      return value satisfies never;
  }
}

/** A field as the runtime's `field`. @param take what its value goes through. */
export function fieldOf(field: PlanField, take: string): string {
  const onlyWhen = Object.entries(field.onlyWhen).map(([name, value]) => {
    const values: readonly JsonValue[] = Array.isArray(value) ? value : [value];
    return `${text(name)}: {${values.map(plain).join(", ")}}`;
  });
  return [
    `{name: ${text(field.name)}, take: ${take}`,
    ...(field.optional ? [", optional: true"] : []),
    ...(onlyWhen.length > 0 ? [`, onlyWhen: map[string][]any{${onlyWhen.join(", ")}}`] : []),
    "}",
  ].join("");
}

/** A match as the runtime's functions. */
export function matcherOf(match: Match | Plain<Match>): string {
  switch (match.kind) {
    case "exactly":
      return `exactly(${match.values.map(plain).join(", ")})`;
    case "any-except":
      return `anyExcept(${match.values.map((value) => text(String(value))).join(", ")})`;
    case "any-of":
      return `anyOf(${match.of.map(matcherOf).join(", ")})`;
    case "non-empty":
      return "nonEmpty";
    case "truthy":
    case "falsy":
    case "present":
      return match.kind;
    case "absent":
    case "at-least":
      throw new Error(`a match that the Go client doesn't know: ${match.kind}`);
    default:
      return match satisfies never;
  }
}
