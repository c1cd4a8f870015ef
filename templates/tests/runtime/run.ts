import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Client } from "../../client/runtime/client.js";
import type { Host, SendRequest } from "../../client/runtime/host/host.js";
import type { Carried } from "../../client/runtime/send/carried.js";
import type { ConsentRow, Golden, Product, Telemetry } from "./product.js";

/** The view that a program and the world have of the client while a test runs. */
export interface Run {
  readonly telemetry: Telemetry;
  /** Returns the decision about consent, and what decided it. */
  readonly decision: () => { readonly enabled: boolean; readonly decidedBy: string };
  readonly client: Client;
  readonly requests: readonly SendRequest[];
  /** Lines that the client wrote for people, with their stream. */
  readonly written: readonly (readonly ["stderr" | "stdout", string])[];
  readonly logged: readonly string[];
  /** Every file below the home folder. */
  readonly files: () => readonly string[];
  /** Records every golden event, or those given. */
  readonly emit: (golden?: readonly Golden[]) => void;
  /** Records, lets more than a week pass, and sends what is due. */
  readonly deliver: (golden?: readonly Golden[]) => Promise<void>;
}

const noon = Date.parse("2026-06-12T12:00:00Z");
const day = 86_400_000;
/** A busy machine isn't a reason to give up. */
const patience = 60_000;

/** A state in which everything may be sent: the first one of the truth table, unless the product names another. */
export function granting(product: Product): ConsentRow {
  const row = product.granting ?? product.consent.find(({ enabled }) => enabled);
  if (row === undefined) throw new Error("no state of the world allows anything to be sent");
  return row;
}

/** A fresh client with a home and a clock of its own, whose requests go nowhere; cleaned up behind the test. */
export async function withRun(
  product: Product,
  row: ConsentRow,
  test: (run: Run) => Promise<void>,
  own: Partial<Host> = {},
): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "telemetry-"));
  try {
    await test(await start(product, row, home, own));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function start(product: Product, row: ConsentRow, home: string, own: Partial<Host>): Promise<Run> {
  let now = product.ends === undefined ? noon : Math.min(noon, Date.parse(product.ends) - 30 * day);
  const requests: SendRequest[] = [];
  const written: (readonly ["stderr" | "stdout", string])[] = [];
  const logged: string[] = [];
  const host: Partial<Host> = {
    env: { ...product.env, ...row.env },
    address: "https://telemetry.example/",
    home,
    // What lies elsewhere on the disk lies here, too: no test touches a machine's own files.
    root: home,
    now: () => now,
    build: row.build ?? undefined,
    config: (name) => row.config[name],
    drawn: true,
    terminal: false,
    stdinIsTerminal: false,
    write: (stream, line) => void written.push([stream, line]),
    log: (_, line) => void logged.push(line),
    send: async (request) => {
      requests.push(request);
      return 204;
    },
    ...own,
  };
  keepState(product, row, { ...host, home });
  if (row.enabled) runBefore(product, { ...host, write: () => undefined, home });
  // Each fresh client hooks the process's end, as the one of a real program does.
  process.setMaxListeners(0);
  const { telemetry, client } = await product.load();
  telemetry.setup({ ...product.setup, args: row.args, facts: { ...product.facts, ...row.facts }, host });
  const emit = (golden = product.golden) => {
    for (const one of golden) {
      const emitter = telemetry[one.emitter];
      if (one.dueAfter === undefined)
        for (let call = 0; call < (one.times ?? 1); call++) emitter?.(...(one.arguments as never[]));
      else
        byTheClock(emitter, one.arguments, one.dueAfter, (time) => {
          now += time;
        });
    }
  };
  /** Returns what the program's own requests would carry. */
  const carried = async (golden: readonly Golden[]) => {
    for (const one of golden) {
      const given = (await telemetry[one.emitter]?.(...(one.arguments as never[]))) as Carried | undefined;
      const { headers, query, body } = given ?? { headers: {} };
      if (Object.keys(headers).length === 0 && query === undefined && body === undefined) continue;
      const url = `https://telemetry.example${product.path}${query === undefined ? "" : `?${query}`}`;
      requests.push({ url, headers, body: body ?? "", signal: AbortSignal.timeout(1000) });
    }
  };
  const deliver = async (golden = product.golden) => {
    if (product.mode === "carried") return carried(golden);
    if (product.mode === "periodic") return telemetry.reportOnce?.(() => emit(golden));
    emit(golden);
    await new Promise((resolve) => setImmediate(resolve));
    now += 8 * day;
    await telemetry.flush?.(patience);
  };
  return {
    telemetry,
    client,
    decision: () => product.runtime.consent(client),
    requests,
    written,
    logged,
    emit,
    deliver,
    files: () => filesBelow(home),
  };
}

/** Asks again when something becomes due that isn't at the first start. */
function byTheClock(
  emitter: Telemetry[string] | undefined,
  given: readonly unknown[],
  dueAfter: number,
  wait: (time: number) => void,
): void {
  const makers = given.map((fields) => () => fields) as never[];
  const look = () => (emitter?.(...makers) as { stop(): void } | undefined)?.stop();
  look();
  if (dueAfter === 0) return;
  wait(dueAfter);
  look();
}

/** A notice may have to be there in one run, so that the next one sends. */
function runBefore({ client: contract, runBefore: before, setup, runtime }: Product, host: Partial<Host>): void {
  if (before === undefined) return;
  const { createClient, setupClient } = runtime;
  const client = createClient(contract, {});
  setupClient(client, { ...setup, host });
  before(client);
}

/** Puts the stored answer where the client looks for it. */
function keepState(product: Product, { stored }: ConsentRow, host: Partial<Host>): void {
  if (stored === null || product.client.state === undefined) return;
  const { createClient, setupClient } = product.runtime;
  const client = createClient(product.client, {});
  setupClient(client, { host });
  const place = product.client.state(client.host);
  if (place === undefined) throw new Error("the state file has no place in a test's home");
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, product.client.writeState?.("", flat(stored)) ?? JSON.stringify(stored));
}

/** `{ a: { b: 1 } }` by the way to each value: `{ "a.b": 1 }`. */
function flat(content: object, above = ""): Readonly<Record<string, unknown>> {
  const entries = Object.entries(content).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null
      ? Object.entries(flat(value, `${above}${key}.`))
      : [[`${above}${key}`, value] as const],
  );
  return Object.fromEntries(entries);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
