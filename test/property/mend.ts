import { isMap, isSeq, type Node, type Pair, parseDocument } from "yaml";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";

type Path = readonly (string | number)[];

/** Takes out of a contract what a finding points at, so that the rest may load: the nearest key or item around the place. */
export function withoutFound(contract: unknown, text: string, { span }: Diagnostic): unknown {
  const path = span === undefined ? [] : pathAt(text, span.start, span.end);
  return path.length === 0 ? undefined : withoutPath(contract, path);
}

/** The keys and places that lead to a stretch of a YAML text: the outermost node that is all of it. */
function pathAt(text: string, offset: number, end: number): Path {
  const path: (string | number)[] = [];
  let node: unknown = parseDocument(text).contents;
  for (;;) {
    if (isMap(node)) {
      const pair = node.items.findLast((one) => startOf(one) <= offset);
      if (pair === undefined) return path;
      path.push(String((pair.key as { readonly value?: unknown }).value));
      node = pair.value;
    } else if (isSeq(node)) {
      const at = node.items.findLastIndex((item) => ((item as Node).range?.[0] ?? 0) <= offset);
      if (at < 0) return path;
      path.push(at);
      node = node.items[at];
    } else return path;
    const [start, until] = (node as Node | null)?.range ?? [Number.POSITIVE_INFINITY, 0];
    if (start > offset || (start === offset && until <= end)) return path;
  }
}

function startOf({ key }: Pair): number {
  return (key as Node).range?.[0] ?? 0;
}

/** A copy without one key or item. */
export function withoutPath(value: unknown, [first, ...rest]: Path): unknown {
  if (first === undefined || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => (at !== first ? [item] : rest.length === 0 ? [] : [withoutPath(item, rest)]));
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      key !== String(first) ? [[key, inner]] : rest.length === 0 ? [] : [[key, withoutPath(inner, rest)]],
    ),
  );
}

/** Every key and item, the outermost first. */
export function everyPath(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Array.isArray(value) ? value.map((item, at) => [at, item] as const) : Object.entries(value);
  return [...inner.map(([key]) => [...path, key]), ...inner.flatMap(([key, item]) => everyPath(item, [...path, key]))];
}
