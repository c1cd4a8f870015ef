import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

export interface Load {
  /** Status → how many answers had it. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Resident memory of the server in MiB, taken evenly over the run. */
  readonly memory: readonly number[];
  readonly seconds: number;
}

/** Sends so many requests from so many clients at once; unless told otherwise most of them good, some of every kind that isn't. */
export async function load(
  url: string,
  pid: number,
  requests: number,
  {
    clients = 50,
    samples = 40,
    body = bodyOf,
  }: { clients?: number; samples?: number; body?: (number: number) => string } = {},
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const statuses: Record<string, number> = {};
  const memory: number[] = [];
  const started = performance.now();
  let next = 0;
  const client = async () => {
    while (next < requests) {
      const number = next;
      next += 1;
      if (number % Math.ceil(requests / samples) === 0) memory.push(residentMiB(pid));
      const status = await post(agent, url, body(number));
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return { statuses, memory, seconds: (performance.now() - started) / 1000 };
}

/** Returns the growth of memory from the third quarter of the run to the last, when everything is warm: 1 is flat. */
export function growth(memory: readonly number[]): number {
  const quarter = Math.floor(memory.length / 4);
  return median(memory.slice(-quarter)) / median(memory.slice(-2 * quarter, -quarter));
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

function bodyOf(number: number): string {
  if (number % 20 === 7) return '{"machine_id":';
  if (number % 20 === 13) return "x".repeat(100_000);
  const day = new Date().toISOString().slice(0, 10);
  const events = Array.from({ length: 1 + (number % 10) }, (_, index) => ({
    event: number % 20 === 17 ? "__proto__" : "usage_rollup",
    ts: `${day}T00:00:00.000Z`,
    props: { kind: "cli_command", name: "index", count: index + 1, error_count: 0, path: "/home/somebody" },
  }));
  return JSON.stringify({
    machine_id: randomUUID(),
    codegraph_version: "0.9.12",
    os: "linux",
    arch: "x64",
    node_major: 20,
    ci: false,
    schema_version: 1,
    events,
  });
}

/** The status, or why there was none. */
function post(agent: Agent, url: string, body: string): Promise<string> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    // Too large a body is answered, and its connection closed, while it is still being sent: the next request needs another.
    const connection = body.length > 65_536 ? new Agent({ keepAlive: false }) : agent;
    const outgoing = request(url, { agent: connection, method: "POST", headers }, (incoming) => {
      incoming
        .resume()
        .on("end", () => resolve(String(incoming.statusCode)))
        .on("error", () => resolve("cut"));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      // A connection that was kept open may be closed by the server at any time: every client sends such a request again.
      resolve(error.code === "ECONNRESET" && outgoing.reusedSocket ? post(agent, url, body) : (error.code ?? "error"));
    });
    outgoing.end(body);
  });
}

export function residentMiB(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kibibytes) / 1024;
}
