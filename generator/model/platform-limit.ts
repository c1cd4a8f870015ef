import type { Ingest } from "./ingest.js";

/**
 * The limit as Cloudflare counts it: per 10 s or per minute, and per place of its network. A longer window has the same number for each
 * minute.
 */
export function platformLimit({ requests, window }: NonNullable<Ingest["rateLimit"]>): {
  readonly requests: number;
  readonly period: 10 | 60;
} {
  const period = window <= 10_000 ? 10 : 60;
  return { requests: Math.max(requests, Math.ceil((requests * period * 1000) / window)), period };
}
