import type { Entry } from "../runtime/sinks/entry.js";
import { sendAll } from "../runtime/sinks/send-all.js";
import type { Count, Sink } from "../runtime/sinks/sink.js";
import { linesOf, SpoolFiles } from "./spool-files.js";

export interface SpoolOptions {
  readonly folder: string;
  /** Bytes that may wait; what comes on top is dropped and counted. */
  readonly most: number;
  /** Milliseconds before the backend is tried again: the first time, and at most. */
  readonly backoff: { readonly first: number; readonly most: number };
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
  readonly #files: SpoolFiles;
  #size: number;
  #current: { number: number; size: number };
  #running: Promise<void> | undefined;
  #closing = false;
  #full = false;
  #interrupt: () => void = () => {};

  constructor(options: SpoolOptions, sink: Sink, count: Count) {
    this.#options = options;
    this.#sink = sink;
    this.#count = count;
    this.#files = new SpoolFiles(options.folder);
    this.#size = this.#files.size();
    this.#current = { number: (this.#files.numbers().at(-1) ?? 0) + 1, size: 0 };
    this.#wake();
  }

  /** Bytes that wait. */
  get size(): number {
    return this.#size;
  }

  /** Whether anything was turned away since something last left. */
  get full(): boolean {
    return this.#full;
  }

  /** When this returns, the entries are in a file: written, not yet synced, so only a crash of the machine itself loses them. */
  add(entries: readonly Entry[]): void {
    const lines = linesOf(entries);
    const bytes = Buffer.byteLength(lines);
    this.#full = this.#size + bytes > this.#options.most;
    if (this.#full) {
      this.#count("spool_full", entries.length);
      return;
    }
    if (this.#current.size > 0 && this.#current.size + bytes > fileSize) this.#next();
    this.#files.append(this.#current.number, lines);
    this.#current.size += bytes;
    this.#size += bytes;
    this.#wake();
  }

  /** Tries once more to send what waits, then lets go of the folder. What is left is sent after the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#interrupt();
    await this.#running;
    await this.#drain();
    this.#files.release();
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
      const { entries, damaged } = this.#files.read(number);
      if (damaged > 0) this.#count("damaged", damaged);
      const { retry, refused } = await sendAll(this.#sink, entries, this.#count);
      if (refused.length > 0 && !this.#files.putAside(refused, this.#options.most)) this.#count("lost", refused.length);
      if (retry.length === 0) this.#files.remove(number);
      else if (retry.length < entries.length) this.#files.replace(number, retry);
      this.#size = this.#files.size();
      if (retry.length === 0) this.#full = false;
      if (retry.length > 0) return false;
    }
    return true;
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
