import { randomBytes } from "node:crypto";
import { compareText } from "../diagnostics/diagnostic.js";
import { readText } from "../read-file.js";
import { digestWith } from "./digest.js";
import { foldersOutside } from "./places.js";
import { bytesOf, type GeneratedFile } from "./plan.js";
import type { Tree } from "./read-tree.js";
import { replaceFile } from "./replace-file.js";

/**
 * The memo that a clean run leaves for the next: from this input came these files. It is believed only while the input is the
 * same to the byte *and* the disk still holds just those files, which are read and hashed every time.
 */
export interface Memo<Counts> {
  /** Names everything that can change the output. */
  readonly key: string;
  /** Every generated file and its length in bytes, in code-unit order. */
  readonly files: readonly (readonly [path: string, length: number])[];
  /** Of all their bytes, one after the other: the lengths say where each ends. */
  readonly digest: string;
  /** The key of the digest: nobody who writes files for a project to hold knows it. */
  readonly secret: string;
  readonly counts: Counts;
}

/** The memo of this input, if the disk is still as it says. Unreadable or damaged: none. */
export function recall<Counts>(
  file: string,
  key: string,
  treeWith: (outside: readonly string[]) => Tree,
): Memo<Counts> | undefined {
  try {
    const memo = JSON.parse(readText(file)) as Memo<Counts>;
    if (memo.key !== key) return undefined;
    const outside = foldersOutside(memo.files.map(([path]) => path));
    return isAsRemembered(memo, treeWith(outside)) ? memo : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a clean run. Where that can't be written, the next run is only slower. */
export function remember<Counts>(file: string, key: string, files: readonly GeneratedFile[], counts: Counts): void {
  const sorted = [...files].sort((a, b) => compareText(a.path, b.path));
  const secret = randomBytes(32).toString("hex");
  const digest = digestWith(secret);
  const lengths = sorted.map((file) => {
    const bytes = bytesOf(file);
    digest.add(bytes);
    return [file.path, bytes.length] as const;
  });
  const memo: Memo<Counts> = { key, files: lengths, digest: digest.end(), secret, counts };
  replaceFile(file, JSON.stringify(memo));
}

function isAsRemembered<Counts>({ files, digest, secret }: Memo<Counts>, tree: Tree): boolean {
  const found = digestWith(secret);
  const expected = new Set<string>();
  for (const [path, length] of files) {
    if (tree.pass(path, found.add) !== length) return false;
    expected.add(path);
  }
  if (found.end() !== digest) return false;
  for (const path of tree.entries.keys()) if (!expected.has(path) && tree.marked(path)) return false;
  return true;
}
