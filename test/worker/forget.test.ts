import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schemaSql } from "../../generator/targets/worker/schema-sql.js";
import { nodeConnect } from "../../templates/worker/node/stores/connect.js";
import { embeddedSink } from "../../templates/worker/node/stores/embedded.js";
import { jsonLines } from "../../templates/worker/node/stores/json-lines.js";
import { consume } from "../../templates/worker/runtime/sinks/consume.js";
import { forgetStored as forgetBehindQueue } from "../../templates/worker/runtime/sinks/forget-stored.js";
import { postgresOver } from "../../templates/worker/runtime/sinks/postgres.js";
import { posthog } from "../../templates/worker/runtime/sinks/posthog.js";
import { prometheusImport } from "../../templates/worker/runtime/sinks/prometheus-import.js";
import type { QueueBatch } from "../../templates/worker/runtime/sinks/queue.js";
import type { Outcome, Sink, SinkFactory, Who } from "../../templates/worker/runtime/sinks/sink.js";
import { hasRealPart } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";
import { ask, json } from "./collecting-host.js";
import { generateWorker, modelOf } from "./generated-worker.js";
import { bundleGenerated } from "./hosts/bundle-generated.js";
import { withSink, writeWorker } from "./hosts/generated-worker.js";
import { startNode } from "./hosts/start-node.js";
import { usageBatch } from "./hosts/usage-batch.js";
import { contractOf, entry, machine } from "./sinks/entries.js";
import { startMetrics } from "./sinks/start-metrics.js";
import { startPostgres } from "./sinks/start-postgres.js";

const yaml = readFileSync("spec/events.yaml", "utf8")
  .replace("  state_file:\n", "    forget: { run: codegraph telemetry forget }\n  state_file:\n")
  .replace(
    /^destination:\n/m,
    "destination:\n  override: { order: [{ env: TEST_ENDPOINT }], https_only: true, http_allowed_for: [127.0.0.1] }\n",
  );
const model = modelOf(yaml);
const generated = await generateWorker(model);
afterAll(generated.remove);
const { contract } = generated;
const other = "11111111-2222-4333-8444-555555555555";

describe("the route", () => {
  const asked = async (body: unknown, more = {}, init: RequestInit = {}) => {
    const seen: Who[] = [];
    const forget = async (who: Who) => seen.push(who) > 0;
    const answer = await ask(contract, "/v1/forget", { ...json(body), ...init }, { forget, ...more });
    return { ...answer, seen };
  };

  it("deletes by the random identifier, gives a receipt, and counts no more than that", async () => {
    const { status, text, counted, seen } = await asked({ machine_id: machine });
    expect([status, seen, counted]).toEqual([200, [{ name: "machine_id", value: machine }], { forgotten: 1 }]);
    expect(JSON.parse(text)).toEqual({
      forgotten: ["machine_id"],
      product: "codegraph",
      at: "2026-06-13T08:00:00.000Z",
      receipt: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(text).not.toContain(machine);
  });

  it.each<[string, unknown, RequestInit, number]>([
    ["another identifier", { user: machine }, {}, 400],
    ["what every object inherits", { toString: machine }, {}, 400],
    ["an identifier in another form", { machine_id: "%" }, {}, 400],
    ["two", { machine_id: machine, os: "linux" }, {}, 400],
    ["none", {}, {}, 400],
    ["a list", [machine], {}, 400],
    ["no JSON", "{", {}, 400],
    ["more than an identifier", JSON.stringify({ machine_id: machine }).padEnd(1001), {}, 413],
    ["a form", { machine_id: machine }, { headers: { "content-type": "text/plain" } }, 415],
    ["a page", { machine_id: machine }, { headers: { "content-type": "application/json", origin: "https://x" } }, 403],
    ["GET", undefined, { method: "GET", body: null }, 404],
  ])("refuses %s", async (_, body, init, status) => {
    const answer = await asked(body, {}, init);
    expect([answer.status, answer.seen]).toEqual([status, []]);
  });

  it("is limited apart from the events of the same machine, and says when the store can't", async () => {
    const keys: string[] = [];
    const limited = (_: string, key: string) => keys.push(key) > 2;
    expect((await asked({ machine_id: machine }, { limited })).status).toBe(200);
    expect(keys).toEqual([`forget ${machine}`, "all"]);
    expect((await asked({ machine_id: machine }, { limited })).status).toBe(429);
    expect((await asked({ machine_id: machine }, { forget: async () => false })).status).toBe(503);
  });

  it("isn't there where the contract has no such command", async () => {
    const { forget: _, ...without } = contract;
    expect((await ask(without, "/v1/forget", json({ machine_id: machine }))).status).toBe(404);
  });
});

describe("the stores really delete, one machine and nobody else", () => {
  const all = [entry(1), entry(2, { number: -1 }), entry(3, { machine_id: other })];
  const who = { name: "machine_id", value: machine };
  const forgetIn = async (sink: Sink) => {
    expect(await sink.send(all)).toEqual({ kind: "stored" });
    expect(await sink.forget?.(who)).toEqual({ kind: "stored" });
  };

  it("D1, by the generated worker, and once more when what still waited is there", async () => {
    const worker = await generateWorker(modelOf(withSink(yaml, "d1")), { withRuntime: true });
    const platform = new Miniflare({
      modules: true,
      script: await bundleGenerated(join(worker.folder, "worker")),
      compatibilityDate: "2026-04-01",
      d1Databases: ["DB"],
    });
    worker.remove();
    const post = (path: string, body: string) =>
      platform.dispatchFetch(`https://telemetry.getcodegraph.com${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
    for (const one of [machine, other]) expect((await post("/v1/events", usageBatch(2, one).body)).status).toBe(204);
    const database = await platform.getD1Database("DB");
    const rows = async () =>
      (await database.prepare("SELECT fields ->> '$.machine_id' AS machine FROM codegraph_telemetry").all()).results;
    await until("four rows", async () => (await rows().catch(() => [])).length === 4);
    const answer = await post("/v1/forget", JSON.stringify({ machine_id: machine }));
    expect(answer.status).toBe(200);
    expect(await rows()).toEqual([{ machine: other }, { machine: other }]);
    await platform.dispose();
  });

  it("JSON lines", async () => {
    const file = join(temporaryFolder("forget"), "events.jsonl");
    await forgetIn(embeddedSink(jsonLines(file, contractOf({}))));
    const left = readFileSync(file, "utf8").trim().split("\n");
    expect(left.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([entry(3).id]);
  });

  it.runIf(hasRealPart("an older or newer Node"))("SQLite on Node", async () => {
    const node = [process.execPath, ...(process.env["PLAINSIGHT_NODES"] ?? "").split(delimiter)].find((one) => {
      try {
        execFileSync(one, ["-e", 'require("node:sqlite")'], { stdio: "ignore" });
        return one !== "";
      } catch {
        return false;
      }
    });
    expect(node).toBeDefined();
    const worker = await writeWorker("spec/events.yaml", () => withSink(yaml, "sqlite"));
    const data = temporaryFolder("forget");
    const host = await startNode(worker.folder, { TELEMETRY_DATA: data }, [], { node: node ?? "" });
    const post = (path: string, body: string) =>
      fetch(host.url + path, { method: "POST", headers: { "content-type": "application/json" }, body });
    for (const one of [machine, other]) expect((await post("/v1/events", usageBatch(2, one).body)).status).toBe(204);
    expect((await post("/v1/forget", JSON.stringify({ machine_id: machine }))).status).toBe(200);
    expect(await host.kill("SIGTERM")).toBe(0);
    const sql = `const { DatabaseSync } = require("node:sqlite");
      console.log(JSON.stringify(new DatabaseSync(${JSON.stringify(join(data, "events.db"))})
        .prepare("SELECT DISTINCT fields ->> '$.machine_id' AS m FROM codegraph_telemetry").all()));`;
    expect(JSON.parse(execFileSync(node ?? "", ["--no-warnings", "-e", sql], { encoding: "utf8" }))).toEqual([
      { m: other },
    ]);
    worker.remove();
  });

  it.runIf(hasRealPart("postgres"))("Postgres, by a role that can neither read nor delete", async () => {
    const server = await startPostgres();
    server.run(schemaSql(model, "postgres"));
    server.run(`ALTER ROLE codegraph_telemetry_ingest PASSWORD 'p'`);
    const secret = `postgres://codegraph_telemetry_ingest:p@127.0.0.1:${server.port}/postgres?sslmode=disable`;
    await forgetIn(
      postgresOver(nodeConnect({}))(contractOf({ secret: "DATABASE", table: "codegraph_telemetry" }), {
        DATABASE: secret,
      }),
    );
    expect(server.query("SELECT id FROM codegraph_telemetry")).toEqual([{ id: entry(3).id }]);
    await server.remove();
  });

  it.runIf(hasRealPart("victoria-metrics"))("VictoriaMetrics", async () => {
    const metrics = await startMetrics();
    const sink = prometheusImport(contractOf({ url: `${metrics.url}/api/v1/import/prometheus` }), {});
    expect(await sink.send(all)).toEqual({ kind: "stored" });
    await metrics.flush();
    expect(await sink.forget?.(who)).toEqual({ kind: "stored" });
    const found = await (await fetch(`${metrics.url}/api/v1/export?match[]=install`)).text();
    expect([found.includes(other), found.includes(machine)]).toEqual([true, false]);
    await metrics.remove();
  });

  it("PostHog, by its documented request; without its key the receiver says that it can't", async () => {
    const seen: unknown[] = [];
    const server = createServer((incoming, outgoing) => {
      let body = "";
      incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      incoming.on("end", () => {
        seen.push([incoming.method, incoming.url, incoming.headers.authorization, JSON.parse(body)]);
        outgoing.writeHead(202).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/batch/`;
    const open = (env: object) => posthog(contractOf({ url, distinctId: "machine_id" }), { ...env });
    const env = { POSTHOG_PROJECT: "17", POSTHOG_PERSONAL_KEY: "phx" };
    expect(await open(env).forget?.(who)).toEqual({ kind: "stored" });
    expect(seen).toEqual([
      ["POST", "/api/projects/17/persons/bulk_delete/", "Bearer phx", { distinct_ids: [machine], delete_events: true }],
    ]);
    expect(await open({}).forget?.(who)).toMatchObject({ kind: "retry" });
    expect(await open(env).forget?.({ name: "user", value: machine })).toMatchObject({ kind: "retry" });
    server.close().closeAllConnections();
  });
});

it("behind a queue, is asked for once more when what waited has been stored, until the store has done it", async () => {
  const who = { name: "machine_id", value: machine };
  const sent: unknown[] = [];
  const env = { QUEUE: { send: async (...message: unknown[]) => sent.push(message) } };
  const asked: Who[] = [];
  const outcomes: Outcome[] = [{ kind: "stored" }, { kind: "retry", reason: "down" }, { kind: "stored" }];
  const factory: SinkFactory = () => ({
    send: async () => ({ kind: "stored" }),
    forget: async (one) => {
      asked.push(one);
      return outcomes.shift() ?? { kind: "stored" };
    },
  });
  expect(await forgetBehindQueue(who, contract, factory, env)).toBe(true);
  expect(sent).toEqual([[{ forget: who }, { delaySeconds: 3600 }]]);
  const settled: string[] = [];
  const message = (body: QueueBatch["messages"][number]["body"]) => ({
    body,
    attempts: 1,
    ack: () => settled.push("ack"),
    retry: () => settled.push("retry"),
  });
  const batch = { messages: [message({ forget: who }), message([entry(1)])] };
  for (const _ of [1, 2]) await consume(batch, contract, factory, env, () => {});
  expect([settled, asked.length]).toEqual([["retry", "ack", "ack", "ack"], 3]);
  const without: SinkFactory = () => ({ send: async () => ({ kind: "stored" }) });
  expect(await forgetBehindQueue(who, contract, without, env)).toBe(false);
});

describe("a person's own command, against the Node host", () => {
  const folder = temporaryFolder("forget-client");
  let host: Awaited<ReturnType<typeof startNode>>;
  const data = join(folder, "data");
  beforeAll(async () => {
    const worker = await writeWorker("spec/events.yaml", () => withSink(yaml, "sqlite"));
    host = await startNode(worker.folder, { TELEMETRY_DATA: data });
    const { mkdirSync } = await import("node:fs");
    mkdirSync(join(folder, "spec"));
    writeFileSync(join(folder, "spec/events.yaml"), withSink(yaml, "sqlite"));
    execFileSync(
      process.execPath,
      [join(process.cwd(), "dist/plainsight.mjs"), "gen", "--only", "client", "--language", "js"],
      {
        cwd: folder,
      },
    );
    writeFileSync(join(folder, "package.json"), '{"type":"module","version":"1.2.3"}');
    writeFileSync(
      join(folder, "program.mjs"),
      `import { telemetryCommand } from "./generated/client/command.js";
       import { setup } from "./generated/client/telemetry.js";
       setup({ version: "1.2.3" });
       process.exitCode = await telemetryCommand(process.argv.slice(2));`,
    );
  });
  afterAll(() => host?.kill("SIGKILL"));

  const run = (env: Readonly<Record<string, string>>, ...args: string[]) =>
    new Promise<{ code: number | null; out: string }>((resolve) => {
      const child = spawn(process.execPath, ["program.mjs", ...args], {
        cwd: folder,
        env: {
          PATH: process.env["PATH"] ?? "",
          HOME: folder,
          TEST_ENDPOINT: `${host.url}/v1/events`,
          ...env,
        },
      });
      let out = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (out += chunk.toString()));
      child.on("close", (code) => resolve({ code, out }));
    });
  const state = join(folder, ".codegraph/telemetry.json");
  const idNow = () => (JSON.parse(readFileSync(state, "utf8")) as { machine_id?: string }).machine_id;
  const stored = () =>
    readdirSync(data)
      .filter((name) => name === "events.jsonl")
      .flatMap((name) => readFileSync(join(data, name), "utf8").trim().split("\n"))
      .filter((line) => line !== "");

  it("deletes there, deletes here, and makes another identifier; without a confirmation nothing changes", async () => {
    expect((await run({}, "on")).code).toBe(0);
    // As its first send would have made it.
    const mine = "22222222-3333-4444-8555-666666666666";
    writeFileSync(state, JSON.stringify({ ...JSON.parse(readFileSync(state, "utf8")), machine_id: mine }));
    for (const one of [mine, other]) {
      const { body } = usageBatch(2, one);
      const headers = { "content-type": "application/json" };
      expect((await fetch(`${host.url}/v1/events`, { method: "POST", headers, body })).status).toBe(204);
    }
    await until("all is stored", () => stored().length === 4);

    const down = await run({ TEST_ENDPOINT: "http://127.0.0.1:1/v1/events" }, "forget");
    expect([down.code, idNow()]).toEqual([1, mine]);
    expect(down.out).toContain("The receiver did not confirm (no answer). Nothing was changed here; try again later.");

    const { code, out } = await run({}, "forget");
    expect([code, out]).toEqual([
      0,
      expect.stringContaining(`Deleted: everything that was stored under machine_id ${mine}`),
    ]);
    expect(stored().map((line) => (JSON.parse(line) as { fields: { machine_id: string } }).fields.machine_id)).toEqual([
      other,
      other,
    ]);
    expect(idNow()).toMatch(/^[0-9a-f-]{36}$/);
    expect(idNow()).not.toBe(mine);
    expect(host.output()).not.toContain(mine);
  });
});
