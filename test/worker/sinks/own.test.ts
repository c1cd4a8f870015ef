import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/temp-folder.js";
import { until } from "../../support/wait.js";
import { bundleGenerated } from "../hosts/bundle-generated.js";
import { type GeneratedWorker, withSink, writeWorker } from "../hosts/generated-worker.js";
import { startNode } from "../hosts/start-node.js";
import { post, usageBatch } from "../hosts/usage-batch.js";

describe("a sink of one's own", () => {
  let worker: GeneratedWorker;
  let file: string;
  const mine = `// @ts-check
import { appendFileSync } from "node:fs";
/** @type {import("./runtime/sinks/own.js").Send} */
export async function send(entries, env) {
  appendFileSync(String(env.STORE), entries.map((entry) => JSON.stringify(entry) + "\\n").join(""));
  return { kind: "stored" };
}
`;
  const scratch = temporaryFolder("own");
  beforeAll(async () => {
    worker = await writeWorker("spec/events.yaml", (yaml) => withSink(yaml, "own"));
    file = join(worker.folder, "own-sink.js");
    writeFileSync(file, mine);
  });
  afterAll(() => worker.remove());
  const gen = (...args: string[]) =>
    execFileSync(process.execPath, [join(process.cwd(), "dist/plainsight.mjs"), ...args], {
      cwd: join(worker.folder, "../.."),
      encoding: "utf8",
    });

  it("is kept over gen, and no run reports it", () => {
    writeFileSync(
      join(worker.folder, "../../spec/events.yaml"),
      `${readFileSync(join(worker.folder, "../../spec/events.yaml"), "utf8")}\n# changed\n`,
    );
    for (const args of [["gen"], ["gen", "--only", "worker"], ["check"]])
      expect(gen(...args)).not.toContain("own-sink.js");
    expect(readFileSync(file, "utf8")).toBe(mine);
  });

  it("gets what passed, on Node", async () => {
    const store = join(scratch, "store.jsonl");
    const host = await startNode(worker.folder, { STORE: store, TELEMETRY_DATA: join(scratch, "data") });
    const { body, keys } = usageBatch(2);
    expect(await post(host.url, body)).toBe(204);
    expect(await host.kill("SIGTERM")).toBe(0);
    const stored = readFileSync(store, "utf8").trim().split("\n");
    expect(
      stored.map((line) => {
        const { fields } = JSON.parse(line) as { fields: { machine_id: string; count: number } };
        return `${fields.machine_id}/${fields.count}`;
      }),
    ).toEqual(keys);
  });

  it("gets what passed, in workerd; what it throws is tried again", async () => {
    const throwing = `export async function send(entries) {
      const { ok } = await fetch("http://store/", { method: "POST", body: JSON.stringify(entries) });
      if (!ok) throw new Error("down");
      return { kind: "stored" };
    }`;
    writeFileSync(file, throwing);
    const bodies: unknown[][] = [];
    let attempts = 0;
    const { Response: PlatformResponse } = await import("miniflare");
    const platform = new Miniflare({
      modules: true,
      script: await bundleGenerated(worker.folder),
      compatibilityDate: "2026-04-01",
      queueProducers: { QUEUE: "q", DEAD_LETTERS: "dead" },
      queueConsumers: { q: { maxBatchTimeout: 0, maxRetries: 10, retryDelay: 0 } },
      outboundService: (async (request: { text(): Promise<string> }) => {
        attempts += 1;
        if (attempts === 1) return new PlatformResponse("", { status: 500 });
        bodies.push(JSON.parse(await request.text()) as unknown[]);
        return new PlatformResponse("");
      }) as never,
    });
    const { body } = usageBatch(2);
    const headers = { "content-type": "application/json" };
    const answer = await platform.dispatchFetch("https://telemetry.getcodegraph.com/v1/events", {
      method: "POST",
      headers,
      body,
    });
    expect(answer.status).toBe(204);
    await until("both are stored", () => bodies.length > 0);
    expect([attempts, bodies.flat().length]).toEqual([2, 2]);
    await platform.dispose();
    writeFileSync(file, mine);
  });

  it("says what is missing where it isn't there", async () => {
    rmSync(file);
    expect(existsSync(file)).toBe(false);
    await expect(startNode(worker.folder, { TELEMETRY_DATA: join(scratch, "none") })).rejects.toThrow(
      "own-sink.js is not here. DEPLOY.md says what it exports.",
    );
    writeFileSync(file, "export const other = 1;\n");
    await expect(startNode(worker.folder, { TELEMETRY_DATA: join(scratch, "none") })).rejects.toThrow(
      "own-sink.js exports no function named send",
    );
  });
});
