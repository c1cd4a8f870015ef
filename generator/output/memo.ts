import { createHash, randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { compareText } from "../diagnostics/diagnostic.js";
import { makeFolder } from "./make-folder.js";
import type { GeneratedFile } from "./plan.js";
import type { Tree } from "./read-tree.js";

/**
 * What a clean run leaves for the next: from this input came these files. It is believed only while the input is the
 * same to the byte *and* the disk still holds just those files, which are read and hashed every time.
 */
export interface Memo<Counts> {
  /** Names everything that can change the output. */
  readonly key: string;
  /** Every generated file, in code-unit order. */
  readonly paths: readonly string[];
  /** Of all their texts. */
  readonly digest: string;
  readonly counts: Counts;
}

/** Names an input. Each part goes in with its length, so that no two inputs run into one another. */
export function memoKey(parts: readonly (string | Uint8Array)[]): string {
  return digestOf(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
}

/** The memo of this input, if the disk is still as it says. Unreadable or damaged: none. */
export function recall<Counts>(file: string, key: string, tree: Tree): Memo<Counts> | undefined {
  try {
    const memo = JSON.parse(readFileSync(file, "utf8")) as Memo<Counts>;
    return memo.key === key && isAsRemembered(memo, tree) ? memo : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a clean run. Where that can't be written, the next run is only slower. */
export function remember<Counts>(file: string, key: string, files: readonly GeneratedFile[], counts: Counts): void {
  const sorted = [...files].sort((a, b) => compareText(a.path, b.path));
  const memo: Memo<Counts> = {
    key,
    paths: sorted.map(({ path }) => path),
    digest: digestOf(sorted.map(({ text }) => Buffer.from(text))),
    counts,
  };
  try {
    makeFolder(dirname(file));
    const part = `${file}.${randomUUID()}`;
    writeFileSync(part, JSON.stringify(memo));
    renameSync(part, file);
  } catch {
    // No room, no right, no home: go without.
  }
}

function isAsRemembered<Counts>(memo: Memo<Counts>, tree: Tree): boolean {
  const expected = new Set(memo.paths);
  const texts = memo.paths.map((path) => tree.read(path));
  if (!texts.every((text) => text !== undefined) || digestOf(texts) !== memo.digest) return false;
  return [...tree.entries.keys()].every((path) => expected.has(path) || !tree.marked(path));
}

function digestOf(texts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}
