import { lstatSync, readdirSync, readFileSync, readSync } from "node:fs";
import { withRegularFile } from "../read-file.js";
import { isMarked, markerReach } from "./marker.js";
import { locate, type Places, rootPage } from "./places.js";

/** The content of the output folder, without following a single link. */
export interface Tree {
  readonly entries: ReadonlyMap<string, EntryKind>;
  /** The file's bytes; undefined if it isn't a regular file. */
  readonly read: (path: string) => Buffer | undefined;
  /** The same piece by piece, each only until the next comes; returns how many bytes there were. */
  readonly pass: (path: string, take: (bytes: Buffer) => void) => number | undefined;
  /** Returns whether there is a plain file there of just these bytes. */
  readonly holds: (path: string, bytes: Buffer) => boolean;
  /** Returns whether there is a plain file there that bears our marker. */
  readonly marked: (path: string) => boolean;
}

export type EntryKind = "file" | "folder" | "other";

/**
 * Lists the output folder, the root's page, and folders of ours outside. Nothing there is an empty tree; anything else that fails throws.
 * @param outside `~/src/docglow/telemetry`
 */
export function readTree(places: Places, outside: readonly string[] = []): Tree {
  const entries = new Map<string, EntryKind>();
  walk(places.out, "", entries);
  const page = kindOf(locate(places, rootPage));
  if (page !== undefined) entries.set(rootPage, page);
  for (const folder of outside) listOutside(places, folder, entries);
  const onFiles = <T>(path: string, read: (absolute: string) => T) =>
    entries.get(path) === "file" ? unlessGone(() => read(locate(places, path))) : undefined;
  const memory = Buffer.allocUnsafeSlow(1 << 17);
  const pass: Tree["pass"] = (path, take) => onFiles(path, (absolute) => passThrough(absolute, memory, take));
  return {
    entries,
    read: (path) => onFiles(path, (absolute) => ownFile(absolute, (handle) => readFileSync(handle))),
    pass,
    holds: (path, bytes) => {
      let at = 0;
      let isSame = true;
      const length = pass(path, (piece) => {
        isSame &&= piece.equals(bytes.subarray(at, at + piece.length));
        at += piece.length;
      });
      return isSame && length === bytes.length;
    },
    marked: (path) => onFiles(path, (absolute) => isMarked(readHead(absolute))) ?? false,
  };
}

/** Every run passes all that was generated through little memory: fresh memory would cost more than reading. */
function passThrough(absolute: string, memory: Buffer, take: (bytes: Buffer) => void): number {
  return ownFile(absolute, (handle, size) => {
    let length = 0;
    // To ask once more whether that was all would be every second call.
    for (let more = -1; more !== 0 && (length === 0 || length !== size); length += more) {
      more = readSync(handle, memory, 0, memory.length, null);
      if (more > 0) take(memory.subarray(0, more));
    }
    return length;
  });
}

/** Opens a file of ours. A name that was listed as a file may be a link or a FIFO a moment later. */
function ownFile<T>(absolute: string, use: (handle: number, size: number) => T): T {
  return withRegularFile(absolute, use, { link: false });
}

/** Another run may be at work, and what was listed a moment ago may be gone. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

function walk(folder: string, prefix: string, entries: Map<string, EntryKind>): void {
  for (const entry of unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const path = prefix + entry.name;
    const kind = entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
    entries.set(path, kind);
    if (kind === "folder" && !isForeign(entry.name)) walk(`${folder}/${entry.name}`, `${path}/`, entries);
  }
}

/** Lists the folders that lead to it, too: a link there is somebody else's. */
function listOutside(places: Places, folder: string, entries: Map<string, EntryKind>): void {
  for (let slash = folder.indexOf("/"); slash !== -1; ) {
    slash = folder.indexOf("/", slash + 1);
    const above = slash === -1 ? folder : folder.slice(0, slash);
    const kind = kindOf(locate(places, above));
    if (kind !== undefined) entries.set(above, kind);
    if (kind !== "folder") return;
  }
  walk(locate(places, folder), `${folder}/`, entries);
}

/** Folders that other tools keep, in which we never look for anything of ours. */
function isForeign(name: string): boolean {
  return name === "node_modules" || name.startsWith(".");
}

/** Returns what stands at this absolute path itself; undefined for nothing. */
export function kindOf(absolute: string): EntryKind | undefined {
  const stat = unlessGone(() => lstatSync(absolute));
  return stat === undefined ? undefined : stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
}

/** The beginning of a file, as far as the marker may stand. */
export function readHead(absolute: string): string {
  return ownFile(absolute, (handle) => {
    const buffer = Buffer.alloc(markerReach);
    return buffer.toString("utf8", 0, readSync(handle, buffer, 0, markerReach, 0));
  });
}
