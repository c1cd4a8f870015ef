import type { Combine } from "../../model/model.js";
import { itemOf, listedValues } from "../../plan/inside.js";
import type { PlanRollup, PlanValue } from "../../plan/plan.js";
import { Call, type Literal, Name } from "./literal.js";
import { valueData } from "./values.js";

/** Returns whether a counter counts calls, and isn't made of what they bring. */
export function isCounting(counts: Combine): boolean {
  return counts === "calls" || counts === "failed-calls";
}

/** Returns what a rollup combines beside its calls. */
export function combinedData({ counters }: PlanRollup): readonly Literal[] {
  return counters.flatMap(({ name, counts, value, most }) =>
    isCounting(counts)
      ? []
      : [
          new Call("Combined", [name, counts, takeData(counts, value), ...(most === undefined ? [] : [most])], {
            all: counts === "union" ? (listedValues(value) as Literal) : undefined,
          }),
        ],
  );
}

/** The same for whoever reads what was kept. */
export function linesData(rollup: PlanRollup): Literal {
  const values = combinedData(rollup);
  return values.length === 0 ? undefined : new Call("combined_lines", values);
}

function takeData(counts: Combine, value: PlanValue): Literal {
  switch (counts) {
    case "count-distinct":
      return new Name("spoken");
    case "union":
      return valueData(itemOf(value));
    case "calls":
    case "failed-calls":
    case "sum":
    case "max":
    case "min":
    case "last":
      return valueData(value);
    default:
      return counts satisfies never;
  }
}
