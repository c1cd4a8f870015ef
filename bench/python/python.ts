/**
 * The Python client beside what people reach for: recording, importing, leaving: `npx tsx bench/python/python.ts`.
 * BENCH_PYTHON names an interpreter that has the peers; what it doesn't have is left out, and said so.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPython, writePython } from "../../test/python/client.js";
import { median } from "../measure.js";
import { couldNotRun, tell, tellAbsent } from "../tell.js";

const python = process.env["BENCH_PYTHON"] ?? "python3";
const folder = mkdtempSync(join(tmpdir(), "bench-python-"));
const home = join(folder, "home");
mkdirSync(home);
for (const product of ["codegraph", "docglow"]) writePython(inPython(product), folder);
const docglow = inPython("docglow");
writePython({ ...docglow, product: "leaving", clients: { python: { at: docglow.at, leave: "process" } } }, folder);
const script = join(import.meta.dirname, "measure.py");
const env = (more: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env["PATH"] ?? "",
  HOME: home,
  BENCH_CLIENTS: join(folder, "python"),
  ...more,
});

const title = "Python: recording one use, in one process; each called through the same loop, medians of 9 rounds";
const version = spawnSync(python, ["--version"], { encoding: "utf8" });
if (version.status === 0) await measure();
else tellAbsent(title, `there is no ${python}`);
rmSync(folder, { recursive: true, force: true });

async function measure(): Promise<void> {
  const receiver = await listening(true);
  await recording(receiver.url);
  importing();
  await leaving(receiver.url);
  receiver.server.close();
}

/** @param answers or it takes what comes, and never says anything. */
async function listening(answers: boolean): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => answers && socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
    socket.unref();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { server, url: `http://127.0.0.1:${port}` };
}

async function recording(endpoint: string): Promise<void> {
  const args = ["recording", "codegraph_telemetry", endpoint];
  const { said } = await ended(args, { CODEGRAPH_TELEMETRY: "1" });
  const found = JSON.parse(said || "{}") as Record<string, number>;
  const of = (name: string) => found[name] ?? Number.NaN;
  const peers = [
    "prometheus_client, bound",
    "prometheus_client, by labels",
    "OpenTelemetry SDK counter",
    "posthog capture",
  ];
  for (const peer of peers) if (found[peer] === undefined) couldNotRun(peer, `this Python doesn't have it`);
  const names = ["a list's slot, in a function", "Plainsight, bound counter", "Plainsight, by name", ...peers];
  const [slot, bound] = [of(names[0] ?? ""), of("Plainsight, bound counter")];
  tell(
    title,
    ["one call", "CPU ns", "× slot"],
    names.map((name) => [name, of(name), of(name) / slot]),
    [
      { claim: "bound counter, × a list's slot", value: bound / slot, atMost: 4.5 },
      { claim: "posthog's capture, × bound counter", value: of("posthog capture") / bound, atLeast: 200 },
    ],
  );
}

function importing(): void {
  const modules: Readonly<Record<string, string>> = {
    "Plainsight, a client that counts": "codegraph_telemetry",
    "Plainsight, Docglow's": "docglow_telemetry",
    prometheus_client: "prometheus_client",
    "OpenTelemetry SDK": "opentelemetry.sdk.metrics",
    scarf: "scarf",
    posthog: "posthog",
  };
  const costs = Object.entries(modules).map(([name, module]) => {
    const all = Array.from({ length: 12 }, () => {
      const { stdout, status } = spawnSync(python, [script, "import", module], { encoding: "utf8", env: env() });
      return status === 0 ? Number(stdout) : Number.NaN;
    });
    // The first one compiles it.
    const cost = median(all.slice(1));
    if (Number.isNaN(cost)) couldNotRun(name, `this Python doesn't have it`);
    return [name, cost] as const;
  });
  tell(
    "Python: importing it, above an interpreter that is there already, medians of 11",
    ["import", "CPU ms"],
    costs,
    costs.slice(0, 2).map(([name, value]) => ({ claim: `importing: ${name}, CPU ms`, value, atMost: 0.5 })),
  );
}

async function leaving(answering: string): Promise<void> {
  const silent = await listening(false);
  const hole = await unanswered();
  const networks = {
    answering,
    refusing: "http://127.0.0.1:9",
    "never answers": silent.url,
    "SYN unanswered": hole.url,
  };
  const kinds = {
    "Plainsight, from a queue": ["queued", "codegraph_telemetry"],
    "Plainsight, at once": ["immediate", "docglow_telemetry"],
    "Plainsight, leave: process": ["immediate", "leaving_telemetry"],
    // Where nobody answers it waits for many seconds.
    posthog: ["posthog", "-", "2"],
  };
  const rows: (readonly [string, ...number[]])[] = [];
  for (const [name, [kind = "", package_ = "", turns = "8"]] of Object.entries(kinds)) {
    const columns: number[] = [];
    for (const endpoint of Object.values(networks)) {
      const bare = await ends(["leaving", "nothing", "-", endpoint], endpoint, 8);
      columns.push((await ends(["leaving", kind, package_, endpoint], endpoint, Number(turns))) - bare);
    }
    if (columns.some(Number.isNaN)) couldNotRun(name, `this Python doesn't have it`);
    rows.push([name, ...columns]);
  }
  silent.server.close();
  hole.close();
  tell(
    "Python: leaving after one event, ms above a program that does nothing, medians of 7; of posthog one run",
    ["leaving", ...Object.keys(networks)],
    rows,
    [
      {
        claim: "Python: leaving what is queued, ms in the worst network",
        value: Math.max(...(rows[0] ?? []).slice(1).map(Number)),
        atMost: 2,
      },
      {
        claim: "Python: leaving with leave: process, ms in the worst network",
        value: Math.max(...(rows[2] ?? []).slice(1).map(Number)),
        atMost: 10,
      },
    ],
  );
}

/** An address where nobody says anything to whoever knocks: the queue of those that wait is full, and nobody takes one of it. */
async function unanswered(): Promise<{ readonly url: string; readonly close: () => void }> {
  const program = `
import socket, sys, time
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(0)
waiting = []
for _ in range(3):
    one = socket.socket()
    one.setblocking(False)
    one.connect_ex(server.getsockname())
    waiting.append(one)
print(server.getsockname()[1], flush=True)
time.sleep(120)
`;
  const child = spawn(python, ["-c", program], { stdio: ["ignore", "pipe", "ignore"] });
  const port = await new Promise<string>((resolve) =>
    child.stdout.once("data", (text) => resolve(String(text).trim())),
  );
  return { url: `http://127.0.0.1:${port}`, close: () => child.kill("SIGKILL") };
}

/** Milliseconds from the program's last line to its end. */
async function ends(args: readonly string[], endpoint: string, turns: number): Promise<number> {
  const all: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const { said, end } = await ended(args, {
      CODEGRAPH_TELEMETRY: "1",
      CODEGRAPH_TELEMETRY_ENDPOINT: endpoint,
      DOCGLOW_TELEMETRY: "1",
      DOCGLOW_TELEMETRY_ENDPOINT: endpoint,
    });
    all.push(/^\d+$/.test(said) ? Number(end - BigInt(said)) / 1e6 : Number.NaN);
  }
  return median(all.slice(1));
}

/** Returns what a program printed, and when it ended. */
async function ended(args: readonly string[], more: Readonly<Record<string, string>>) {
  const child = spawn(python, [script, ...args], { stdio: ["ignore", "pipe", "ignore"], env: env(more) });
  const timer = setTimeout(() => child.kill("SIGKILL"), args[0] === "recording" ? 60_000 : 20_000);
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text));
  let end = 0n;
  child.on("exit", () => (end = process.hrtime.bigint()));
  await new Promise((resolve) => child.on("close", resolve));
  clearTimeout(timer);
  return { said: said.trim(), end };
}
