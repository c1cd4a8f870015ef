import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";

/**
 * Each process has a folder of its own in the spool, `<machine>.<uuid>`, so that any number of them (containers too) share one
 * data folder. It is alive while its owner listens on the socket in it: the kernel ends that with the process, however the
 * process ends, and everyone on the same kernel sees it, whatever namespaces they are in. What a dead one left is moved, file by
 * file, into the folder of whoever finds it: a rename has one winner.
 *
 * A folder of another kernel (this machine before it was started anew, or another machine on a network file system) can't be
 * asked so. It is dead when its sign of life, the time of its last change, has stood still for long enough.
 */
export class SpoolFolder {
  /** Where the entries of this process lie. */
  readonly path: string;
  readonly #spool: string;
  readonly #name: string;
  readonly #socket: Socket;
  readonly #beating: NodeJS.Timeout;
  readonly #seen = new Map<string, { readonly sign: number; readonly since: number }>();
  readonly #patience: number;

  private constructor(spool: string, name: string, socket: Socket, beat: number) {
    this.#spool = spool;
    this.#name = name;
    this.path = join(spool, name);
    this.#socket = socket;
    this.#patience = beat * 8;
    this.#beating = setInterval(() => this.#beat(), beat);
    this.#beating.unref();
  }

  /** A new folder, whose owner can be seen to live before anybody can find it. `beat`: ms between two signs of life. */
  static async open(spool: string, beat = 15_000): Promise<SpoolFolder> {
    mkdirSync(spool, { recursive: true, mode: 0o700 });
    const id = randomUUID();
    const making = join(spool, `.${id}`);
    mkdirSync(making, { mode: 0o700 });
    const socket = await listen(making, id);
    // Where no socket can be made, the sign of life is all there is.
    const name = `${socket.server === undefined ? "beat" : machine()}.${id}`;
    renameSync(making, join(spool, name));
    return new SpoolFolder(spool, name, socket, beat);
  }

  /** Moves what dead processes left, and what a person put into the spool. `place` says where the next file goes to. */
  async adopt(place: () => string): Promise<void> {
    move(this.#spool, place);
    for (const name of readdirSync(this.#spool).sort()) {
      if (!/^[\w-]+\.[0-9a-f-]{36}$/.test(name) || name === this.#name || (await this.#isAlive(name))) continue;
      const left = join(this.#spool, name);
      move(left, place);
      discard(left);
    }
  }

  /** Lets go of the folder: what is left in it is the next one's. */
  close(): void {
    clearInterval(this.#beating);
    this.#socket.close();
    if (filesIn(this.path).length === 0) discard(this.path);
  }

  async #isAlive(name: string): Promise<boolean> {
    const folder = join(this.#spool, name);
    if (name.startsWith(`${machine()}.`)) return answers(folder, name.slice(-36));
    const sign = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    const known = this.#seen.get(name);
    if (sign === undefined) return true;
    // By one clock, ours: what stands on the file system may come from another.
    if (known?.sign !== sign) this.#seen.set(name, { sign, since: performance.now() });
    return known?.sign !== sign || performance.now() - known.since < this.#patience;
  }

  #beat(): void {
    const now = new Date();
    ifThere(() => utimesSync(this.path, now, now));
  }
}

/** Complete files of entries, by their number. */
function filesIn(folder: string): string[] {
  return (ifThere(() => readdirSync(folder)) ?? []).filter((name) => /^\d{1,15}\.jsonl$/.test(name)).sort();
}

function move(from: string, place: () => string): void {
  for (const file of filesIn(from)) ifThere(() => renameSync(join(from, file), place()));
}

/** Of the socket and of what was never finished, nothing is needed; a file that came in the meantime stays. */
function discard(folder: string): void {
  for (const name of ifThere(() => readdirSync(folder)) ?? [])
    if (name === "alive" || name.endsWith(".new")) rmSync(join(folder, name), { force: true });
  ifThere(() => rmdirSync(folder));
}

/** Somebody else was quicker, or the folder isn't empty: both are as good. */
function ifThere<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

let known: string | undefined;

/** The same for all who share a kernel, containers included, and another after it was started anew. */
function machine(): string {
  known ??= (ifThere(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()) ?? hostname()).replace(
    /[^\w-]/g,
    "-",
  );
  return known;
}

interface Socket {
  readonly server: Server | undefined;
  close(): void;
}

async function listen(folder: string, id: string): Promise<Socket> {
  const { path, release } = socketPath(folder, id);
  // Who connects has his answer: it is there.
  const server = createServer((visitor) => visitor.destroy());
  server.unref();
  const listens = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false)).listen(path, () => resolve(true));
  });
  server.on("error", () => {});
  if (!listens) release();
  return {
    server: listens ? server : undefined,
    close() {
      if (!listens) return;
      server.close(release);
    },
  };
}

/** Whether somebody listens in the folder. What can't be asked is alive: it is left alone. */
function answers(folder: string, id: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { path, release } = socketPath(folder, id);
    const visit = connect(path);
    const end = (alive: boolean) => {
      visit.destroy();
      release();
      resolve(alive);
    };
    visit.once("connect", () => end(true));
    visit.once("error", ({ code }: NodeJS.ErrnoException) => end(code !== "ECONNREFUSED" && code !== "ENOENT"));
  });
}

/** A socket's path may hold about a hundred bytes; behind a descriptor of its folder, any folder has a short one. */
function socketPath(folder: string, id: string): { readonly path: string; readonly release: () => void } {
  if (process.platform === "win32") return { path: `\\\\.\\pipe\\plainsight-${id}`, release: () => {} };
  const path = join(folder, "alive");
  if (Buffer.byteLength(path) <= 100 || !existsSync("/proc/self/fd")) return { path, release: () => {} };
  const descriptor = ifThere(() => openSync(folder, "r"));
  if (descriptor === undefined) return { path, release: () => {} };
  return { path: `/proc/self/fd/${descriptor}/alive`, release: () => closeSync(descriptor) };
}
