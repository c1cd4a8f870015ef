import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from "node:net";
import { join } from "node:path";
import { keepState, program, type Ran, temporary } from "../program.js";
import { certificates } from "../proof/network-space.js";

/**
 * A product with CodeGraph's client in it, used as its page says and in no other way: its address, its transport and its clock
 * are its own (`at:` sets the clock of those tests that are about days). What it does is said by its arguments, one after the other.
 */
export const codegraphProduct = () =>
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
  /** Where its stderr goes to, instead of being read. */
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
  /** What it printed all in all, once it has left. */
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

export interface Receiver {
  /** What leads the client's own address here: a proxy, as a closed network has one, and the receiver's authority. */
  readonly env: Readonly<Record<string, string>>;
  /** What the proxy was asked for: one entry per connection. */
  readonly connections: string[];
  readonly requests: { readonly line: string; readonly headers: Record<string, unknown>; readonly body: string }[];
  batches(): readonly Batch[];
  events(): Batch["events"];
  /** Called before a connection gets any answer. */
  onConnection: () => void;
  answer: number | "never" | ((seen: number) => readonly [status: number, headers: Record<string, string>]);
  close(): void;
}

/** A receiver with the real host's name, by TLS, that is reached as from behind a company's proxy. */
export async function receiver(): Promise<Receiver> {
  const { key, cert } = certificates(["telemetry.getcodegraph.com"]);
  const servers: Server[] = [];
  const sockets = new Set<{ destroy(): void }>();
  const listen = async (server: Server) => {
    servers.push(server);
    server.on("connection", (socket) => {
      sockets.add(socket.on("error", () => undefined));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  };
  const made: Omit<Receiver, "env"> = {
    connections: [],
    requests: [],
    batches: () => made.requests.map(({ body }) => JSON.parse(body) as Batch),
    events: () => made.batches().flatMap(({ events }) => events),
    onConnection: () => undefined,
    answer: 204,
    close() {
      for (const socket of sockets) socket.destroy();
      for (const server of servers) server.close();
    },
  };
  const tls = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk));
    request.on("end", () => {
      made.requests.push({ line: `${request.method} ${request.url}`, headers: { ...request.headers }, body });
      const { answer } = made;
      if (answer === "never") return;
      if (typeof answer === "number") response.writeHead(answer).end();
      else response.writeHead(...(answer(made.requests.length) as [number, Record<string, string>])).end();
    });
  });
  const port = await listen(tls);
  const proxy = createTcpServer((client) =>
    client.once("data", (head: Buffer) => {
      made.connections.push(String(head).split(" HTTP")[0] ?? "");
      made.onConnection();
      const onwards = connect(port, "127.0.0.1").on("error", () => undefined);
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      client.pipe(onwards).pipe(client);
    }),
  );
  const address = `http://127.0.0.1:${await listen(proxy)}`;
  return Object.assign(made, { env: { HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: cert } });
}

/** All that lies in a home, by its path. */
export function everything(home: string): Record<string, string> {
  const found = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = found.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [path.slice(home.length + 1), readFileSync(path, "utf8")]));
}
