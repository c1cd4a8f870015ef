import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../templates/client/runtime/host/host.js";
import { queueFiles } from "../../templates/client/runtime/queue/queue-names.js";
import { hostOf, withHome } from "./client.js";
import { freshTelemetry, readBody, type Sent, type Telemetry } from "./emitted.js";
import { type Outcome, orEmpty, same } from "./outcome.js";

interface RollupCase {
  readonly name: string;
  /** Time, kind, name, whether it went well, and the client that asked. */
  readonly calls: readonly (readonly [string, string, string, boolean, { name: string; version: string } | null])[];
  readonly processes?: number;
  readonly flush_at: string;
  /** In any order; `time` where it matters. */
  readonly sent?: readonly { readonly event: string; readonly props: object; readonly time?: string }[];
  readonly sent_count?: number;
  readonly still_queued?: number;
}

/** Recorded calls → what a flush sends, and how many groups still wait for their day to end. */
export async function runRollups(
  table: { readonly cases: readonly RollupCase[] },
  system: string,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const one of table.cases) {
    const name = `${system}/rollup ${one.name}`;
    const { sent, queued } = await run(system, one);
    const timed = one.sent?.some(({ time }) => time !== undefined);
    if (one.sent !== undefined)
      outcomes.push(
        same(
          `${name} sent`,
          inOrder(one.sent),
          inOrder(sent.map(({ event, fields, time }) => ({ event, props: fields, ...(timed && { time }) }))),
        ),
      );
    if (one.sent_count !== undefined) outcomes.push(same(`${name} sent`, one.sent_count, sent.length));
    if (one.still_queued !== undefined) outcomes.push(same(`${name} still queued`, one.still_queued, queued));
  }
  return orEmpty(`${system}/rollup`, outcomes);
}

/** Sorts the groups, whose order means nothing. */
function inOrder(sent: readonly object[]): readonly object[] {
  const key = (one: object) =>
    JSON.stringify(one, (_, value) => (isObject(value) ? Object.entries(value).sort() : value));
  return sent.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function run(
  system: string,
  { calls, processes = 1, flush_at }: RollupCase,
): Promise<{ sent: readonly Sent[]; queued: number }> {
  return withHome(async (home) => {
    let now = 0;
    const bodies: string[] = [];
    const own: Partial<Host> = {
      now: () => now,
      send: async ({ body }) => {
        bodies.push(body);
        return 204;
      },
    };
    const start = () => freshTelemetry(system, hostOf(home, {}, {}, own));
    let last: Telemetry | undefined;
    for (let process = 0; process < processes; process++) {
      last = await start();
      for (const [time, kind, name, ok, client] of calls) {
        now = Date.parse(time);
        last["count"]?.(kind, name, ok, client ?? undefined);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    now = Date.parse(flush_at);
    await last?.flush();
    return { sent: bodies.flatMap((body) => readBody(system, body)), queued: groupsIn(home, system) };
  });
}

/** The groups that the queue still holds: lines of one day and group are one event once that day is over. */
function groupsIn(home: string, system: string): number {
  const queue = join(home, `.${system}`, "telemetry-queue.jsonl");
  const lines = queueFiles(queue)
    .filter(({ turn }) => turn !== "spent")
    .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { day?: string; event: string; by?: object });
  return new Set(lines.map(({ day, event, by }) => JSON.stringify([day, event, by]))).size;
}
