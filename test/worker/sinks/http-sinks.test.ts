import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { http } from "../../../templates/worker/runtime/sinks/http.js";
import { postgrest } from "../../../templates/worker/runtime/sinks/postgrest.js";
import { posthog } from "../../../templates/worker/runtime/sinks/posthog.js";
import { prometheusImport } from "../../../templates/worker/runtime/sinks/prometheus-import.js";
import type { Outcome, SinkFactory } from "../../../templates/worker/runtime/sinks/sink.js";
import { contractOf, entry, machine, usage } from "./entries.js";

interface Seen {
  readonly request: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let url: string;
let seen: Seen[];
let answer: { status: number; body?: string; headers?: Record<string, string> };

beforeEach(async () => {
  seen = [];
  answer = { status: 200, body: "{}" };
  server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        seen.push({
          request: `${incoming.method} ${incoming.url}`,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString(),
        });
        outgoing.writeHead(answer.status, answer.headers).end(answer.body);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));

const secrets = { KEY: "s3cret" };

describe("posthog, byte by byte as documented", () => {
  const open = (more = {}) =>
    posthog(
      contractOf({
        url: `${url}/batch/`,
        secret: "KEY",
        distinctId: "machine_id",
        add: { $process_person_profile: false },
        ...more,
      }),
      secrets,
    );

  it("sends an anonymous event without a place or an address", async () => {
    const id = "2f9c1e0a-0000-5000-8000-000000000001";
    expect(await open().send([{ ...usage, id }])).toEqual({ kind: "stored" });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ request: "POST /batch/", headers: { "content-type": "application/json" } });
    expect(seen[0]?.body).toBe(
      `{"api_key":"s3cret","batch":[{"event":"usage_rollup","distinct_id":"${machine}","properties":{"machine_id":"${machine}","os":"darwin","ci":false,` +
        `"node_major":22,"kind":"mcp_tool","name":"codegraph_explore","count":12,"$process_person_profile":false,"$geoip_disable":true},` +
        `"timestamp":"2026-06-12T12:00:00.000Z","uuid":"${id}"}]}`,
    );
  });

  it("lets nothing set an address or turn a profile on", async () => {
    const add = { $ip: "192.0.2.1", $process_person_profile: true, $geoip_disable: false, plan: "pro" };
    await open({ add }).send([entry(1, { $ip: "192.0.2.2" })]);
    const { properties } = (JSON.parse(seen[0]?.body ?? "") as { batch: [{ properties: Record<string, unknown> }] })
      .batch[0];
    expect(properties).toEqual({
      machine_id: machine,
      scope: "local",
      number: 1,
      plan: "pro",
      $process_person_profile: false,
      $geoip_disable: true,
    });
  });

  it("ties no two events together where the contract has no identifier", async () => {
    await posthog(contractOf({ url: `${url}/batch/`, secret: "KEY" }), secrets).send([entry(1), entry(2)]);
    const { batch } = JSON.parse(seen[0]?.body ?? "") as { batch: { distinct_id: string }[] };
    expect(batch.map((one) => one.distinct_id)).toEqual([entry(1).id, entry(2).id]);
  });

  it.each<[string, Outcome]>([
    ['{"status":"Ok"}', { kind: "stored" }],
    ['{"status":"Ok","quota_limited":[]}', { kind: "stored" }],
    ['{"status":1,"quota_limited":["events"]}', { kind: "stored", lost: { reason: "quota_limited", entries: 2 } }],
  ])("a 200 with %s", async (body, outcome) => {
    answer = { status: 200, body };
    expect(await open().send([entry(1), entry(2)])).toEqual(outcome);
  });
});

describe("http", () => {
  it("posts a list with a bearer token", async () => {
    expect(
      await http(contractOf({ url: `${url}/in?x=1`, secret: "KEY", add: { source: "edge" } }), secrets).send([
        entry(1),
      ]),
    ).toEqual({ kind: "stored" });
    expect(seen[0]).toMatchObject({
      request: "POST /in?x=1",
      headers: { "content-type": "application/json", authorization: "Bearer s3cret" },
    });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual([{ ...entry(1), fields: { ...entry(1).fields, source: "edge" } }]);
  });

  it("sends no token when there is none", async () => {
    await http(contractOf({ url, secret: "KEY" }), {}).send([entry(1)]);
    expect(seen[0]?.headers).not.toHaveProperty("authorization");
  });
});

describe("postgres through PostgREST", () => {
  it("inserts rows, ignoring those that are there", async () => {
    answer = { status: 201 };
    const sink = postgrest(contractOf({ url: `${url}/rest/v1`, secret: "KEY", table: "docglow_telemetry" }), secrets);
    expect(await sink.send([entry(1)])).toEqual({ kind: "stored" });
    expect(seen[0]).toMatchObject({
      request: "POST /rest/v1/docglow_telemetry?columns=id,event,time,fields,value",
      headers: {
        apikey: "s3cret",
        authorization: "Bearer s3cret",
        prefer: "return=minimal,resolution=ignore-duplicates",
      },
    });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual([entry(1)]);
  });
});

describe("prometheus-import", () => {
  it("writes samples with their time, escaped", async () => {
    const sample = {
      id: "x",
      event: "cozy_nodes_count",
      time: "2026-06-12T12:00:00.000Z",
      fields: { os: 'a"b\\c\nd', kernel: "" },
      value: 3,
    };
    expect(await prometheusImport(contractOf({ url }), {}).send([sample, { ...sample, fields: {}, value: 1 }])).toEqual(
      { kind: "stored" },
    );
    expect(seen[0]?.body).toBe(
      'cozy_nodes_count{os="a\\"b\\\\c\\nd",kernel=""} 3 1781265600000\ncozy_nodes_count 1 1781265600000\n',
    );
  });
});

describe("whatever the backend answers", () => {
  const all: Readonly<Record<string, SinkFactory>> = { http, postgrest, posthog, prometheusImport };
  const cases: [number, Outcome][] = [
    [204, { kind: "stored" }],
    [302, { kind: "refused", reason: "status 302", because: "all" }],
    [400, { kind: "refused", reason: "status 400", because: "one-of-them" }],
    [401, { kind: "refused", reason: "status 401", because: "all" }],
    [413, { kind: "refused", reason: "status 413", because: "one-of-them" }],
    [429, { kind: "retry", reason: "status 429" }],
    [500, { kind: "retry", reason: "status 500" }],
    [503, { kind: "retry", reason: "status 503" }],
  ];
  for (const [name, factory] of Object.entries(all)) {
    it.each(cases)(`${name}: %i`, async (status, outcome) => {
      answer = { status, headers: { location: `${url}/elsewhere` } };
      expect(await factory(contractOf({ url, secret: "KEY" }), secrets).send([entry(1)])).toEqual(outcome);
      expect(seen).toHaveLength(1);
    });

    it(`${name}: nobody there`, async () => {
      const sink = factory(contractOf({ url: "http://127.0.0.1:1", secret: "KEY" }), secrets);
      expect(await sink.send([entry(1)])).toEqual({ kind: "retry", reason: "unreachable" });
    });
  }
});
