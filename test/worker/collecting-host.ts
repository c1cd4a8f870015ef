import type { Accepted, Host, WorkerContract } from "../../templates/worker/runtime/contract.js";
import { everything } from "../../templates/worker/runtime/everything.js";
import { handle } from "../../templates/worker/runtime/handle.js";

/** A host that keeps what it is given. */
export function collectingHost(more: Partial<Host> = {}) {
  const forwarded: Accepted[] = [];
  const counted: Record<string, number> = {};
  const waiting: Promise<unknown>[] = [];
  const host: Host = {
    now: () => Date.parse("2026-06-13T08:00:00.000Z"),
    forward: async (accepted) => void forwarded.push(...accepted),
    waitUntil: (promise) => void waiting.push(promise),
    count: (reason, times) => {
      counted[reason] = (counted[reason] ?? 0) + times;
    },
    parts: everything,
    ...more,
  };
  return { host, forwarded, counted, settled: () => Promise.all(waiting) };
}

/** One request to a worker in this process: what it answers, forwards and counts. */
export async function ask(contract: WorkerContract, path: string, init: RequestInit, more: Partial<Host> = {}) {
  const { host, forwarded, counted, settled } = collectingHost(more);
  const answer = await handle(new Request(`https://endpoint.example${path}`, init), contract, host);
  await settled();
  return { status: answer.status, text: await answer.text(), headers: answer.headers, forwarded, counted };
}

export function json(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}
