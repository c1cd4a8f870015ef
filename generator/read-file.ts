import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** Far above any contract, memo or generated file: a larger file can't be ours. */
const largest = 256 << 20;

/**
 * Opens a file to read it, and hands it to `use`. Whatever is not a regular file is refused without waiting: to open a FIFO the usual way
 * waits for a writer and can't be interrupted, and `/dev/zero` never ends. Throws as `node:fs` does; the codes of its own are `ENOTREG` and `EFBIG`.
 * @param options.link whether the path may be a link itself.
 */
export function withRegularFile<T>(path: string, use: (handle: number, size: number) => T, { link = true } = {}): T {
  // Windows has none of these.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants as Partial<typeof constants> & { O_RDONLY: number };
  const handle = openSync(path, O_RDONLY | O_NONBLOCK | (link ? 0 : O_NOFOLLOW));
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) throw refused("EISDIR", "is a folder", path);
    if (!stat.isFile()) throw refused("ENOTREG", "is not a regular file", path);
    if (stat.size > largest) throw refused("EFBIG", "is too large", path);
    return use(handle, stat.size);
  } finally {
    closeSync(handle);
  }
}

/** A regular file's bytes. */
export function readBytes(path: string): Buffer {
  return withRegularFile(path, (handle) => readFileSync(handle));
}

/** A regular file's text. */
export function readText(path: string): string {
  return readBytes(path).toString("utf8");
}

/** Another tool's file as text, or why it can't be read, in words: behind "plan.json can't be read: ". */
export function readForeign(path: string): { readonly text: string } | { readonly problem: string } {
  let bytes: Buffer;
  try {
    bytes = readBytes(path);
  } catch (error) {
    return { problem: whyUnreadable(error) };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { problem: "it is not UTF-8 text; save it as UTF-8" };
  }
}

/** Returns why a file can't be read, in words: behind "spec/events.yaml can't be read: ". */
export function whyUnreadable(error: unknown): string {
  const { code = "unknown" } = error as NodeJS.ErrnoException;
  const words: Readonly<Record<string, string>> = {
    ENOTREG: "it is not a regular file",
    EFBIG: "it is too large",
    EISDIR: "it is a folder",
    ENOENT: "it is not there",
    EACCES: "you may not read it",
    ELOOP: "its links go in a circle",
  };
  return words[code] === undefined ? code : `${words[code]} (${code})`;
}

function refused(code: string, why: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${path} ${why}`), { code, path });
}
