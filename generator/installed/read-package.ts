import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
// Without its threads: this only unpacks what is in memory.
import { unzipSync } from "fflate/browser";
import { parseTar } from "nanotar";

/** The text files of a package, by path with forward slashes. */
export type PackageFiles = ReadonlyMap<string, string>;

/** A package of source code is never larger. */
const largest = 256 << 20;
const largestFile = 8 << 20;
const readable = /\.([cm]?[jt]s|py|go|rs|json|typed)$/;

/**
 * Reads what would be installed: a folder, an npm package or Python source distribution (.tgz, .tar.gz), a wheel or a Go module (.whl, .zip).
 * @throws Error in plain words where it is none of these.
 */
export function readPackage(path: string): PackageFiles {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new Error("There is no such file or folder.");
  if (stat.isDirectory()) return new Map(filesIn(path, ""));
  if (!stat.isFile()) throw new Error("It is neither a file nor a folder.");
  if (stat.size > largest) throw new Error("It is larger than 256 MiB, so it was not read.");
  const bytes = readFileSync(path);
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return inTar(gunzipSync(bytes, { maxOutputLength: largest }));
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return inZip(bytes);
  } catch {
    throw new Error("It is damaged, or unpacks to more than 256 MiB.");
  }
  throw new Error("It is neither a folder, a .tgz nor a .whl or .zip.");
}

function filesIn(folder: string, prefix: string): [string, string][] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const path = prefix + entry.name;
    // What a package depends on is not what it contains.
    if (entry.isDirectory()) return /^(node_modules|\.git)$/.test(entry.name) ? [] : filesIn(folder, `${path}/`);
    if (!entry.isFile() || !readable.test(path) || statSync(join(folder, path)).size > largestFile) return [];
    return [[path, readFileSync(join(folder, path), "utf8")]];
  });
}

function inTar(bytes: Uint8Array): PackageFiles {
  return new Map(
    parseTar(bytes, {
      filter: ({ name, type, size }) => type === "file" && readable.test(name) && size <= largestFile,
    }).map(({ name, text }) => [name.replace(/^\.\//, ""), text]),
  );
}

function inZip(bytes: Uint8Array): PackageFiles {
  let sum = 0;
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!readable.test(name) || originalSize > largestFile) return false;
      sum += originalSize;
      if (sum > largest) throw new Error("too large");
      return true;
    },
  });
  return new Map(Object.entries(files).map(([name, data]) => [name, new TextDecoder().decode(data)]));
}
