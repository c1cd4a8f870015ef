import type { Entry } from "../runtime/sinks/entry.js";
import { sendAll } from "../runtime/sinks/send-all.js";
import type { Count, Sink, Who } from "../runtime/sinks/sink.js";
import { Forgotten } from "./forgotten.js";
import { leaveOutRefused, linesOf, putAside, SpoolFiles } from "./spool-files.js";
import { SpoolFolder } from "./spool-folder.js";

export interface SpoolOptions {
  /** Shared by all processes that have the same data folder. */
  readonly folder: string;
  /** Bytes that may wait in this process's part; what comes on top is turned away. */
  readonly most: number;
  /** Milliseconds before the backend is tried again: the first time, and at most. */
  readonly backoff: { readonly first: number; readonly most: number };
  /** Milliseconds between two looks at what others have left. */
  readonly beat?: number;
}

/** A file is closed when it has grown to this: the piece in which entries are sent, and sent again. */
const fileSize = 256 * 1024;

/**
 * Every accepted entry passes through a file before it is sent: what is here survives this process, even `kill -9`, and is
 * sent in the order in which it came. Sent twice only if the process dies between the backend's answer and ours.
 */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #sink: Sink;
  readonly #count: Count;
  readonly #folder: SpoolFolder;
  readonly #files: SpoolFiles;
  /** What is still open of a file, where the disk could not be told. */
  readonly #open = new Map<number, readonly Entry[]>();
  readonly #looking: NodeJS.Timeout;
  readonly #forgotten = new Forgotten();
  #sending: Promise<unknown> | undefined;
  #size = 0;
  #current = { number: 1, size: 0 };
  #running: Promise<void> | undefined;
  #adopting: Promise<void> | undefined;
  #closing = false;
  #full = false;
  #failed = false;
  #interrupt: () => void = () => {};

  /** With what earlier processes left in the folder, and those that end while this one runs. */
  static async open(options: SpoolOptions, sink: Sink, count: Count): Promise<Spool> {
    const spool = new Spool(options, sink, count, await SpoolFolder.open(options.folder, options.beat));
    await spool.#adopt();
    return spool;
  }

  private constructor(options: SpoolOptions, sink: Sink, count: Count, folder: SpoolFolder) {
    this.#options = options;
    this.#sink = sink;
    this.#count = count;
    this.#folder = folder;
    this.#files = new SpoolFiles(folder.path);
    this.#looking = setInterval(() => void this.#adopt(), options.beat ?? 15_000);
    this.#looking.unref();
  }

  /** Bytes that wait. */
  get size(): number {
    return this.#size;
  }

  /** Why nothing more can be kept, in words; undefined: all is well. */
  trouble(): string | undefined {
    if (this.#full) return "the spool is full";
    // The disk may have room again, and nothing have come since.
    this.#failed = this.#failed && !this.#files.hasRoom();
    return this.#failed ? "the disk takes nothing more" : undefined;
  }

  /**
   * Whether the entries are kept. If so they are in a file when this returns: written, not yet synced, so only a crash of the
   * machine itself loses them. If not, nothing of them is.
   */
  add(entries: readonly Entry[]): boolean {
    const lines = linesOf(entries);
    const bytes = Buffer.byteLength(lines);
    this.#full = this.#size + bytes > this.#options.most;
    if (this.#full) return this.#turnedAway("spool_full", entries);
    if (this.#current.size > 0 && this.#current.size + bytes > fileSize) this.#next();
    this.#failed = !this.#write(lines);
    if (this.#failed) return this.#turnedAway("spool_failed", entries);
    this.#current.size += bytes;
    this.#size += bytes;
    this.#wake();
    return true;
  }

  /**
   * Deletes all of one identifier: what waits here, what was refused, and what is stored. False: the backend can't, or not now. What
   * is being sent at this moment is waited for, since it would be stored afterwards.
   */
  forget(who: Who): Promise<boolean> {
    return this.#forgotten.during(who, async () => {
      try {
        for (const number of this.#files.numbers()) this.#leaveOut(number);
        leaveOutRefused(this.#options.folder, this.#forgotten.has);
        await this.#sending;
        return (await this.#sink.forget?.(who))?.kind === "stored";
      } catch {
        this.#count("spool_failed", 1);
        return false;
      }
    });
  }

  /** Tries once more to send what waits, then lets go of the folder. What is left is sent after the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#looking);
    this.#interrupt();
    await this.#adopting;
    await this.#running;
    await this.#drain();
    this.#folder.close();
  }

  #turnedAway(reason: string, entries: readonly Entry[]): false {
    this.#count(reason, entries.length);
    return false;
  }

  #write(lines: string): boolean {
    try {
      this.#files.append(this.#current.number, lines, this.#current.size);
      return true;
    } catch {
      // Nothing is written behind it.
      this.#next();
      return false;
    }
  }

  /** Takes over what others left, behind what is here. */
  #adopt(): Promise<void> {
    this.#adopting ??= this.#folder
      .adopt(() => {
        if (this.#current.size > 0) this.#next();
        const { number } = this.#current;
        this.#next();
        return this.#files.path(number);
      })
      .catch(() => this.#count("spool_failed", 1))
      .finally(() => {
        this.#adopting = undefined;
        this.#size = this.#files.size();
        this.#wake();
      });
    return this.#adopting;
  }

  #wake(): void {
    if (this.#size === 0 || this.#closing) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      this.#wake();
    });
  }

  async #run(): Promise<void> {
    const { first, most } = this.#options.backoff;
    // What arrives in the same moment goes together.
    for (let delay = 0; this.#size > 0 && !this.#closing; ) {
      await this.#pause(delay);
      if (this.#closing) return;
      delay = (await this.#drain()) ? 0 : Math.min(most, Math.max(first, delay * 2));
    }
  }

  /** Whether the backend took everything. A disk that fails is a backend that is down. */
  async #drain(): Promise<boolean> {
    try {
      return await this.#sendFiles();
    } catch {
      this.#count("spool_failed", 1);
      return false;
    }
  }

  async #sendFiles(): Promise<boolean> {
    for (const number of this.#files.numbers()) {
      if (number === this.#current.number) this.#next();
      const { entries, damaged, stale } = this.#unsent(number);
      if (damaged > 0) this.#count("damaged", damaged);
      const sending = sendAll(this.#sink, entries, this.#count);
      this.#sending = sending.catch(() => {});
      const rest = await sending;
      const retry = this.#forgotten.without(rest.retry);
      const refused = this.#forgotten.without(rest.refused);
      // What is settled is settled, also where the disk can't be told.
      this.#open.set(number, retry);
      this.#putAside(refused);
      if (retry.length === 0) this.#files.remove(number);
      else if (stale || retry.length < entries.length) this.#files.replace(number, retry);
      this.#open.delete(number);
      this.#size = this.#files.size();
      if (retry.length === 0) this.#full = false;
      if (retry.length > 0) return false;
    }
    return true;
  }

  #leaveOut(number: number): void {
    if (number === this.#current.number) this.#next();
    const { entries } = this.#unsent(number);
    const left = this.#forgotten.without(entries);
    if (left.length === entries.length) return;
    this.#files.replace(number, left);
    if (this.#open.has(number)) this.#open.set(number, left);
    this.#size = this.#files.size();
  }

  /** `stale`: the file says more than that. */
  #unsent(number: number): { readonly entries: readonly Entry[]; readonly damaged: number; readonly stale: boolean } {
    const open = this.#open.get(number);
    if (open !== undefined) return { entries: open, damaged: 0, stale: true };
    const { entries, damaged } = this.#files.read(number);
    return { entries, damaged, stale: damaged > 0 };
  }

  #putAside(refused: readonly Entry[]): void {
    if (refused.length === 0) return;
    try {
      if (putAside(this.#options.folder, refused, this.#options.most)) return;
    } catch {
      this.#count("spool_failed", 1);
    }
    this.#count("lost", refused.length);
  }

  #next(): void {
    this.#current = { number: this.#current.number + 1, size: 0 };
  }

  /** Until the time is over, or `close` is called. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
