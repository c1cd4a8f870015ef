import type { Fragments } from "../model/fragments.js";
import type { JsonValue } from "../model/json-schema.js";

/** A YAML file as this tool reads it: no anchors, tags or merges, every key a text, every node with its place. */
export type Tree = Scalar | MapTree | ListTree;

interface TextSpan {
  /** UTF-16 offsets into the file. */
  readonly start: number;
  readonly end: number;
}

export interface Scalar extends TextSpan {
  readonly kind: "scalar";
  readonly value: null | boolean | number | string;
  /** Written without quotes, on one line. */
  readonly plain: boolean;
  /** What is wrong with it was told when it was read: nothing more need be said of what it would otherwise be. */
  readonly told?: true;
}

export interface Entry {
  readonly key: Scalar & { readonly value: string };
  readonly value: Tree;
  /** Of an event: what was made of it before. */
  readonly parts?: Fragments;
}

export interface MapTree extends TextSpan {
  readonly kind: "map";
  /** In the order written. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Written in `{ … }`. */
  readonly flow: boolean;
  /** The number of further ones that could not be read; they were reported. */
  readonly unread?: number;
}

export interface ListTree extends TextSpan {
  readonly kind: "list";
  readonly items: readonly Tree[];
}

/** The value under a path of keys, or nothing. */
export function at(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  let here = tree;
  for (const key of path) here = here?.kind === "map" ? here.entries.get(key)?.value : undefined;
  return here;
}

/** The entries of a map in the order written; none of anything else. */
export function entriesOf(tree: Tree | undefined): readonly (readonly [string, Entry])[] {
  return tree?.kind === "map" ? [...tree.entries] : [];
}

/** The items of a list; none of anything else. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === "list" ? tree.items : [];
}

/** The text of a scalar, or nothing. */
export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === "scalar" && typeof tree.value === "string" ? tree.value : undefined;
}

export function numberOf(tree: Tree | undefined): number | undefined {
  return tree?.kind === "scalar" && typeof tree.value === "number" ? tree.value : undefined;
}

/** The texts of a list of texts. */
export function textsOf(tree: Tree | undefined): readonly string[] {
  return itemsOf(tree).flatMap((item) => textOf(item) ?? []);
}

/** The plain value, as JSON would hold it. */
export function toJson(tree: Tree): JsonValue {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(toJson);
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, toJson(value)]));
}
