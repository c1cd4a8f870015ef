import type { Entry, Scalar, Tree } from "./tree.js";

/** A tree as short JSON, with its places counted from the beginning of its own text. */
type Packed =
  | readonly [kind: 0, start: number, end: number, plain: 0 | 1, value: Scalar["value"]]
  | readonly [kind: 1, start: number, end: number, flow: 0 | 1, keysAndValues: readonly Packed[]]
  | readonly [kind: 2, start: number, end: number, items: readonly Packed[]];

export function packTree(tree: Tree, from: number): string {
  return JSON.stringify(pack(tree, from));
}

/** @param at where the text stands now. */
export function unpackTree(packed: string, at: number): Tree {
  return unpack(JSON.parse(packed) as Packed, at);
}

function pack(tree: Tree, from: number): Packed {
  const [start, end] = [tree.start - from, tree.end - from];
  if (tree.kind === "scalar") return [0, start, end, tree.plain ? 1 : 0, tree.value];
  if (tree.kind === "list") return [2, start, end, tree.items.map((item) => pack(item, from))];
  const both = [...tree.entries.values()].flatMap(({ key, value }) => [pack(key, from), pack(value, from)]);
  return [1, start, end, tree.flow ? 1 : 0, both];
}

function unpack(packed: Packed, at: number): Tree {
  const place = { start: packed[1] + at, end: packed[2] + at };
  if (packed[0] === 0) return { kind: "scalar", value: packed[4], plain: packed[3] === 1, ...place };
  if (packed[0] === 2) return { kind: "list", items: packed[3].map((item) => unpack(item, at)), ...place };
  const entries = new Map<string, Entry>();
  for (let index = 0; index < packed[4].length; index += 2) {
    const key = unpack(packed[4][index] as Packed, at) as Entry["key"];
    entries.set(key.value, { key, value: unpack(packed[4][index + 1] as Packed, at) });
  }
  return { kind: "map", entries, flow: packed[3] === 1, ...place };
}
