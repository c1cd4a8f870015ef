import { text } from "./literal.js";

/** A path may begin with the user's home folder or the application's own. */
export function placeOf(product: string, path: string): string {
  const below = path.slice(path.indexOf("/") + 1);
  // Another application's folder is next to this one's.
  const [, other, file] = /^\{app_dir\}\/\.\.\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (other !== undefined && file !== undefined) return `inAppFolder(${text(other)}, ${text(file)})`;
  if (path.startsWith("~/")) return `inHome(${text(below)})`;
  return path.startsWith("{app_dir}/") ? `inAppFolder(${text(product)}, ${text(below)})` : `fixedPath(${text(path)})`;
}
