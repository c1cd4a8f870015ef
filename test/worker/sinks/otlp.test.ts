import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { otlp } from "../../../templates/worker/runtime/sinks/otlp.js";
import type { Outcome } from "../../../templates/worker/runtime/sinks/sink.js";
import { contractOf, usage } from "./entries.js";

let url: string;
let seen: { path: string; type: string | undefined; authorization: string | undefined; body: string }[];
let answer: { status: number; body: string };
let server: ReturnType<typeof createServer>;

beforeEach(async () => {
  seen = [];
  answer = { status: 200, body: "{}" };
  server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    incoming.on("end", () => {
      const { authorization, "content-type": type } = incoming.headers;
      seen.push({ path: incoming.url ?? "", type, authorization, body });
      outgoing.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => server.close().closeAllConnections());

const open = (more = {}) => otlp(contractOf({ url, secret: "KEY", service: "codegraph", ...more }), { KEY: "token" });
const id = "00000000-0000-4000-8000-000000000001";

it("an event is a log record, byte by byte in the protocol's JSON form", async () => {
  const fields = { text: "ü", count: 12, share: 0.5, ci: false, none: null, list: ["a", 1], inner: { deep: true } };
  expect(await open({ add: { source: "edge" } }).send([{ ...usage, id, fields }])).toEqual({ kind: "stored" });
  expect(seen).toEqual([
    {
      path: "/v1/logs",
      type: "application/json",
      authorization: "Bearer token",
      body:
        '{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"codegraph"}}]},' +
        '"scopeLogs":[{"scope":{"name":"plainsight"},"logRecords":[{"timeUnixNano":"1781265600000000000",' +
        '"severityNumber":9,"severityText":"INFO","body":{"stringValue":"usage_rollup"},"attributes":[' +
        '{"key":"text","value":{"stringValue":"ü"}},{"key":"count","value":{"intValue":"12"}},' +
        '{"key":"share","value":{"doubleValue":0.5}},{"key":"ci","value":{"boolValue":false}},' +
        '{"key":"none","value":{}},' +
        '{"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":"1"}]}}},' +
        '{"key":"inner","value":{"kvlistValue":{"values":[{"key":"deep","value":{"boolValue":true}}]}}},' +
        '{"key":"source","value":{"stringValue":"edge"}},' +
        `{"key":"log.record.uid","value":{"stringValue":"${id}"}}],"eventName":"usage_rollup"}]}]}]}`,
    },
  ]);
});

it("a metric's samples are points of one gauge", async () => {
  const time = "2026-06-12T12:00:00.123Z";
  const sample = { id, event: "nodes", time, fields: { os: "linux" }, value: 3 };
  const entries = [sample, { ...sample, fields: { os: "talos" }, value: 1.5 }];
  expect(await open().send(entries)).toEqual({ kind: "stored" });
  expect(seen[0]?.path).toBe("/v1/metrics");
  expect(seen[0]?.body).toBe(
    '{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"codegraph"}}]},' +
      '"scopeMetrics":[{"scope":{"name":"plainsight"},"metrics":[{"name":"nodes","gauge":{"dataPoints":[' +
      '{"attributes":[{"key":"os","value":{"stringValue":"linux"}}],"timeUnixNano":"1781265600123000000","asDouble":3},' +
      '{"attributes":[{"key":"os","value":{"stringValue":"talos"}}],"timeUnixNano":"1781265600123000000","asDouble":1.5}' +
      "]}}]}]}]}",
  );
});

it.each<[number, string, Outcome]>([
  [200, '{"partialSuccess":{}}', { kind: "stored" }],
  [
    200,
    '{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"x"}}',
    { kind: "stored", lost: { reason: "rejected", entries: 2 } },
  ],
  [400, "", { kind: "refused", reason: "status 400", because: "one-of-them" }],
  [401, "", { kind: "refused", reason: "status 401", because: "all" }],
  [429, "", { kind: "retry", reason: "status 429" }],
  [500, "", { kind: "refused", reason: "status 500", because: "all" }],
  [503, "", { kind: "retry", reason: "status 503" }],
])("answers as the protocol says: %i %s", async (status, body, outcome) => {
  answer = { status, body };
  expect(await open().send([{ ...usage, id }])).toEqual(outcome);
});
