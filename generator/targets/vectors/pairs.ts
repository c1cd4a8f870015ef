import type { JsonValue } from "../../model/json-schema.js";
import type { Field, Model } from "../../model/model.js";
import { planField } from "../../plan/fields.js";

/** The values of two calls, as given and as sent, and their total. */
export interface Pair {
  readonly given: readonly [JsonValue, JsonValue];
  readonly comesTo: JsonValue;
  /** Both in a line of the queue; absent if a line has hashes that only one machine can make. */
  readonly kept?: readonly [JsonValue, JsonValue];
}

/** Returns two calls' values for a counter; undefined where a call brings nothing for it. */
export function pairOf(model: Model, field: Field, counts: string): Pair | undefined {
  const { type, example } = field;
  const [first, last] = [type.values?.[0] ?? example, type.values?.at(-1) ?? example];
  const numbers = numbersOf(field);
  switch (counts) {
    case "max":
      return { given: numbers, comesTo: Math.max(...numbers), kept: numbers };
    case "min":
      return { given: numbers, comesTo: Math.min(...numbers), kept: numbers };
    case "sum": {
      const most = type.schema.maximum ?? Number.MAX_SAFE_INTEGER;
      return { given: numbers, comesTo: Math.min(numbers[0] + numbers[1], most), kept: numbers };
    }
    case "last": {
      const { given } = planField(model, field);
      // Of a range a number is given, and another thing travels.
      if (type.kind === "bucket") return { given: [given, given], comesTo: example, kept: [example, example] };
      return { given: [first, last], comesTo: last, kept: [first, last] };
    }
    case "union": {
      const all = type.of?.values ?? [];
      const most = type.schema.maxItems ?? all.length;
      const two: [JsonValue, JsonValue] = [all[0] ?? "", (most > 1 ? all.at(-1) : all[0]) ?? ""];
      return { given: two, comesTo: all.filter((one) => two.includes(one)) };
    }
    case "count-distinct":
      return { given: ["a", "b"], comesTo: Math.min(2, type.schema.maximum ?? 2) };
    default:
      return undefined;
  }
}

/** Two numbers that the field lets through. */
function numbersOf({ type, example }: Field): readonly [number, number] {
  const one = typeof example === "number" ? example : 0;
  const { minimum = one, maximum = one } = type.schema;
  return [one, one === minimum ? maximum : minimum];
}
