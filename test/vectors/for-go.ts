import { plainPattern } from "../../generator/language/types/plain-pattern.js";
import type { VectorFile } from "./drive.js";

/**
 * Hand-written patterns are ECMAScript's: a target says them in plain words, and so
 * does a runner's driver; what can't be said so a rule refuses. Half of a
 * pair can stand in no text of Go's that is valid: bytes stand there that are none, and are refused.
 */
export function forGo(vectors: VectorFile): VectorFile {
  const { cases, ...file } = vectors;
  const refused: Record<string, unknown>[] = [];
  const inGo = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const all = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inGo(one)]));
    if (!("pattern" in all)) return all;
    const go = plainPattern(String(all["pattern"]));
    if (go === undefined) refused.push(all);
    return { ...all, go };
  };
  const all = cases.flatMap((one): typeof cases => {
    const before = refused.length;
    const given: Record<string, unknown> = { ...one.given, value: inGo(one.given["value"]) };
    if (refused.length > before) return [];
    if (typeof given["given"] !== "string" || !/\p{Cs}/u.test(given["given"])) return [{ ...one, given }];
    return [{ ...one, given: { ...given, given: { $invalid: true } }, expect: { refused: true } }];
  });
  return { ...file, cases: all };
}

/** The same of what stands anywhere in a question. */
export function inValidText(value: unknown): unknown {
  if (typeof value === "string") return /\p{Cs}/u.test(value) ? { $invalid: true } : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inValidText);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === "expect" ? one : inValidText(one)]),
  );
}
