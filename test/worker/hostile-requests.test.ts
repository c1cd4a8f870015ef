import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { codegraphWorker } from "./codegraph-worker.js";
import { chunk, rawRequest, statusOf } from "./raw-request.js";

const { worker, model, entry, batch, post } = codegraphWorker();

const requests: readonly [
  name: string,
  init: RequestInit & { readonly path?: string; readonly type?: string | null },
  status: number,
][] = [
  [
    "OPTIONS, as a browser asks before it posts",
    { method: "OPTIONS", headers: { origin: "https://evil.example", "access-control-request-method": "POST" } },
    405,
  ],
  ["GET", { method: "GET" }, 405],
  ["PUT", { method: "PUT", body: "{}" }, 405],
  ["a page's origin", { headers: { origin: "https://evil.example" } }, 403],
  ["the origin of a sandboxed page", { headers: { origin: "null" } }, 403],
  ["a page that says so", { headers: { "sec-fetch-site": "cross-site" } }, 403],
  ["text/plain, which a page may post without asking", { type: "text/plain" }, 415],
  ["a form", { type: "application/x-www-form-urlencoded" }, 415],
  ["no type", { type: null }, 415],
  ["another charset", { type: "application/json; charset=utf-16" }, 415],
  ["UTF-8, said in its own way", { type: 'Application/JSON ; charset="UTF-8"' }, 204],
  ["gzip", { headers: { "content-encoding": "gzip" }, body: gzipSync(batch()) }, 415],
  ["a bomb of gzip", { headers: { "content-encoding": "gzip" }, body: gzipSync(Buffer.alloc(50_000_000)) }, 415],
  ["a coding that nobody knows", { headers: { "content-encoding": "br, gzip" } }, 415],
  ["a slash behind the path", { path: "/v1/events/" }, 404],
  ["another letter case", { path: "/V1/events" }, 404],
  ["an escaped letter", { path: "/v1/%65vents" }, 404],
  ["a query, which is not read", { path: "/v1/events?machine_id=ada" }, 204],
];

describe("hostile requests, in workerd", () => {
  it.each(requests)("%s", async (_, { path = "/v1/events", type = "application/json", headers, ...init }, status) => {
    const body = init.method === undefined ? (init.body ?? new TextEncoder().encode(batch())) : init.body;
    const answer = await worker().ask(path, {
      method: "POST",
      ...init,
      headers: { ...(type && { "content-type": type }), ...(headers as Record<string, string>) },
      ...(body && { body }),
    } as RequestInit);
    expect(answer.status).toBe(status);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(answer.stored).toHaveLength(status === 204 ? 1 : 0);
  });

  it("paths with dots lead nowhere else", async () => {
    const ask = async (path: string) => {
      const body = batch();
      const head = [
        `POST ${path} HTTP/1.1`,
        "content-type: application/json",
        `content-length: ${Buffer.byteLength(body)}`,
      ];
      return statusOf(await rawRequest(worker().url, head, [body]));
    };
    for (const path of ["/v1/events/..", "//v1/events", "/v1/events/%2e%2e", "/v1/events/../x"])
      expect(await ask(path), path).toBe(404);
    // The platform resolves these before the worker sees them; where one doesn't, they are no path of ours (match-path.test.ts).
    for (const path of ["/x/../v1/events", "/v1/./events"]) expect([204, 404], path).toContain(await ask(path));
  });

  it("addresses in every header that proxies set change nothing, and are nowhere", async () => {
    const names = [
      "cf-connecting-ip",
      "x-forwarded-for",
      "x-real-ip",
      "true-client-ip",
      "forwarded",
      "user-agent",
      "cookie",
      "referer",
      "via",
      "x-cluster-id",
    ];
    const { stored } = await post(batch(), Object.fromEntries(names.map((name) => [name, "203.0.113.7"])));
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored) + worker().logged.join("")).not.toContain("203.0.113");
  });

  it("one machine whose identifier flips its letter case is still one machine", async () => {
    const body = batch().replace(/b3a8c1d2-[^"]*/, "c0ffee00-0000-4000-8000-00000000abcd");
    const flipped = body.replace("abcd", "abCD");
    const statuses: number[] = [];
    // Twice the limit and one more: a window may end in between.
    while (statuses.length < 13 && statuses.at(-1) !== 429) statuses.push((await post(body)).status);
    expect(statuses.length).toBeGreaterThan(6);
    expect(statuses.at(-1)).toBe(429);
    // The contract's identifiers are lower-case: another spelling isn't one.
    expect((await post(flipped)).status).toBe(400);
  });
});

describe("hostile connections, in workerd", () => {
  const head = ["POST /v1/events HTTP/1.1", "content-type: application/json"];

  it("a length that is announced too large is refused before anything is read", async () => {
    expect(statusOf(await rawRequest(worker().url, [...head, "content-length: 99999999999"], ["{"]))).toBe(413);
  });

  it("a length that is announced too small cuts the body off", async () => {
    const { status, stored } = await worker().askRaw([...head, "content-length: 20"], [batch()]);
    expect([status, stored]).toEqual([400, []]);
  });

  it("chunks without end are refused at the limit", async () => {
    // The last of them is past 64 KiB, and no end follows. With more under way the refusal could be lost with the connection.
    const endless = Array<string>(66).fill(chunk(" ".repeat(1000)));
    expect(statusOf(await rawRequest(worker().url, [...head, "transfer-encoding: chunked"], endless))).toBe(413);
  });

  it("a body in many chunks is one body", async () => {
    const body = batch();
    const pieces = body.match(/.{1,40}/gs)?.map(chunk) ?? [];
    const { status, stored } = await worker().askRaw([...head, "transfer-encoding: chunked"], [...pieces, "0\r\n\r\n"]);
    expect([status, stored.length]).toEqual([204, 1]);
  });

  it("who announces a body and never sends it is not waited for", async () => {
    expect(statusOf(await rawRequest(worker().url, [...head, "content-length: 100"], ["{"]))).toBe(408);
  });
});

describe("what a visitor can read, in workerd", () => {
  it("GET / says in plain text what is collected and where its source is", async () => {
    const answer = await fetch(worker().url);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
    const text = await answer.text();
    for (const said of ["usage_rollup:", "machine_id: a UUID", "Never collected:", "telemetry-worker/", "/v1/contract"])
      expect(text).toContain(said);
    expect(text).not.toContain("DO NOT EDIT");
  });

  it("GET /v1/contract gives the contract with its digest and the versions that are heard", async () => {
    const answer = await fetch(new URL("/v1/contract", worker().url));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
    const { digestOf, publishedContract } = await import("../../generator/model/published.js");
    const contract = publishedContract(model);
    expect(await answer.json()).toEqual({
      product: "codegraph",
      schema_version: 1,
      consent_epoch: 1,
      supported: [1],
      digest: digestOf(contract),
      probes: "plainsight-probe",
      source: {},
      contract: JSON.parse(JSON.stringify(contract)),
    });
  });

  it("logs are counters with reasons, and after all this they hold nothing else", async () => {
    expect((await post("{")).status).toBe(400);
    expect((await post(batch({ events: Array(101).fill(entry) }))).status).toBe(204);
    await vi.waitFor(() => expect(worker().logged.join("")).toContain("dropped_over_limit"), 60_000);
    const lines = worker()
      .logged.join("")
      .split("\n")
      .filter((line) => line !== "");
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) expect(line).toMatch(/^\{(?:"[a-z_]+":\d+,?)+\}$/);
    const reasons = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line))));
    for (const reason of [
      "malformed",
      "too_large",
      "too_slow",
      "wrong_type",
      "wrong_path",
      "wrong_method",
      "from_browser",
      "rate_limited",
      "dropped_over_limit",
    ]) {
      expect(reasons).toContain(reason);
    }
    expect(reasons).not.toContain("failed");
  });
});
