import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createMemoryLimiter } from "../../templates/worker/runtime/answer/memory-limiter.js";
import type { Accepted, Host, WorkerContract } from "../../templates/worker/runtime/contract.js";
import { everything } from "../../templates/worker/runtime/everything.js";
import { handle } from "../../templates/worker/runtime/handle.js";
import { printSample } from "../../templates/worker/runtime/read/exposition.js";
import { failed, type Outcome, orEmpty, passed, same } from "./outcome.js";
import { workerContract } from "./systems.js";

interface PayloadCase {
  /** The request. A part that is not named is what the contract's own client sends. */
  readonly request?: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly now?: string;
  readonly repeat?: number;
  readonly expect: {
    readonly status?: number | string;
    readonly statuses?: readonly number[];
    readonly forwarded?: readonly unknown[];
    readonly never_forwarded?: readonly string[];
  };
}

/** One exact request body against the generated worker: its answer, and what passed the gate. */
export async function runPayload(system: string, folder: string, name: string): Promise<readonly Outcome[]> {
  const label = `${system}/${name}`;
  const body = ["json", "txt"].map((ending) => join(folder, `${name}.${ending}`)).find((path) => existsSync(path));
  if (body === undefined) return [failed(label, `${name}.json or ${name}.txt`, "no body beside the expectation")];
  const expected = JSON.parse(readFileSync(join(folder, `${name}.expect.json`), "utf8")) as PayloadCase;
  const run = await post(system, expected, readFileSync(body));
  const outcomes: Outcome[] = [];
  if (expected.expect.status !== undefined)
    outcomes.push(statusOutcome(`${label} status`, expected.expect.status, run.statuses.at(-1)));
  if (expected.expect.statuses) outcomes.push(same(`${label} statuses`, expected.expect.statuses, run.statuses));
  if (expected.expect.forwarded) outcomes.push(same(`${label} forwarded`, expected.expect.forwarded, run.forwarded));
  for (const text of expected.expect.never_forwarded ?? []) {
    const found = [JSON.stringify(run.forwarded), ...run.logged].filter((line) => line.includes(text));
    outcomes.push(
      found.length === 0 ? passed(`${label} never forwards ${text}`) : failed(`${label} never forwards`, text, found),
    );
  }
  return orEmpty(label, outcomes);
}

async function post(system: string, { request = {}, now, repeat = 1 }: PayloadCase, body: Uint8Array) {
  const contract = await workerContract(system);
  const clock = () => (now === undefined ? Date.now() : Date.parse(now));
  const forwarded: unknown[] = [];
  const logged: string[] = [];
  const waiting: Promise<unknown>[] = [];
  const host: Host = {
    now: clock,
    ...(contract.rateLimit && { limited: createMemoryLimiter(contract.rateLimit, clock) }),
    forward: async (accepted) => void forwarded.push(...accepted.map(asForwarded)),
    waitUntil: (promise) => void waiting.push(promise),
    count: (reason) => void logged.push(reason),
    parts: everything,
  };
  const statuses: number[] = [];
  for (let time = 0; time < repeat; time++) {
    const answer = await handle(requestOf(request, contract, body), contract, host);
    logged.push(await answer.text());
    statuses.push(answer.status);
  }
  await Promise.all(waiting);
  return { statuses, forwarded, logged };
}

/** Word for word: a URL's own parser would resolve `..`, and some methods can't be asked for by a `Request`. */
function requestOf(stated: NonNullable<PayloadCase["request"]>, contract: WorkerContract, body: Uint8Array): Request {
  const { method = "POST", path = contract.path } = stated;
  const {
    headers = { "content-type": contract.wire.format === "prometheus-text" ? "text/plain" : "application/json" },
  } = stated;
  const request = new Request("https://endpoint.example/", { method: "POST", headers, body: new Uint8Array(body) });
  return Object.defineProperties(request, {
    method: { value: method },
    url: { value: `https://endpoint.example${path}` },
  });
}

/** Events as they are; metrics as the line that is forwarded. */
function asForwarded(accepted: Accepted): unknown {
  if (accepted.value !== undefined) return printSample(accepted);
  const { event, fields, time } = accepted;
  return time === undefined ? { event, fields } : { event, fields, time };
}

/** `"4xx"` is any status of that class. */
function statusOutcome(name: string, expected: number | string, actual: number | undefined): Outcome {
  const holds = typeof expected === "number" ? actual === expected : `${String(actual).charAt(0)}xx` === expected;
  return holds ? passed(name) : failed(name, expected, actual);
}
