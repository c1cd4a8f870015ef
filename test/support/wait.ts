import { setTimeout as pause } from "node:timers/promises";

/** Far longer than anything here takes on a busy machine, and shorter than a test's own limit: the message says what was waited for. */
const longest = 50_000;

/**
 * Waits until a condition holds, and returns what it gave. Throws when that takes too long, so that a wait never hangs a run.
 * @param what is waited for, for the message.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { every = 10, patience = longest } = {},
): Promise<NonNullable<T>> {
  for (const end = performance.now() + patience; ; ) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen as NonNullable<T>;
    if (performance.now() > end) throw new Error(`Waited ${patience / 1000} s in vain: ${what}.`);
    await pause(every);
  }
}
