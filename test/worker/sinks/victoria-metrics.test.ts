import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prometheusImport } from "../../../templates/worker/runtime/sinks/prometheus-import.js";
import { hasRealPart } from "../../support/real-part.js";
import { contractOf } from "./entries.js";
import { type Metrics, startMetrics } from "./start-metrics.js";

// Skipped only where Debian's victoria-metrics is not installed.
describe.runIf(hasRealPart("victoria-metrics"))("victoria-metrics, a real one", () => {
  let metrics: Metrics;
  beforeAll(async () => {
    metrics = await startMetrics();
  });
  afterAll(() => metrics?.remove());

  it("stores samples at their own time, and a repeat of them changes no answer", async () => {
    const { url } = metrics;
    const sink = prometheusImport(contractOf({ url: `${url}/api/v1/import/prometheus` }), {});
    const labels = { os: 'Talos "Linux"', kernel: "a\\b\nc" };
    const samples = [
      { id: "1", event: "cozy_nodes_count", time: "2026-06-12T12:00:00.000Z", fields: labels, value: 3 },
      { id: "2", event: "cozy_nodes_count", time: "2026-06-12T12:15:00.000Z", fields: labels, value: 5 },
      { id: "3", event: "cozy_cluster_info", time: "2026-06-12T12:00:00.000Z", fields: {}, value: 1 },
    ];
    expect(await sink.send(samples)).toEqual({ kind: "stored" });
    expect(await sink.send(samples)).toEqual({ kind: "stored" });
    await metrics.flush();
    const ask = async (query: string, time: number) => {
      const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}&time=${time}`);
      return ((await response.json()) as { data: { result: unknown } }).data.result;
    };
    const noon = Date.UTC(2026, 5, 12, 12) / 1000;
    expect(await ask("cozy_nodes_count", noon)).toEqual([
      { metric: { __name__: "cozy_nodes_count", ...labels }, value: [noon, "3"] },
    ]);
    expect(await ask("cozy_nodes_count", noon + 900)).toMatchObject([{ value: [noon + 900, "5"] }]);
    expect(await ask("cozy_cluster_info", noon)).toEqual([
      { metric: { __name__: "cozy_cluster_info" }, value: [noon, "1"] },
    ]);
  });
});
