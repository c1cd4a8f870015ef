import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Entry } from "../runtime/sinks/entry.js";

/**
 * A spool's folder: `<number>.jsonl`, one entry per line, the smallest number the oldest; `refused.jsonl`, what the backend
 * will never take, for a person to look at; `owner`, whose it is. Folder 0700, files 0600.
 */
export class SpoolFiles {
  readonly #folder: string;

  /** Throws when another live process owns the folder: two would send everything twice. */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const owner = readIfThere(join(folder, "owner"));
    if (owner !== undefined && Number(owner) !== process.pid && isAlive(Number(owner))) {
      throw new Error(`the spool ${folder} is in use by process ${owner}`);
    }
    writeFileSync(join(folder, "owner"), String(process.pid), { mode: 0o600 });
  }

  /** The numbers there are, oldest first. */
  numbers(): number[] {
    return readdirSync(this.#folder)
      .flatMap((name) => /^(\d{1,15})\.jsonl$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** Bytes of everything that waits. */
  size(): number {
    return this.numbers().reduce(
      (sum, number) => sum + (statSync(this.#path(number), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  }

  append(number: number, lines: string): void {
    this.#append(this.#path(number), lines);
  }

  /** What can be read of it: a line cut short by a crash of the machine is left out. */
  read(number: number): { readonly entries: Entry[]; readonly damaged: number } {
    const lines = (readIfThere(this.#path(number)) ?? "").split("\n").filter((line) => line !== "");
    const entries = lines.flatMap((line) => parsed(line) ?? []);
    return { entries, damaged: lines.length - entries.length };
  }

  /** All or nothing: a crash leaves the old text or the new one. */
  replace(number: number, entries: readonly Entry[]): void {
    const aside = `${this.#path(number)}.new`;
    writeFileSync(aside, linesOf(entries), { mode: 0o600 });
    renameSync(aside, this.#path(number));
  }

  remove(number: number): void {
    rmSync(this.#path(number), { force: true });
  }

  /** False: there is no more room for it. */
  putAside(entries: readonly Entry[], room: number): boolean {
    const path = join(this.#folder, "refused.jsonl");
    const lines = linesOf(entries);
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) + Buffer.byteLength(lines) > room) return false;
    this.#append(path, lines);
    return true;
  }

  release(): void {
    rmSync(join(this.#folder, "owner"), { force: true });
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(12, "0")}.jsonl`);
  }

  #append(path: string, lines: string): void {
    const file = openSync(path, "a", 0o600);
    try {
      writeSync(file, lines);
    } finally {
      closeSync(file);
    }
  }
}

export function linesOf(entries: readonly Entry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}

function parsed(line: string): Entry | undefined {
  try {
    const value = JSON.parse(line) as Entry;
    return typeof value.id === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
