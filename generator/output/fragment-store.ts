import { createHash, randomBytes } from "node:crypto";
import type { Fragments } from "../model/fragments.js";
import { readBytes } from "../read-file.js";
import { digestWith } from "./digest.js";
import { addTo, replaceFile } from "./replace-file.js";

/** The texts made of each event in the last run, so that after an edit only what it touches is made anew. */
export interface FragmentStore {
  /** The fragments of what is named by everything that can change them. */
  readonly fragmentsOf: (key: string) => Fragments;
  /** Keeps for the next run what this one asked for, and nothing else. */
  readonly save: () => void;
}

type Records = Map<string, Map<string, Buffer>>;
type Index = readonly (readonly [key: string, fragments: readonly (readonly [name: string, length: number])[]])[];

/**
 * The file is a row of segments, each with a digest of its own: an edit adds a small one, and once most of the file is no longer
 * asked for it is written anew.
 * @param file where the fragments lie: damaged, of another form or not there, it holds none.
 */
export function openFragments(file: string): FragmentStore {
  const { records: known, isWhole } = read(file);
  const asked: Records = new Map();
  const made: Records = new Map();
  return {
    fragmentsOf: (key) => {
      const before = known.get(key);
      return {
        has: (name) => asked.get(key)?.has(name) === true || before?.has(name) === true,
        of: (name, make) => {
          const kept = asked.get(key)?.get(name) ?? before?.get(name);
          const bytes = kept ?? Buffer.from(make());
          put(asked, key, name, bytes);
          if (kept === undefined) put(made, key, name, bytes);
          return bytes.toString();
        },
      };
    },
    save: () => {
      if (made.size === 0) return;
      if (isWhole && sizeOf(known) <= 2 * sizeOf(asked)) addTo(file, segment(made));
      else replaceFile(file, segment(asked));
    },
  };
}

/** Names what something is made of. Each goes in with its length, so that no two run into one another. */
export function cacheKey(inputs: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const input of inputs) {
    const bytes = typeof input === "string" ? Buffer.from(input) : input;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest("hex");
}

function put(records: Records, key: string, name: string, bytes: Buffer): void {
  const fragments = records.get(key) ?? new Map<string, Buffer>();
  records.set(key, fragments.set(name, bytes));
}

function sizeOf(records: Records): number {
  let size = 0;
  for (const fragments of records.values()) for (const bytes of fragments.values()) size += bytes.length;
  return size;
}

/** A line with secret, digest and length of what follows, a line with the index, and the texts. */
function segment(records: Records): Buffer {
  const index: Index = [...records].map(([key, fragments]) => [
    key,
    [...fragments].map(([name, bytes]) => [name, bytes.length]),
  ]);
  const texts = [...records.values()].flatMap((fragments) => [...fragments.values()]);
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...texts]);
  const secret = randomBytes(32).toString("hex");
  const digest = digestWith(secret);
  digest.add(body);
  return Buffer.concat([Buffer.from(`${secret} ${digest.end()} ${body.length}\n`), body]);
}

/** All segments up to the first that is damaged. */
function read(file: string): { readonly records: Records; readonly isWhole: boolean } {
  const records: Records = new Map();
  try {
    const all = readBytes(file);
    for (let at = 0; at < all.length; ) {
      const start = all.indexOf("\n", at) + 1;
      const [secret = "", expected, length] = all.toString("latin1", at, start - 1).split(" ");
      at = start + Number(length);
      const body = all.subarray(start, at);
      const digest = digestWith(secret);
      digest.add(body);
      if (digest.end() !== expected || body.length !== Number(length)) return { records, isWhole: false };
      readSegment(body, records);
    }
    return { records, isWhole: records.size > 0 };
  } catch {
    return { records, isWhole: false };
  }
}

function readSegment(body: Buffer, records: Records): void {
  let at = body.indexOf("\n") + 1;
  for (const [key, fragments] of JSON.parse(body.toString("utf8", 0, at)) as Index) {
    for (const [name, length] of fragments) {
      put(records, key, name, body.subarray(at, at + length));
      at += length;
    }
  }
}
