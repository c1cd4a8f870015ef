import { compareText, type Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import { isMarked, markerReach } from "./marker.js";
import { isSafePath, mayLieOutside, type Places, show } from "./places.js";
import type { Tree } from "./read-tree.js";

/** One file that is not as the contracts say. */
export type Change =
  | { readonly kind: "missing"; readonly path: string; readonly text: string }
  | { readonly kind: "changed"; readonly path: string; readonly text: string; readonly before: string }
  | { readonly kind: "surplus"; readonly path: string };

/** The changes that make the disk match the contracts. */
export interface WritePlan {
  /** By path. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /**
   * The number of these with other line ends, as Git checks them out on Windows, and are else just what they should be. They
   * stay.
   */
  readonly otherLineEnds: number;
  /** The obstacles; while there is any, nothing is written. */
  readonly blocked: readonly Diagnostic[];
}

export interface GeneratedFile {
  /** Relative to the output folder, or `~/…`. */
  readonly path: string;
  readonly text: string;
}

/** Returns the bytes of a file: compared, hashed and written, and so worked out once. */
export function bytesOf(file: GeneratedFile): Buffer {
  const known = encoded.get(file) ?? Buffer.from(file.text);
  encoded.set(file, known);
  return known;
}

const encoded = new WeakMap<GeneratedFile, Buffer>();

/**
 * Compares what was generated with the disk. With `within`, only in these folders may a file be surplus: the run made
 * only a part of everything.
 */
export function planWrites(
  files: readonly GeneratedFile[],
  tree: Tree,
  places: Places,
  within?: ReadonlySet<string>,
): WritePlan {
  const blocked: Diagnostic[] = [];
  const changes: Change[] = [];
  let otherLineEnds = 0;
  const count = () => {
    otherLineEnds += 1;
  };
  for (const one of differences(files, tree, places, within, count))
    "code" in one ? blocked.push(one) : changes.push(one);
  changes.sort((a, b) => compareText(a.path, b.path));
  const written = changes.filter((change) => change.kind !== "surplus").length;
  return { changes, unchanged: files.length - written - blocked.length, otherLineEnds, blocked: distinct(blocked) };
}

/**
 * One by one, each looked for only when it is asked for: whether there is any is known at the first.
 * @param sameButLineEnds is called for each file that differs only in its line ends, which is no difference.
 */
export function* differences(
  files: readonly GeneratedFile[],
  tree: Tree,
  places: Places,
  within?: ReadonlySet<string>,
  sameButLineEnds: () => void = () => undefined,
): Generator<Change | Diagnostic> {
  yield* clashes(files, places);
  for (const file of files) {
    const { path, text } = file;
    const obstacle = inTheWay(path, tree);
    if (obstacle !== undefined) {
      yield runFinding(obstacle.code, show(places, obstacle.path));
      continue;
    }
    if (tree.holds(path, bytesOf(file))) continue;
    const before = tree.read(path);
    if (before === undefined) yield { kind: "missing", path, text };
    else if (before.includes("\r\n") && before.toString().replaceAll("\r\n", "\n") === text) sameButLineEnds();
    else if (isMarked(before.toString("utf8", 0, markerReach)))
      yield { kind: "changed", path, text, before: before.toString() };
    else yield runFinding("output-unmarked", show(places, path));
  }
  const expected = new Set(files.map((file) => file.path));
  for (const [path, kind] of tree.entries) {
    if (kind !== "file" || expected.has(path) || !mayBeSurplus(path, within)) continue;
    if (tree.marked(path)) yield { kind: "surplus", path };
  }
}

function mayBeSurplus(path: string, within: ReadonlySet<string> | undefined): boolean {
  return within === undefined || within.has(path.slice(0, path.lastIndexOf("/") + 1));
}

/** Links and other people's files are left alone, whether they stand for the file or for a folder above it. */
function inTheWay(
  path: string,
  tree: Tree,
): { code: "output-link" | "output-folder" | "output-file"; path: string } | undefined {
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    const above = path.slice(0, slash);
    const kind = tree.entries.get(above);
    if (kind === "other") return { code: "output-link", path: above };
    if (kind === "file") return { code: "output-file", path: above };
  }
  const kind = tree.entries.get(path);
  if (kind === "other") return { code: "output-link", path };
  if (kind === "folder") return { code: "output-folder", path };
  return undefined;
}

/** Two files of one name, also where the file system takes `Index` and `index` for one; or a name that leads elsewhere. */
function* clashes(files: readonly GeneratedFile[], places: Places): Generator<Diagnostic> {
  const seen = new Set<string>();
  for (const { path } of files) {
    const folded = path.toLowerCase();
    if (seen.has(folded)) yield runFinding("output-clash", show(places, path));
    if (!isSafePath(path) || (path.startsWith("~/") && !mayLieOutside(path)))
      yield runFinding("output-path", JSON.stringify(path));
    seen.add(folded);
  }
}

function distinct(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(findings.map((finding) => [finding.message, finding])).values()];
}
