import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prometheusImport } from "../../../templates/worker/runtime/sinks/prometheus-import.js";
import { contractOf } from "./entries.js";
import { freePort } from "./start-postgres.js";

const binary = "/usr/bin/victoria-metrics";

// Skipped only where Debian's victoria-metrics is not installed.
describe.skipIf(!existsSync(binary))("victoria-metrics, a real one", () => {
  const folder = mkdtempSync(join(tmpdir(), "plainsight-metrics-"));
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const address = `127.0.0.1:${await freePort()}`;
    url = `http://${address}`;
    server = spawn(
      binary,
      [`-storageDataPath=${folder}`, `-httpListenAddr=${address}`, "-search.latencyOffset=0s", "-retentionPeriod=100y"],
      { stdio: "ignore" },
    );
    for (let attempt = 0; attempt < 100 && !(await isUp(url)); attempt += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
  });
  afterAll(async () => {
    if (server.exitCode === null) {
      const gone = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGKILL");
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it("stores samples at their own time, and a repeat of them changes no answer", async () => {
    const sink = prometheusImport(contractOf({ url: `${url}/api/v1/import/prometheus` }), {});
    const labels = { os: 'Talos "Linux"', kernel: "a\\b\nc" };
    const samples = [
      { id: "1", event: "cozy_nodes_count", time: "2026-06-12T12:00:00.000Z", fields: labels, value: 3 },
      { id: "2", event: "cozy_nodes_count", time: "2026-06-12T12:15:00.000Z", fields: labels, value: 5 },
      { id: "3", event: "cozy_cluster_info", time: "2026-06-12T12:00:00.000Z", fields: {}, value: 1 },
    ];
    expect(await sink.send(samples)).toEqual({ kind: "stored" });
    expect(await sink.send(samples)).toEqual({ kind: "stored" });
    await (await fetch(`${url}/internal/force_flush`)).text();
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

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}
