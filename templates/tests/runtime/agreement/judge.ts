import { inPath } from "../../../client/runtime/send/in-path.js";
import type { Accepted } from "../../../worker/runtime/contract.js";
import { readPath } from "../../../worker/runtime/judge/match-path.js";
import { pathOf } from "../../../worker/runtime/judge/target.js";
import { printSample } from "../../../worker/runtime/read/exposition.js";
import type { Golden, Product } from "../product.js";
import { goldenTime } from "./golden-time.js";
import { encodedBody } from "./places.js";

const types = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  query: "text/plain",
  "prometheus-text": "text/plain",
} as const;

/** A body that is drawn as one text is text in any format. */
function typeOf(wire: Product["worker"]["wire"]): string {
  const body = "body" in wire ? wire.body : undefined;
  return body?.kind === "joined" || body?.kind === "line" ? "text/plain" : types[wire.format];
}

/** Returns what the generated worker answers to a golden payload, and what it passes on of it. */
export function judge(
  product: Product,
  payload: Golden["payload"],
  around: Product["around"] = product.around,
): Promise<Judged> {
  const { wire } = product.worker;
  const text =
    typeof payload === "string"
      ? `${payload}${wire.format === "query" || wire.format === "prometheus-text" ? "\n" : ""}`
      : JSON.stringify(payload);
  return judgeBody(product, encodedBody(wire, text), around);
}

export interface Judged {
  readonly status: number;
  readonly forwarded: unknown[];
}

/** Returns what an address says beside the path that all requests have: its query, and what an event brings in the path. */
export function statedIn({ path }: Product, url: string): string {
  const stated = readPath(pathOf(url), { path, pathFields: {} }) ?? "";
  return [new URL(url).search.slice(1), stated].filter((text) => text !== "").join("&");
}

/** The same of a request as it travels. */
export async function judgeBody(
  { worker, path, runtime }: Product,
  body: string,
  { query, headers }: Product["around"],
): Promise<Judged> {
  const forwarded: unknown[] = [];
  const waiting: Promise<unknown>[] = [];
  const request = new Request(new URL(inPath(path, query), "https://endpoint.example"), {
    method: worker.method ?? "POST",
    headers: { ...headers, "content-type": typeOf(worker.wire) },
    ...(worker.method === "GET" || worker.method === "HEAD" ? {} : { body }),
  });
  const { status } = await runtime.handle(request, worker, {
    now: () => Date.parse(goldenTime),
    forward: async (accepted) => void forwarded.push(...accepted.map((one) => shownEntry(one, worker))),
    waitUntil: (promise) => void waiting.push(promise),
    count: () => undefined,
    parts: runtime.parts,
  });
  await Promise.all(waiting);
  return { status, forwarded };
}

/** Without what the receiver works out by itself, which nobody sent. */
function shownEntry(accepted: Accepted, worker: Product["worker"]): unknown {
  if (accepted.value !== undefined) return printSample(accepted);
  const own = Object.keys(worker.derives ?? {});
  return Object.fromEntries(Object.entries(accepted.fields).filter(([name]) => !own.includes(name)));
}
