import type { JsonValue } from "../model/json-schema.js";
import type { PlanValue } from "./plan.js";

/** The values that travel inside of one, a level down. What is hashed leaves nothing of what was given. */
export function valuesInside(value: PlanValue): readonly PlanValue[] {
  switch (value.is) {
    case "object":
      return value.fields.map((field) => field.value);
    case "cases":
      return value.cases.map(({ of }) => of);
    case "or-null":
    case "or-else":
    case "cut":
    case "list":
    case "items":
    case "map":
      return [value.of];
    case "always":
    case "flag":
    case "integer":
    case "number":
    case "rounded":
    case "text":
    case "line":
    case "one-of":
    case "hashed":
    case "below":
    case "up-to":
      return [];
    default:
      return value satisfies never;
  }
}

/** Of a list what one of its items is; anything else as it is. */
export function itemOf(value: PlanValue): PlanValue {
  return value.is === "list" || value.is === "items" ? value.of : value;
}

/** The values of an item's closed set, in their order; none where it is open. */
export function listedValues(value: PlanValue): readonly JsonValue[] {
  const item = itemOf(value);
  if (item.is === "one-of") return item.values;
  return item.is === "below" || item.is === "up-to" ? item.labels : [];
}
