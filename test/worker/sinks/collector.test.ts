import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { otlp } from "../../../templates/worker/runtime/sinks/otlp.js";
import { isThere } from "../../support/real-part.js";
import { until } from "../../support/wait.js";
import { contractOf, usage } from "./entries.js";
import { type Collector, hasCollector, startCollector } from "./start-collector.js";

const id = "00000000-0000-4000-8000-000000000001";

// `otlp.test.ts` has the bytes; this is whether OpenTelemetry's own receiver reads them as they are meant.
describe.runIf(isThere("an OpenTelemetry Collector", hasCollector))("otlp, a real collector", () => {
  let collector: Collector;
  beforeAll(async () => {
    collector = await startCollector();
  });
  afterAll(() => collector?.remove());

  const sink = () => otlp(contractOf({ url: collector.url, service: "codegraph", add: { source: "edge" } }), {});

  it("reads an event as a log record with all its fields", async () => {
    const fields = { text: "ü😀", count: 12, share: 0.5, ci: false, none: null, list: ["a", 1], inner: { deep: true } };
    const entries = [
      { ...usage, id, fields },
      { ...usage, id, event: "last_one" },
    ];
    expect(await sink().send(entries)).toEqual({ kind: "stored" });
    await until("the collector prints it", () => collector.said().includes("EventName: last_one"));
    for (const line of [
      "-> service.name: Str(codegraph)",
      "InstrumentationScope plainsight",
      "Timestamp: 2026-06-12 12:00:00 +0000 UTC",
      "SeverityNumber: Info(9)",
      "EventName: usage_rollup",
      "Body: Str(usage_rollup)",
      "-> text: Str(ü😀)",
      "-> count: Int(12)",
      "-> share: Double(0.5)",
      "-> ci: Bool(false)",
      "-> none: Empty()",
      '-> list: Slice(["a",1])',
      '-> inner: Map({"deep":true})',
      "-> source: Str(edge)",
      `-> log.record.uid: Str(${id})`,
    ])
      expect(collector.said()).toContain(line);
  });

  it("reads a metric's samples as points of one gauge", async () => {
    const sample = { id, event: "nodes", time: "2026-06-12T12:00:00.123Z", fields: { os: "linux" }, value: 3 };
    expect(await sink().send([sample, { ...sample, fields: { os: "talos" }, value: 1.5 }])).toEqual({ kind: "stored" });
    await until("the collector prints it", () => collector.said().includes("Value: 1.500000"));
    for (const line of [
      "-> Name: nodes",
      "-> DataType: Gauge",
      "-> os: Str(talos)",
      "Value: 3.000000",
      "12:00:00.123 +0000 UTC",
    ])
      expect(collector.said()).toContain(line);
  });
});
