import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { plainAddress, readTrace, STRACE_OPTIONS } from "./system-calls.js";

/** A place on the network that a program, or a child of it, opened a connection to. */
export interface Connection {
  /** The name that was asked for, or the address where none was. */
  readonly host: string;
  readonly port: number;
  /** The number of times that it was opened. */
  readonly times: number;
  /** Programs that opened it, and the npm packages in them, as far as they are known. */
  readonly by: readonly string[];
}

export interface Observed {
  /** The exit code of the program; undefined: it could not be started. */
  readonly exitCode: number | undefined;
  readonly connections: readonly Connection[];
  /** Names that were looked up without a connection to them. */
  readonly lookups: readonly string[];
  /** `all`: every process, by the operating system's own account. `node`: only processes of Node. */
  readonly saw: "all" | "node";
}

export interface ObserveOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The script that Node is told to load first. */
  readonly preload: string;
  /** Do without `strace`, also where there is one. */
  readonly nodeOnly: boolean;
}

interface Noted {
  readonly pid: number;
  readonly program?: string;
  readonly host: string;
  readonly port: number;
  readonly package?: string;
  readonly address?: string;
}

/** Returns whether `strace` is here and may trace. */
export function canTrace(): boolean {
  return process.platform === "linux" && spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;
}

/** Runs a program to its end, with our own standard streams, and tells which connections it and its children opened. */
export async function observe(command: readonly string[], options: ObserveOptions): Promise<Observed> {
  if (!canStart(command[0] ?? "", options)) return { exitCode: undefined, connections: [], lookups: [], saw: "node" };
  const folder = mkdtempSync(join(tmpdir(), "plainsight-observe-"));
  const [notes, trace] = [join(folder, "notes.jsonl"), join(folder, "trace")];
  const saw = !options.nodeOnly && canTrace() ? "all" : "node";
  try {
    const words = saw === "all" ? ["strace", ...STRACE_OPTIONS, "-o", trace, "--", ...command] : command;
    const exitCode = await run(words, {
      cwd: options.cwd,
      env: {
        ...options.env,
        PLAINSIGHT_OBSERVE: notes,
        NODE_OPTIONS: `${options.env["NODE_OPTIONS"] ?? ""} --require ${JSON.stringify(options.preload)}`.trim(),
      },
    });
    return { exitCode, saw, ...joined(readNotes(notes), existsSync(trace) ? readFileSync(trace, "utf8") : "") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asked first: what could not be started must not look like a program that opened nothing. */
function canStart(program: string, { cwd, env }: ObserveOptions): boolean {
  if (process.platform === "win32") return true;
  const folders = program.includes("/") ? [cwd] : (env["PATH"] ?? "").split(delimiter);
  return folders.some((folder) => statSync(resolve(folder, program), { throwIfNoEntry: false })?.isFile() === true);
}

function run(
  [program = "", ...args]: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<number | undefined> {
  const child = spawn(program, args, { cwd, env, stdio: "inherit" });
  // Ctrl-C reaches the program as well; we stay to report what it did.
  const stay = () => undefined;
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", stay);
  for (const signal of signals.slice(1)) process.on(signal, pass);
  return new Promise<number | undefined>((resolve) => {
    child.on("error", () => resolve(undefined));
    child.on("close", (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? "SIGKILL"] ?? 0)));
  }).finally(() => {
    process.off("SIGINT", stay);
    for (const signal of signals.slice(1)) process.off(signal, pass);
  });
}

function readNotes(file: string): readonly Noted[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Noted];
      } catch {
        return [];
      }
    });
}

/** Joins the notes: Node's know names and packages, the system's are complete. */
function joined(notes: readonly Noted[], trace: string): Pick<Observed, "connections" | "lookups"> {
  const { reached, asked, programs } = readTrace(trace);
  const names = new Map<string, string>();
  for (const [name, addresses] of asked) for (const address of addresses) names.set(address, name);
  const nameOf = (address: string, port: number): string =>
    notes.find((one) => one.port === port && plainAddress(one.address ?? "") === address)?.host ??
    names.get(address) ??
    address;

  const byHost = new Map<string, { host: string; port: number; times: number; by: Set<string> }>();
  const add = (host: string, port: number, by: string | undefined, times: number) => {
    const name = host.toLowerCase();
    const entry = byHost.get(`${name} ${port}`) ?? { host: name, port, times: 0, by: new Set<string>() };
    entry.times += times;
    if (by !== undefined) entry.by.add(by);
    byHost.set(`${name} ${port}`, entry);
  };
  const traced = trace !== "";
  for (const { pid, address, port } of reached) add(nameOf(address, port), port, programs.get(pid), 1);
  for (const note of notes) {
    if (note.address !== undefined) continue;
    const key = `${note.host.toLowerCase()} ${note.port}`;
    const by = [note.program, note.package && `package ${note.package}`].filter((one) => one !== undefined).join(", ");
    // Wherever Node says the name and the system an address, that is one connection.
    const same = traced && byHost.has(key);
    if (same && note.package === undefined) continue;
    if (traced && !same) continue;
    add(note.host, note.port, by, same ? 0 : 1);
  }
  const connections = [...byHost.values()]
    .map(({ by, ...rest }) => ({ ...rest, by: [...by].sort() }))
    .sort((a, b) => (a.host === b.host ? a.port - b.port : a.host < b.host ? -1 : 1));
  const connected = new Set(connections.map(({ host }) => host));
  return { connections, lookups: [...asked.keys()].filter((name) => !connected.has(name)).sort() };
}
