import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isWithin } from "../output/places.js";
import { readIfThere } from "./init-target.js";

/** The most files that are followed from a program's start; a larger program has a bundler. */
const most = 500;

interface Package {
  readonly private?: unknown;
  readonly files?: unknown;
  readonly main?: unknown;
  readonly module?: unknown;
  readonly bin?: unknown;
  readonly exports?: unknown;
}

/**
 * Returns what to say where a package would be published without the client that its program imports: it would not even start. Undefined: nothing is
 * published, the client is published too, or what is published (a bundle, what a compiler made) doesn't import it.
 * @param root the project's folder. @param out its output folder.
 */
export function unpublishedClient(root: string, out: string): string | undefined {
  const own = packageIn(root);
  if (own === undefined || own.private === true) return undefined;
  const isPublished = publishing(root, own);
  const needed = reachable(root, entriesOf(own)).find((path) => isWithin(out, join(root, path)) && !isPublished(path));
  if (needed === undefined) return undefined;
  const client = relative(root, join(out, "client")).replaceAll("\\", "/");
  const how = Array.isArray(own.files)
    ? `Add "${client}" to "files" in package.json`
    : `Take ${client} out of what .npmignore or .gitignore names`;
  return `The npm package imports ${needed} but leaves it out: the published program won't start. ${how}; "npm pack --dry-run" lists what is published.`;
}

function packageIn(root: string): Package | undefined {
  try {
    const found: unknown = JSON.parse(readIfThere(join(root, "package.json")) ?? "");
    return typeof found === "object" && found !== null ? (found as Package) : undefined;
  } catch {
    return undefined;
  }
}

/** Files that a program starts with, whatever form they are named in. */
function entriesOf({ main, module, bin, exports: exported }: Package): readonly string[] {
  const texts = (value: unknown): readonly string[] => {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
  };
  const named = [main, module, bin, exported].flatMap(texts).map(plain);
  return named.length === 0 ? ["index.js"] : named;
}

/** The files that are there, and whatever they import of the project's own, by path. */
function reachable(root: string, entries: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const todo = [...entries];
  for (let path = todo.pop(); path !== undefined && seen.size < most; path = todo.pop()) {
    if (seen.has(path) || path.startsWith("../") || !/\.[cm]?js$/.test(path) || !existsSync(join(root, path))) continue;
    seen.add(path);
    const text = readIfThere(join(root, path)) ?? "";
    for (const [, from = ""] of text.matchAll(/(?:from|import|require\(|import\()\s*["'](\.{1,2}\/[^"']+)["']/g))
      todo.push(plain(join(dirname(path), from)));
  }
  return [...seen];
}

/** Returns whether npm would publish a file: what `files` lists, else what no ignore file names. */
function publishing(root: string, { files }: Package): (path: string) => boolean {
  if (Array.isArray(files)) {
    const patterns = files.filter((file): file is string => typeof file === "string");
    return (path) => lastWord(path, patterns, true);
  }
  const ignored = readIfThere(join(root, ".npmignore")) ?? readIfThere(join(root, ".gitignore")) ?? "";
  const patterns = ignored.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return (path) => !lastWord(path, patterns, false);
}

/** The last pattern that matches a path, or a folder that it lies in, decides. In `files` a name without a slash stands at the top. */
export function lastWord(path: string, patterns: readonly string[], anchored: boolean): boolean {
  let listed = false;
  for (const pattern of patterns) {
    const takesBack = pattern.startsWith("!");
    const body = plain(takesBack ? pattern.slice(1) : pattern).replace(/\/(?:\*\*?)?$/, "");
    const atTop = anchored || body.includes("/") || /^!?\//.test(pattern);
    const source = body
      .split(/(\*\*\/?|\*|\?)/)
      .map(
        (part) =>
          ({ "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" })[part] ??
          part.replace(/[\\^$.|+()[\]{}]/g, "\\$&"),
      )
      .join("");
    if (new RegExp(`^${atTop ? "" : "(?:.*/)?"}${source}(?:/.*)?$`).test(path)) listed = !takesBack;
  }
  return listed;
}

function plain(path: string): string {
  return path.replaceAll("\\", "/").replace(/^(?:\.?\/)+/, "");
}
