import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import { type Places, show } from "./places.js";
import type { Tree } from "./read-tree.js";

/** Files that a platform, a bundler or a person would take for generated code. */
const code = /\.([cm]?[jt]sx?|jsonc?|toml|ya?ml|sql|py|go|rs|html)$/;

/** The user's own: a sink, and what tools leave behind. */
const allowed = /(^|\/)(own-sink\.js|node_modules\/.*|\.[^/]+(\/.*)?|package-lock\.json)$/;

/**
 * Files without our marker among generated ones: `wrangler.json` is read before `wrangler.jsonc`, and a module beside ours is imported
 * by whoever mistakes it. They are never removed, but what is deployed then isn't what the contract says.
 */
export function foreignFiles(generated: readonly string[], tree: Tree, places: Places): readonly Diagnostic[] {
  const ours = new Set(generated);
  const folders = new Set(generated.filter((path) => path.includes("/")).map(folderOf));
  return [...tree.entries].flatMap(([path, kind]) =>
    kind === "file" &&
    !ours.has(path) &&
    folders.has(folderOf(path)) &&
    code.test(path) &&
    !allowed.test(path) &&
    !tree.marked(path)
      ? [runFinding("output-foreign", show(places, path))]
      : [],
  );
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
