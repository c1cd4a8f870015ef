import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { promql } from "../../../generator/targets/dashboards/promql.js";
import { resolveQueries } from "../../../generator/targets/dashboards/queries.js";
import { hasRealPart } from "../../support/real-part.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { freePort } from "../../worker/sinks/start-postgres.js";
import { contract } from "../five.js";

const binary = "/usr/bin/victoria-metrics";
const model = contract("cozystack");

/** Two reports, a quarter of an hour apart; the second has other counts. */
const reported = (minute: number, etcd: number) => `
cozy_cluster_info{cozystack_version="v0.22.0",kubernetes_version="v1.31.4",bundle_name="paas-full"} 1 ${at(minute)}
cozy_nodes_count{os="linux (Talos (v1.8.4))",kernel="6.6.64-talos"} 3 ${at(minute)}
cozy_nodes_count{os="linux (Talos (v1.9.0))",kernel="6.6.64-talos"} 2 ${at(minute)}
cozy_workloads_count{uid="a",kind="etcd",type="etcd",version="2.4.0"} ${etcd} ${at(minute)}
cozy_workloads_count{uid="b",kind="etcd",type="etcd",version="2.4.0"} 1 ${at(minute)}
cozy_workloads_count{uid="c",kind="kafka",type="zookeeper",version="3.0.0"} 5 ${at(minute)}
`;
const at = (minute: number) => Date.UTC(2026, 5, 12, 12, minute);

describe.runIf(hasRealPart("victoria-metrics"))("victoria-metrics, a real one", () => {
  const folder = temporaryFolder("panels");
  let server: ChildProcess;
  let url = "";
  beforeAll(async () => {
    const address = `127.0.0.1:${await freePort()}`;
    url = `http://${address}`;
    const options = ["-search.latencyOffset=0s", "-retentionPeriod=100y"];
    server = spawn(binary, [`-storageDataPath=${folder}`, `-httpListenAddr=${address}`, ...options], {
      stdio: "ignore",
    });
    for (let attempt = 0; attempt < 100 && !(await isUp(url)); attempt += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const body = reported(0, 3) + reported(15, 7);
    await fetch(`${url}/api/v1/import/prometheus`, { method: "POST", body });
    await (await fetch(`${url}/internal/force_flush`)).text();
  });
  afterAll(async () => {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });

  it("answers every panel, with the last report's values", async () => {
    const answers = new Map<string, Record<string, string>>();
    for (const query of resolveQueries(model)) {
      const expression = encodeURIComponent(promql(query, 900_000));
      // Ten minutes after the last report, longer than Prometheus would look back by itself.
      const response = await fetch(`${url}/api/v1/query?query=${expression}&time=${at(25) / 1000}`);
      const { status, data } = (await response.json()) as {
        status: string;
        data: { result: { metric: Record<string, string>; value: [number, string] }[] };
      };
      expect(status, query.title).toBe("success");
      const rows = data.result.map(({ metric, value }) => [Object.values(metric).join(" / "), value[1]]);
      answers.set(query.title, Object.fromEntries(rows) as Record<string, string>);
    }
    expect(Object.fromEntries([...answers].filter(([title]) => /workloads|nodes/.test(title)))).toEqual({
      cozy_nodes_count: { "": "5" },
      "cozy_nodes_count by os": { "linux (Talos (v1.8.4))": "3", "linux (Talos (v1.9.0))": "2" },
      "cozy_nodes_count by kernel": { "6.6.64-talos": "5" },
      cozy_workloads_count: { "": "13" },
      "cozy_workloads_count by kind": { etcd: "8", kafka: "5" },
      "cozy_workloads_count by type": { etcd: "8", zookeeper: "5" },
      "cozy_workloads_count by version": { "2.4.0": "8", "3.0.0": "5" },
    });
    expect(answers.get("cozy_cluster_info by bundle_name")).toEqual({ "paas-full": "1" });
  });

  it("counts different identifiers", async () => {
    const [query] = resolveQueries({
      ...model,
      queries: [
        {
          ...model.metrics[0],
          title: "w",
          of: "cozy_workloads_count",
          measure: { kind: "distinct", field: "uid" },
          by: ["kind"],
        } as never,
      ],
    });
    if (query === undefined) throw new Error("no query");
    const expression = encodeURIComponent(promql(query, 900_000));
    const response = await fetch(`${url}/api/v1/query?query=${expression}&time=${at(15) / 1000}`);
    const { data } = (await response.json()) as { data: { result: { metric: unknown; value: [number, string] }[] } };
    expect(data.result.map(({ metric, value }) => [metric, value[1]])).toEqual([
      [{ kind: "etcd" }, "2"],
      [{ kind: "kafka" }, "1"],
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
