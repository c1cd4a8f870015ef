import { pythonPattern } from "../../generator/emit/python-pattern.js";
import type { VectorFile } from "./drive.js";

/** Hand-written patterns are ECMAScript's: a target translates them, and so does a runner's driver. */
export function translated(file: VectorFile): VectorFile {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    if (typeof value !== "object" || value === null) return value;
    const all = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one)]));
    return "pattern" in all ? { ...all, python: pythonPattern(String(all["pattern"])) } : all;
  };
  return { ...file, cases: file.cases.map((one) => ({ ...one, given: inner(one.given) as Record<string, unknown> })) };
}
