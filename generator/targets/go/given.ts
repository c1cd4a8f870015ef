import type { PlanField, PlanValue } from "../../plan/plan.js";
import { isSet, isText, isTriple } from "./types.js";

/** Returns what a caller's value holds, as the runtime takes it. @param at where it stands. */
export function givenOf(field: PlanField, at: string): string {
  const { value, optional } = field;
  switch (value.is) {
    case "list":
    case "items":
      return `${optional ? "listedOr" : "listed"}(${at}, ${eachOf(value.of)})`;
    case "map":
      return `${optional ? "mappedOr" : "mapped"}(${at}, ${eachOf(value.of)})`;
    case "object":
      return optional ? `pointedBy(${at}, asObject)` : `${at}.values()`;
    case "or-null":
      return orNull(value.of, at, isTriple(field) ? "nullOrAbsent" : "nullOr");
    case "cases":
      return `${at}.given()`;
    default:
      if (optional && isSet(field) && !isText(field)) return `pointedBy(${at}, asText)`;
      if (optional) return isText(field) ? `orNothing(${at})` : `pointed(${at})`;
      return isSet(field) ? `string(${at})` : at;
  }
}

/** Values that may be nil: items of lists and maps are built one by one, because their type has a public name. */
function orNull(value: PlanValue, at: string, how: string): string {
  switch (value.is) {
    case "list":
    case "items":
      return `${how}List(${at}, ${eachOf(value.of)})`;
    case "map":
      return `${how}Map(${at}, ${eachOf(value.of)})`;
    default:
      return `${how}(${at}, ${eachOf(value)})`;
  }
}

/** The function that makes a value of what is given, for those inside others. */
function eachOf(value: PlanValue): string {
  switch (value.is) {
    case "list":
    case "items":
      return `func(of []${typeOf(value.of)}) any { return listed(of, ${eachOf(value.of)}) }`;
    case "map":
      return `func(of map[string]${typeOf(value.of)}) any { return mapped(of, ${eachOf(value.of)}) }`;
    case "object":
      return "asObject";
    case "cases":
      return "asChosen";
    case "cut":
    case "hashed":
    case "or-else":
    case "or-null":
      return eachOf(value.of);
    case "text":
    case "line":
      return "asText";
    case "one-of":
      return value.values.every((one) => typeof one === "string") || value.otherwise !== undefined ? "asText" : "asIs";
    default:
      return "asIs";
  }
}

/** Of what stands in a list inside a list: nothing of the face's own, which the rule about clients refuses. */
function typeOf(value: PlanValue): string {
  switch (value.is) {
    case "or-null":
      return typeOf(value.of);
    case "flag":
      return "bool";
    case "integer":
      return "int64";
    case "text":
    case "line":
    case "cut":
    case "hashed":
    case "or-else":
      return "string";
    case "list":
    case "items":
      return `[]${typeOf(value.of)}`;
    case "map":
      return `map[string]${typeOf(value.of)}`;
    default:
      return "float64";
  }
}
