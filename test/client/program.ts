import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { temporaryFolder } from "../support/temp-folder.js";

const root = join(import.meta.dirname, "../..");

const folders: string[] = [];
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own that goes with the test file. */
export function temporary(): string {
  const folder = temporaryFolder("client");
  folders.push(folder);
  return folder;
}

/** A program in one file, as a product would ship it: bundled, in a package that states a version. */
export async function program(source: string, define: Record<string, string> = {}): Promise<string> {
  const folder = temporary();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "sample", version: "0.9.12" }));
  const outfile = join(folder, "program.mjs");
  await build({
    stdin: { contents: source, resolveDir: root, loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    define,
    minifySyntax: Object.keys(define).length > 0,
    logLevel: "silent",
  });
  return outfile;
}

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  readonly home: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called with each line of stdout while the program runs. */
  readonly onLine?: (line: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** One run of a program as a process of its own, with nothing in its environment but what is said here. */
export function run(file: string, { home, args = [], env = {}, cwd, onLine }: RunOptions): Promise<Ran> {
  const start = performance.now();
  const child = spawn(process.execPath, [file, ...args], {
    env: { HOME: home, ...env },
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    // One that hears no signal while it computes would outlive its test.
    timeout: 150_000,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
    for (const line of String(chunk).split("\n").filter(Boolean)) onLine?.(line, (signal) => child.kill(signal));
  });
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
  return new Promise((resolve) =>
    child.on("close", (code, signal) =>
      resolve({ code, signal, stdout, stderr, milliseconds: performance.now() - start }),
    ),
  );
}

/** CodeGraph's client in a program whose requests go to `ENDPOINT`, and whose clock stands where `NOW` says. */
export const codegraph = `
  import * as telemetry from "./generated/client/telemetry.js";
  import { send } from "./generated/client/runtime/later/send.js";
  const { ENDPOINT = "http://127.0.0.1:9/", NOW } = process.env;
  telemetry.setup({ host: { send: (request) => send({ ...request, url: ENDPOINT }), ...(NOW ? { now: () => Date.parse(NOW) } : {}) } });
  const install = () => telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" });
`;

export const queueOf = (home: string) => join(home, ".codegraph/telemetry-queue.jsonl");

/** Every line that waits in the queue, whoever holds it; what was sent already doesn't count. */
export function queued(home: string): string[] {
  return files(home)
    .filter((name) => name.startsWith("telemetry-queue.jsonl") && !name.includes(".spent-"))
    .flatMap((name) => readFileSync(join(home, ".codegraph", name), "utf8").split("\n"))
    .filter((line) => line !== "");
}

export function files(home: string): string[] {
  try {
    return readdirSync(join(home, ".codegraph")).sort();
  } catch {
    return [];
  }
}

export function keepState(home: string, state: object | null | undefined): void {
  if (!state) return;
  mkdirSync(join(home, ".codegraph"), { recursive: true });
  writeFileSync(join(home, ".codegraph/telemetry.json"), JSON.stringify(state));
}

export function stateOf(home: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(home, ".codegraph/telemetry.json"), "utf8")) as Record<string, unknown>;
}
