import type { Accepted, Host, WorkerContract } from "../worker/runtime/contract.js";
import { everything } from "../worker/runtime/everything.js";
import { handle } from "../worker/runtime/handle.js";

/** The worker's answer, and what it would have stored. */
export interface Received {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly accepted: readonly Accepted[];
  /** Reasons, and how often each. */
  readonly counts: Readonly<Record<string, number>>;
}

/** The generated worker's own judgement, with what it hands on kept for the page. Without a rate limit: people try things out. */
export async function receive(
  request: Request,
  contract: WorkerContract,
  pages: NonNullable<Host["pages"]>,
): Promise<Received> {
  const accepted: Accepted[] = [];
  const counts: Record<string, number> = {};
  const waiting: Promise<unknown>[] = [];
  const response = await handle(request, contract, {
    now: Date.now,
    forward: async (entries) => void accepted.push(...entries),
    waitUntil: (promise) => waiting.push(promise),
    count: (reason, times) => {
      counts[reason] = (counts[reason] ?? 0) + times;
    },
    pages,
    parts: everything,
  });
  await Promise.all(waiting);
  return { status: response.status, headers: [...response.headers], body: await response.text(), accepted, counts };
}
