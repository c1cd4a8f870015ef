import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { client as cocoindexClient } from "../../generated/systems/cocoindex/client/client.js";
// What sends is loaded before it is first needed: how long a busy machine takes for that is no finding.
import "../../generated/systems/cocoindex/client/later.js";
import * as cocoindex from "../../generated/systems/cocoindex/client/telemetry.js";
import { client as cozystackClient } from "../../generated/systems/cozystack/client/client.js";
import * as samples from "../../generated/systems/cozystack/client/samples.js";
import "../../generated/systems/cozystack/client/later.js";
import * as cozystack from "../../generated/systems/cozystack/client/telemetry.js";
import { client as docglowClient } from "../../generated/systems/docglow/client/client.js";
import "../../generated/systems/docglow/client/later.js";
import * as docglow from "../../generated/systems/docglow/client/telemetry.js";
import { client as jinaClient } from "../../generated/systems/jina/client/client.js";
import "../../generated/systems/jina/client/later.js";
import * as jina from "../../generated/systems/jina/client/telemetry.js";
import type { Client, Memory } from "../../templates/client/runtime/client.js";
import type { Host, SendRequest } from "../../templates/client/runtime/host/host.js";
import { endpoint } from "./endpoint.js";
import { jinaFacts } from "./jina-facts.js";
import { program, run, temporary } from "./program.js";

/** A request's answer, or how it fails. */
type Answer = number | "refused" | "never";

interface World {
  readonly requests: SendRequest[];
  readonly logged: string[];
  readonly printed: string[];
  readonly host: Partial<Host>;
}

function world(answer: Answer = 204, own: Partial<Host> = {}): World {
  const requests: SendRequest[] = [];
  const logged: string[] = [];
  const printed: string[] = [];
  const send = (request: SendRequest): Promise<number> => {
    requests.push(request);
    if (answer === "refused") return Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
    request.handedOver?.();
    return answer === "never" ? new Promise(() => undefined) : Promise.resolve(answer);
  };
  const host = {
    env: {},
    home: temporary(),
    now: Date.now,
    send,
    write: (_: string, line: string) => void printed.push(line),
    log: (level: string) => void logged.push(level),
    ...own,
  };
  return { requests, logged, printed, host };
}

/** The modules live as long as this process; each test begins as a process of its own would. */
const fresh = new Map<Client, Memory>(
  [cocoindexClient, cozystackClient, docglowClient, jinaClient].map((client) => [
    client,
    structuredClone(client.memory),
  ]),
);
const unset = { decision: undefined, identifiers: undefined, once: undefined, sending: undefined };
beforeEach(() => {
  for (const [client, memory] of fresh) Object.assign(client.memory, structuredClone(memory), unset);
});
afterEach(() => vi.useRealTimers());

const names = (system: string) =>
  (
    JSON.parse(readFileSync(join(import.meta.dirname, `../conformance/fixtures/${system}/behaviour.json`), "utf8")) as {
      cases: { name: string }[];
    }
  ).cases.map(({ name }) => name);

const parsed = ({ requests }: World) => requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);

describe("cocoindex", () => {
  const start = (own: World) =>
    cocoindex.setup({
      package: "python",
      platform: "aarch64-macos",
      lang: "python3.11",
      version: "1.0.0a1",
      host: own.host,
    });

  it("init once per process", async () => {
    const own = world();
    start(own);
    for (let i = 0; i < 3; i++) cocoindex.init();
    await cocoindex.flush();
    expect(parsed(own).map(({ event }) => event)).toEqual(["init"]);
  });

  it("every update is an event", async () => {
    const own = world();
    start(own);
    for (const emit of [cocoindex.appCreate, cocoindex.appUpdate, cocoindex.appUpdate, cocoindex.appDrop]) emit();
    await cocoindex.flush();
    expect(parsed(own).map(({ event }) => event)).toEqual(["app_create", "app_update", "app_update", "app_drop"]);
  });

  it("body has exactly three keys", async () => {
    const own = world();
    start(own);
    cocoindex.appUpdate();
    await cocoindex.flush();
    expect(Object.keys(parsed(own)[0] ?? {}).sort()).toEqual(["event", "lang", "platform"]);
    expect(own.requests[0]?.url).toBe("https://cocoindex.gateway.scarf.sh/python-1.0.0a1");
  });

  it("hung gateway", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const own = world("never");
    const timeout = vi.spyOn(AbortSignal, "timeout");
    start(own);
    cocoindex.appUpdate();
    expect(own.requests).toEqual([]);
    expect(timeout.mock.calls).toEqual([[5000]]);
    timeout.mockRestore();
  });

  it.each([
    ["failure is one INFO line", "refused"],
    ["HTTP 500 is a failure", 500],
  ] as const)("%s", async (_, answer) => {
    const own = world(answer);
    start(own);
    cocoindex.appUpdate();
    await cocoindex.flush();
    expect([own.logged, own.requests.length]).toEqual([["info"], 1]);
  });

  it("nothing is constructed when off", async () => {
    const own = world(204, { env: { COCOINDEX_DISABLE_USAGE_TRACKING: "1" } });
    start(own);
    cocoindex.init();
    cocoindex.appCreate();
    expect(cocoindexClient.memory.sending?.size ?? 0).toBe(0);
    await cocoindex.flush();
    expect(own.requests).toEqual([]);
  });

  it("reads its switch once, when the program starts", async () => {
    const source = `import "./generated/systems/cocoindex/client/telemetry.js";
      process.env.COCOINDEX_DISABLE_USAGE_TRACKING = process.argv[2];
      import { client } from "./generated/systems/cocoindex/client/client.js";
      import { consent } from "./generated/systems/cocoindex/client/runtime/consent.js";
      console.log(JSON.stringify(consent(client)));`;
    const file = await program(source);
    const set = await run(file, { home: temporary(), args: ["0"], env: { COCOINDEX_DISABLE_USAGE_TRACKING: "1" } });
    const unset = await run(file, { home: temporary(), args: ["1"] });
    expect([set, unset].map(({ stdout }) => (JSON.parse(stdout) as { enabled: boolean }).enabled)).toEqual([
      false,
      true,
    ]);
  });

  it("debug build contains no telemetry", async () => {
    const source =
      'import * as telemetry from "./generated/systems/cocoindex/client/telemetry.js"; telemetry.appUpdate(); telemetry.init(); console.log("app");';
    const file = await program(source, { COCOINDEX_BUILD: '"debug"' });
    const text = readFileSync(file, "utf8");
    for (const word of ["scarf.sh", "app_update", "node:"]) expect(text).not.toContain(word);
    expect((await run(file, { home: temporary() })).stdout).toBe("app\n");
  });

  it("has a test for every case of the table", () => expect(names("cocoindex")).toHaveLength(8));
});

describe("cozystack", () => {
  // Loaded before, what sends doesn't take longer than `settle` waits, however busy the machine.
  beforeAll(() => cozystackClient.parts.later?.());
  const on = { config: () => ({ "telemetry-enabled": "true" }) };
  const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000);
  const collect = (counted: { calls: number }) => () => {
    counted.calls++;
    cozystack.cozyTenantsCount(2);
  };

  async function reports(answer: Answer, own: Partial<Host> = on): Promise<{ calls: number; requests: number }> {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const around = world(answer, own);
    cozystack.setup({ host: around.host });
    const counted = { calls: 0 };
    const running = cozystack.startReports(collect(counted));
    for (let i = 0; i < 3; i++) {
      await settle();
      await minutes(15);
    }
    await settle();
    running.stop();
    return { calls: counted.calls, requests: around.requests.length };
  }

  /** Until what is under way has arrived. */
  const settle = async () => {
    while (cozystackClient.memory.sending?.size) await Promise.all(cozystackClient.memory.sending);
    await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it("reports periodically", async () => expect((await reports(200)).requests).toBeGreaterThanOrEqual(3));
  it("first report at start", async () => {
    const around = world(200, on);
    cozystack.setup({ host: around.host });
    await cozystack.reportOnce(() => {
      cozystack.cozyTenantsCount(2);
      cozystack.cozyTenantsCount(3);
      cozystack.cozyNodesCount({ os: "linux (Talos (v1.8.4))", kernel: "6.6.64-talos" }, 3);
      cozystack.cozyNodesCount({ os: "linux", kernel: "6.6" }, 1.5);
    });
    expect(around.requests.map(({ body }) => body)).toEqual([
      'cozy_tenants_count 3\ncozy_nodes_count{os="linux (Talos (v1.8.4))",kernel="6.6.64-talos"} 3\n',
    ]);
    expect(around.requests[0]?.headers["content-type"]).toBe("text/plain");
  });
  it("off collects nothing", async () => {
    expect(await reports(200, { config: () => ({ "telemetry-enabled": "false" }) })).toEqual({ calls: 0, requests: 0 });
  });
  it("failed send does not stop the loop", async () => expect((await reports(500)).requests).toBeGreaterThanOrEqual(3));
  it("label values are escaped", () => {
    const line = samples.cozyNodesCount({ os: 'a"\\\nb', kernel: "6" }, 1);
    expect(line).toBeUndefined();
  });
  it("a collector that throws is not the program's concern", async () => {
    cozystack.setup({ host: world(200, on).host });
    await cozystack.reportOnce(() => {
      throw new Error("no cluster");
    });
  });
  it("has a test for every case of the table", () => expect(names("cozystack")).toHaveLength(5));
});

describe("docglow", () => {
  const start = (own: World) =>
    docglow.setup({ platform: "linux", pythonVersion: "3.12.2", version: "0.7.4", host: own.host });
  const shape = { models: 1, sources: 2, seeds: 3, tests: 4, macros: 5 };
  const generate = () =>
    docglow.commandRun({
      command: "generate",
      result: "success",
      durationMs: 4218,
      adapterType: "snowflake",
      projectShape: shape,
      featuresUsed: ["static"],
    });

  it("failures never show", async () => {
    const own = world("refused", { env: { DOCGLOW_TELEMETRY: "1" } });
    start(own);
    generate();
    await docglow.flush();
    expect([own.printed, own.logged, own.requests.length]).toEqual([[], [], 1]);
  });

  it("a 410 ends sending until the next version, also in the next process", async () => {
    const gone = world(410, { env: { DOCGLOW_TELEMETRY: "1" } });
    start(gone);
    generate();
    await docglow.flush();
    const next = (version: string) => {
      const own = world(204, { env: { DOCGLOW_TELEMETRY: "1" }, home: gone.host.home });
      Object.assign(docglowClient.memory, { stopped: false });
      docglow.setup({ platform: "linux", pythonVersion: "3.12.2", version, host: own.host });
      generate();
      return docglow.flush().then(() => own.requests.length);
    };
    expect([gone.requests.length, await next("0.7.4"), await next("0.7.5")]).toEqual([1, 0, 1]);
  });

  it("slow endpoint costs milliseconds, and a server's event leaves while it runs", async () => {
    const source = `import * as telemetry from "./generated/systems/docglow/client/telemetry.js";
      import { send } from "./generated/systems/docglow/client/runtime/later/send.js";
      telemetry.setup({ platform: "linux", pythonVersion: "3.12.2", host: { send: (request) => send({ ...request, url: process.env.ENDPOINT }) } });
      telemetry.commandRun({ command: "serve", result: "success", durationMs: 0, adapterType: null, projectShape: ${JSON.stringify(shape)}, featuresUsed: [] });
      if (process.argv[2] === "serve") setTimeout(() => undefined, 400);`;
    const file = await program(source);
    const [quick, slow] = [await endpoint(204), await endpoint("never")];
    const env = { DOCGLOW_TELEMETRY: "1" };
    expect((await run(file, { home: temporary(), env: { ...env, ENDPOINT: slow.url } })).code).toBe(0);
    await run(file, { home: temporary(), args: ["serve"], env: { ...env, ENDPOINT: quick.url } });
    expect(quick.requests.map(({ body }) => (JSON.parse(body) as { command: string }).command)).toEqual(["serve"]);
    await Promise.all([quick.close(), slow.close()]);
  });

  it("bypass token never travels in plaintext", async () => {
    const env = (endpoint: string) => ({
      DOCGLOW_VERCEL_BYPASS: "s3cret",
      DOCGLOW_TELEMETRY_ENDPOINT: endpoint,
      DOCGLOW_TELEMETRY: "1",
    });
    const sent: (readonly [string, string | undefined])[] = [];
    for (const address of ["http://evil.example.com/e", "http://localhost/e", "https://mine.example/e", ""]) {
      const own = world(204, { env: env(address) });
      start(own);
      generate();
      await docglow.flush();
      sent.push(...own.requests.map(({ url, headers }) => [url, headers["x-vercel-protection-bypass"]] as const));
    }
    const known = "https://api.docglow.com/v1/telemetry/events";
    expect(sent).toEqual([
      [known, "s3cret"],
      ["http://localhost/e", undefined],
      ["https://mine.example/e", "s3cret"],
      [known, "s3cret"],
    ]);
  });
});

describe("jina", () => {
  const start = (own: World) => jina.setup({ ...jinaFacts, host: own.host });

  it("one Flow is four events, with 18 keys each", async () => {
    const own = world();
    start(own);
    for (const emit of [jina.workerRuntimeStart, jina.grpcGatewayRuntimeStart, jina.baseExecutorStart, jina.flowStart])
      emit();
    await jina.flush();
    expect(parsed(own).map(({ event }) => event)).toEqual([
      "WorkerRuntime.start",
      "GRPCGatewayRuntime.start",
      "BaseExecutor.start",
      "Flow.start",
    ]);
    expect(new Set(parsed(own).map(({ uid }) => uid)).size).toBe(1);
    const table = JSON.parse(
      readFileSync(join(import.meta.dirname, "../conformance/fixtures/jina/behaviour.json"), "utf8"),
    ) as { cases: { expect: { body_keys?: string[] } }[] };
    expect(Object.keys(parsed(own)[0] ?? {}).sort()).toEqual(
      table.cases.find(({ expect: { body_keys } }) => body_keys)?.expect.body_keys,
    );
  });

  it("off sends nothing", async () => {
    const own = world(204, { env: { JINA_OPTOUT_TELEMETRY: "1" } });
    start(own);
    jina.flowStart();
    await jina.flush();
    expect(own.requests).toEqual([]);
  });

  it.each(["refused", "never"] as const)("failure never shows: %s", async (answer) => {
    const own = world(answer);
    start(own);
    jina.flowStart();
    await jina.flush(50);
    expect([own.printed, own.logged]).toEqual([[], []]);
  });
});
