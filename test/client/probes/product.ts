import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Gateway, gateway } from "../gateway.js";
import { keepState, program, type Ran, temporary } from "../program.js";

/**
 * A product with CodeGraph's client in it, used as its page says and in no other way: its address, its transport and its clock
 * are its own (`at:` sets the clock of those tests that are about days). What it does is said by its arguments, one after the other.
 */
const codegraphProduct = () =>
  program(`
    import { telemetryCommand } from "./generated/client/command.js";
    import * as telemetry from "./generated/client/telemetry.js";
    let clock;
    telemetry.setup({ host: { now: () => clock ?? Date.now() } });
    const steps = {
      at: (...time) => { clock = Date.parse(time.join(":")); },
      install: (...targets) => telemetry.install({ targets: targets.length ? targets : ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" }),
      index: (files = 5, seconds = 1, ...languages) => telemetry.index({ languages, fileCount: Number(files), durationSeconds: Number(seconds), sqliteBackend: "wasm" }),
      uninstall: () => telemetry.uninstall({ targets: ["cursor"] }),
      tool: (name, ok, agent, version) => telemetry.count("mcp_tool", name, ok === "ok", agent && { name: agent, version }),
      cli: (name, ok, agent) => telemetry.count("cli_command", name, ok === "ok", agent && { name: agent, version: "1" }),
      many: (times) => { for (let i = 0; i < times; i++) telemetry.count("mcp_tool", "codegraph_explore", true); },
      // Longer than the contract's timeout: a busy machine is not what is tested. Ends of commands wait as long as the page says.
      flush: () => telemetry.flush(20_000),
      every: () => telemetry.flushEvery(),
      start: (command) => telemetry.commandStart(command),
      end: (command) => telemetry.commandEnd(command),
      ask: () => telemetry.ask("installer"),
      telemetry: async (...words) => { process.exitCode = await telemetryCommand(words); },
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      persisted: () => new Promise((resolve) => setTimeout(resolve, 30)),
      exit: (code) => process.exit(Number(code ?? 0)),
      code: (code) => { process.exitCode = Number(code); },
      throw: () => { throw new Error("of the program"); },
    };
    const take = (words) => { const [step, ...rest] = words.split(":"); return steps[step](...rest); };
    for (const words of process.argv.slice(2)) await take(words);
    if (process.connected) {
      process.on("message", async (words) => { await take(words); process.send(words); });
      process.send("ready");
    }`);

let homes: string | undefined;

/** A machine's home, with this for a state file. */
export function home(state?: object): string {
  homes ??= temporary();
  const made = mkdtempSync(join(homes, "home-"));
  keepState(made, state);
  return made;
}

/** Of somebody who was told already: a run prints nothing. */
export const told = { enabled: true, consent_source: "default-notice", first_run_notice_shown: true };

export interface RunOptions {
  /** Undefined: there is no such variable. */
  readonly home: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** The file that its stderr goes to, instead of being read. */
  readonly stderr?: number;
}

const environment = ({ home, env = {} }: RunOptions) => ({ ...(home === undefined ? {} : { HOME: home }), ...env });

export function run(file: string, steps: readonly string[], options: RunOptions): Promise<Omit<Ran, "milliseconds">> {
  const child = spawn(process.execPath, [file, ...steps], {
    env: environment(options),
    stdio: ["ignore", "pipe", options.stderr ?? "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr })));
}

export interface Living {
  /** Has it take a step, and waits until it is done. */
  does(step: string): Promise<void>;
  /** Waits for its end and returns all that it printed. */
  leaves(step?: string): Promise<Omit<Ran, "milliseconds">>;
}

/** A product that stays, as a server does, and does what it is told one after the other. */
export async function living(file: string, options: RunOptions): Promise<Living> {
  const child = spawn(process.execPath, [file], {
    env: environment(options),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk));
  const ended = new Promise<Omit<Ran, "milliseconds">>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  const said = () =>
    Promise.race([
      new Promise<unknown>((resolve) => child.once("message", resolve)),
      ended.then(() => Promise.reject(new Error(`it ended: ${stderr}`))),
    ]);
  await said();
  return {
    async does(step) {
      const done = said();
      child.send(step);
      await done;
    },
    leaves(step = "exit") {
      child.send(step);
      return ended;
    },
  };
}

export interface Batch {
  readonly machine_id: string;
  readonly events: readonly { readonly event: string; readonly ts: string; readonly props: Record<string, unknown> }[];
  readonly [field: string]: unknown;
}

export interface Receiver extends Gateway {
  batches(): readonly Batch[];
  events(): Batch["events"];
}

/** CodeGraph's own receiver, at its real address. */
export async function receiver(): Promise<Receiver> {
  const to = await gateway(["telemetry.getcodegraph.com"]);
  const batches = () => to.requests.map(({ body }) => JSON.parse(body) as Batch);
  return Object.assign(to, { batches, events: () => batches().flatMap(({ events }) => events) });
}

/**
 * The product and its receiver, for the tests of one file, each of which begins with a receiver that has seen nothing.
 * @param given called with both, once they are there. @returns what runs the product on a machine that reaches the receiver.
 */
export function probed(given: (made: { readonly file: string; readonly to: Receiver }) => void) {
  let made: { readonly file: string; readonly to: Receiver };
  beforeAll(async () => {
    const [file, to] = await Promise.all([codegraphProduct(), receiver()]);
    made = { file, to };
    given(made);
  });
  beforeEach(() => {
    for (const list of [made.to.asked, made.to.requests]) list.length = 0;
    made.to.answer = 204;
    made.to.onConnection = () => undefined;
  });
  afterAll(() => made.to.close());
  return (steps: readonly string[], home: string, env: Readonly<Record<string, string>> = {}) =>
    run(made.file, steps, { home, env: { ...made.to.env, ...env } });
}

/** All that lies in a home, by its path. */
export function everything(home: string): Record<string, string> {
  const found = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = found.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [path.slice(home.length + 1), readFileSync(path, "utf8")]));
}
