import type { DataMap } from "./imported.js";
import { said } from "./imported.js";

/** A number's type; what the schema leaves open is for a person to decide. */
export function numberOf(map: DataMap): string {
  const step =
    typeof map["multipleOf"] === "number" ? (/\.(\d+)$/.exec(said(map["multipleOf"]))?.[1]?.length ?? 0) : "TODO";
  const [min, max] = [low(map), high(map)];
  return `type: number, min: ${min ?? "TODO"}, max: ${max ?? "TODO"}, decimals: ${step}`;
}

/** The bounds of a whole number, as far as the schema has them. */
export function bounds(map: DataMap): string {
  const [min, max] = [low(map, true), high(map, true)];
  return `${min === undefined ? "" : `, min: ${min}`}${max === undefined ? "" : `, max: ${max}`}`;
}

/** Draft-04 says `exclusiveMinimum: true` beside `minimum`; later ones give the number itself. */
function low(map: DataMap, whole = false): number | undefined {
  const [edge, own] = [map["exclusiveMinimum"], map["minimum"]];
  if (typeof edge === "number") return whole ? Math.floor(edge) + 1 : edge;
  return typeof own === "number" ? (edge === true && whole ? Math.floor(own) + 1 : own) : undefined;
}

function high(map: DataMap, whole = false): number | undefined {
  const [edge, own] = [map["exclusiveMaximum"], map["maximum"]];
  if (typeof edge === "number") return whole ? Math.ceil(edge) - 1 : edge;
  return typeof own === "number" ? (edge === true && whole ? Math.ceil(own) - 1 : own) : undefined;
}
