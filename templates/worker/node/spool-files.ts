import {
  closeSync,
  ftruncateSync,
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

/** One process's part of the spool: `<number>.jsonl`, one entry per line, the smallest number the oldest. Files 0600. */
export class SpoolFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
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
      (sum, number) => sum + (statSync(this.path(number), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  }

  path(number: number): string {
    return join(this.#folder, `${String(number).padStart(12, "0")}.jsonl`);
  }

  /** All of it, or an error: what was written of it before is cut off again. `size`: how much is in the file already. */
  append(number: number, lines: string, size: number): void {
    appendWhole(this.path(number), lines, size);
  }

  /** What can be read of it: a line cut short by a crash of the machine is left out. */
  read(number: number): { readonly entries: Entry[]; readonly damaged: number } {
    const lines = readFileSync(this.path(number), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const entries = lines.flatMap((line) => parsed(line) ?? []);
    return { entries, damaged: lines.length - entries.length };
  }

  /** All or nothing: a crash leaves the old text or the new one. */
  replace(number: number, entries: readonly Entry[]): void {
    const aside = `${this.path(number)}.new`;
    try {
      writeFileSync(aside, linesOf(entries), { mode: 0o600 });
      renameSync(aside, this.path(number));
    } catch (error) {
      rmSync(aside, { force: true });
      throw error;
    }
  }

  remove(number: number): void {
    rmSync(this.path(number), { force: true });
  }

  /** Whether there is room for a page, so that what can't be kept is known before it comes. */
  hasRoom(): boolean {
    const probe = join(this.#folder, "room.new");
    try {
      writeFileSync(probe, Buffer.alloc(4096), { mode: 0o600 });
      return true;
    } catch {
      return false;
    } finally {
      rmSync(probe, { force: true });
    }
  }
}

/** Appends to `refused.jsonl`, what the backend will never take, for a person to look at. False: there is no more room for it. */
export function putAside(spool: string, entries: readonly Entry[], room: number): boolean {
  const path = join(spool, "refused.jsonl");
  const lines = linesOf(entries);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size + Buffer.byteLength(lines) > room) return false;
  appendWhole(path, lines, size);
  return true;
}

/** Takes entries out of `refused.jsonl`; a line that can't be read stays. */
export function leaveOutRefused(spool: string, isOut: (entry: Entry) => boolean): void {
  const path = join(spool, "refused.jsonl");
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return;
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const left = lines.filter((line) => {
    const entry = parsed(line);
    return entry === undefined || !isOut(entry);
  });
  if (left.length === lines.length) return;
  writeFileSync(`${path}.new`, left.map((line) => `${line}\n`).join(""), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** A disk that fills up takes a part of what it is given, and says so only to who asks. */
function appendWhole(path: string, lines: string, size: number): void {
  const bytes = Buffer.from(lines);
  const file = openSync(path, "a", 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  } finally {
    closeSync(file);
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
