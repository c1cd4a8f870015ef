import { isAbsolute, relative, resolve, sep } from "node:path";

/** The folders that a run reads and writes, as absolute paths. */
export interface Places {
  /** The project: the folder that holds the spec folder. `~/TELEMETRY.md` lies here. */
  readonly root: string;
  /** The folder that everything else is relative to: `generated`. */
  readonly out: string;
  /** From where people see it: paths in messages are relative to it. */
  readonly cwd: string;
}

/** The only file that is made outside the output folder, where people look for it. */
export const rootPage = "~/TELEMETRY.md";

/** The folders outside of the output folder that these files lie in, of each the topmost: a client's package in the product's own. */
export function foldersOutside(paths: readonly string[]): readonly string[] {
  const outside = paths.filter((path) => path.startsWith("~/") && path !== rootPage);
  const folders = [...new Set(outside.map((path) => path.slice(0, path.lastIndexOf("/"))))].sort();
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`)));
}

/** Returns whether a file may be made there outside of the output folder: the page, or a file in a folder below the root, nothing hidden. */
export function mayLieOutside(path: string): boolean {
  return path === rootPage || /^~(?:\/[^/.][^/]*){2,}$/.test(path);
}

/** An output path on this disk. `~/x` lies in the project's root, anything else in the output folder. */
export function locate(places: Places, path: string): string {
  return path.startsWith("~/") ? `${places.root}/${path.slice(2)}` : `${places.out}/${path}`;
}

/** An output path as people see it, with forward slashes. */
export function show(places: Places, path: string): string {
  return fromHere(places.cwd, locate(places, path));
}

/** A path relative to where the command was started, with forward slashes. */
export function fromHere(cwd: string, absolute: string): string {
  return relative(cwd, absolute).split(sep).join("/") || ".";
}

/** Returns whether `inner` is `outer` or lies in it. */
export function isWithin(outer: string, inner: string): boolean {
  const way = relative(resolve(outer), resolve(inner));
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/**
 * Returns whether a target may write here: relative, forward slashes, no way up, no device names or characters that a file
 * system somewhere refuses. Names from a spec end up in paths, so this is a lock and not a courtesy.
 */
export function isSafePath(path: string): boolean {
  const segments = path.replace(/^~\//, "").split("/");
  return (
    path.length <= 500 &&
    segments.every(
      (segment) =>
        /^(?!\.\.?$)[\w.@+-][\w.@+ -]*$/.test(segment) && !/[. ]$/.test(segment) && !deviceName.test(segment),
    )
  );
}

const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
