import { type Literal, PureCall } from "../../emit/literal.js";
import type { Event, Rollup } from "../../model/model.js";
import { valueOfType } from "../../plan/values.js";
import { valueData as taken } from "./field-data.js";

type Value = Rollup["counters"][number];

/** The number of different values that are counted apart by default. */
const MOST = Number.MAX_SAFE_INTEGER;

/** Returns what is given for one value of a rollup, as it is counted. */
export function valueData(event: Event, { wireName, counts }: Value): { readonly [key: string]: Literal } {
  return { name: wireName, by: counts, take: takeData(event, wireName, counts), most: most(event, wireName) };
}

/** The same for whoever reads what was kept. */
export function lineData(event: Event, { wireName, counts }: Value): Literal {
  const type = typeOf(event, wireName);
  const hashed = counts === "union" || counts === "count-distinct";
  return {
    name: wireName,
    by: counts,
    take: hashed ? undefined : takeData(event, wireName, counts),
    all: counts === "union" ? [...(type?.of?.values ?? [])] : undefined,
    most: most(event, wireName),
  };
}

/** No object stands in a rollup. */
function nothingInside(): never {
  throw new Error("an object in a rollup");
}

function typeOf({ fields }: Event, name: string) {
  return fields.find(({ wireName }) => wireName === name)?.type;
}

function most(event: Event, name: string): number {
  const { schema } = typeOf(event, name) ?? {};
  return schema?.maxItems ?? schema?.maximum ?? MOST;
}

function takeData(event: Event, name: string, counts: Value["counts"]): Literal {
  const type = typeOf(event, name);
  if (type === undefined) return undefined;
  switch (counts) {
    case "count-distinct":
      return new PureCall("spoken");
    case "union":
      return type.of === undefined ? undefined : taken(valueOfType(type.of, nothingInside));
    case "calls":
    case "failed-calls":
    case "sum":
    case "max":
    case "min":
    case "last":
      return taken(valueOfType(type, nothingInside));
    default:
      return counts satisfies never;
  }
}
