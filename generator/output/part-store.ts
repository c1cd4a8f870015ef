import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Parts } from "../model/parts.js";
import { digestWith } from "./digest.js";
import { replaceFile } from "./replace-file.js";

/** What was made of each event in the last run, so that after an edit only what it touches is made anew. */
export interface PartStore {
  /** The parts of what is named by everything that can change them. */
  readonly partsOf: (key: string) => Parts;
  /** Keeps for the next run what this one asked for, and nothing else. */
  readonly save: () => void;
}

type Index = readonly (readonly [key: string, parts: readonly (readonly [name: string, length: number])[]])[];

/** @param file where the parts lie: damaged, of another form or not there, it holds none. */
export function openParts(file: string): PartStore {
  const known = read(file);
  const asked = new Map<string, Map<string, Buffer>>();
  let made = 0;
  return {
    partsOf: (key) => {
      const before = known.get(key);
      const now = asked.get(key) ?? new Map<string, Buffer>();
      asked.set(key, now);
      return {
        has: (name) => now.has(name) || before?.has(name) === true,
        of: (name, make) => {
          const kept = now.get(name) ?? before?.get(name);
          if (kept !== undefined) {
            now.set(name, kept);
            return kept.toString();
          }
          made++;
          const text = make();
          now.set(name, Buffer.from(text));
          return text;
        },
      };
    },
    save: () => {
      const isSame = made === 0 && asked.size === known.size;
      if (!isSame) write(file, asked);
    },
  };
}

/** Names a part's makings. Each goes in with its length, so that no two run into one another. */
export function keyOf(makings: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const making of makings) {
    const bytes = typeof making === "string" ? Buffer.from(making) : making;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest("hex");
}

function write(file: string, records: ReadonlyMap<string, ReadonlyMap<string, Buffer>>): void {
  const index: Index = [...records].map(([key, parts]) => [
    key,
    [...parts].map(([name, bytes]) => [name, bytes.length]),
  ]);
  const texts = [...records.values()].flatMap((parts) => [...parts.values()]);
  const body = [Buffer.from(`${JSON.stringify(index)}\n`), ...texts];
  const secret = randomBytes(32).toString("hex");
  const digest = digestWith(secret);
  for (const bytes of body) digest.add(bytes);
  replaceFile(file, Buffer.concat([Buffer.from(`${secret} ${digest.end()}\n`), ...body]));
}

function read(file: string): ReadonlyMap<string, ReadonlyMap<string, Buffer>> {
  try {
    const all = readFileSync(file);
    const head = all.indexOf("\n");
    const [secret = "", expected] = all.toString("latin1", 0, head).split(" ");
    const digest = digestWith(secret);
    digest.add(all.subarray(head + 1));
    if (digest.end() !== expected) return new Map();
    const start = all.indexOf("\n", head + 1) + 1;
    let at = start;
    const take = (length: number) => {
      at += length;
      return all.subarray(at - length, at);
    };
    const index = JSON.parse(all.toString("utf8", head + 1, start)) as Index;
    return new Map(
      index.map(([key, parts]) => [key, new Map(parts.map(([name, length]) => [name, take(length)]))] as const),
    );
  } catch {
    return new Map();
  }
}
