import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { goldenPayload } from "../../generator/model/golden.js";
import { createMemoryLimiter } from "../../templates/worker/runtime/answer/memory-limiter.js";
import { sourceOf } from "../../templates/worker/runtime/answer/pages.js";
import { timeWindow } from "../../templates/worker/runtime/judge/times.js";
import { parseSamples, printSample } from "../../templates/worker/runtime/read/exposition.js";
import { readBody } from "../../templates/worker/runtime/read/read-body.js";
import { fromBase64 } from "../../templates/worker/runtime/read/read-encoded.js";
import { ask, json } from "./collecting-host.js";
import { generateWorker, modelOf, modelOfSystem } from "./generated-worker.js";

describe("reading a body", () => {
  const stream = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>) =>
    new ReadableStream<Uint8Array>({ pull });

  it("stops at the limit, though there is more, and lets go of the rest", async () => {
    let cancelled = false;
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    expect(await readBody(endless, 10_000)).toBe("too_large");
    expect(sent).toBeLessThan(20_000);
    expect(cancelled).toBe(true);
  });

  it("does not wait for who stalls", async () => {
    expect(
      await readBody(
        stream(() => new Promise(() => undefined)),
        10,
        Number.NaN,
        20,
      ),
    ).toBe("too_slow");
    let sent = false;
    const half = stream((controller) => {
      const more = sent ? new Promise<void>(() => undefined) : undefined;
      if (!sent) controller.enqueue(new Uint8Array(4));
      sent = true;
      return more;
    });
    expect(await readBody(half, 10, 8, 20)).toBe("too_slow");
  });

  it("holds to the limit, whatever was announced", async () => {
    for (const announced of [3, 8, 12, 99]) {
      const lie = new Response(new Uint8Array(12)).body;
      expect(await readBody(lie, 10, announced), `${announced}`).toBe("too_large");
    }
    expect(await readBody(new Response(new Uint8Array(8)).body, 10, 3)).toHaveLength(8);
  });

  it("says of what breaks off that it is malformed", async () => {
    expect(
      await readBody(
        stream(() => Promise.reject(new Error("gone"))),
        10,
      ),
    ).toBe("malformed");
  });

  it("takes exactly the limit, in any pieces", async () => {
    const pieces = [3, 0, 6, 1].map((length) => new Uint8Array(length).fill(length));
    const body = stream((controller) => {
      const next = pieces.shift();
      return next === undefined ? controller.close() : controller.enqueue(next);
    });
    expect(await readBody(body, 10)).toEqual(Uint8Array.from([3, 3, 3, 6, 6, 6, 6, 6, 6, 1]));
    expect(await readBody(null, 10)).toEqual(new Uint8Array());
  });
});

describe("base64url", () => {
  it.each([
    ["eyJhIjoxfQ", '{"a":1}'],
    ["eyJhIjoxfQ==", '{"a":1}'],
    ["w7_wn5iA", "ÿ😀"],
    ["", ""],
    ["eyJhIjoxfQ+/", undefined],
    ["eyJhIjoxf Q", undefined],
    ["_w", undefined],
    ["e", undefined],
  ])("%j holds %j", (given, wanted) => expect(fromBase64(given, "base64url")).toBe(wanted));

  it("carries a whole event", async () => {
    const spec = JSON.stringify({
      ...specOf("jina"),
      wire: { format: "json", body: { $base64url: { event: "$event", $common: null, $fields: null } } },
    });
    const model = modelOf(spec);
    const { contract, remove } = await generateWorker(model);
    remove();
    const payload = JSON.stringify(goldenPayload(model, model.events[0] as (typeof model.events)[number]));
    const answer = await ask(contract, "/", json(Buffer.from(payload).toString("base64url")));
    expect([answer.status, answer.forwarded.length]).toEqual([204, 1]);
    expect((await ask(contract, "/", json(payload))).status).toBe(400);
  });
});

it("says so when its host can keep nothing: by the contract's status, else 503", async () => {
  const model = modelOfSystem("jina");
  const { contract, remove } = await generateWorker(model);
  remove();
  const init = json(goldenPayload(model, model.events[0] as (typeof model.events)[number]));
  const full = { forward: () => false };
  const path = contract.path;
  const answer = await ask(contract, path, init, full);
  expect([answer.status, answer.text, answer.counted]).toEqual([
    503,
    "unavailable\n",
    { unavailable: 1, forward_failed: 1 },
  ]);
  const stated = { ...contract, responses: { ...contract.responses, unavailable: 507 } };
  expect((await ask(stated, path, init, full)).status).toBe(507);
  expect((await ask(contract, path, init, { forward: () => true })).status).toBe(contract.responses.accepted);
});

describe("a probe", () => {
  const model = modelOfSystem("codegraph");
  const golden = goldenPayload(model, model.events[0] as (typeof model.events)[number]);

  it("is judged like any other, answered with names and reasons, and goes nowhere", async () => {
    const { contract, remove } = await generateWorker(model);
    remove();
    const sent = { ...golden, hostname: "ada", events: [...(golden["events"] as object[]), { event: "x-ada" }] };
    const keys: string[] = [];
    const limited = (scope: string) => keys.push(scope) < 0;
    const { status, text, forwarded, counted } = await ask(contract, "/v1/events?plainsight-probe", json(sent), {
      limited,
    });
    expect([status, forwarded, counted, keys]).toEqual([200, [], { probe: 1 }, ["all"]]);
    const said = JSON.parse(text) as { kept: { event: string; fields: string[] }[] };
    expect(said).toMatchObject({ probe: true, outcome: "accepted", dropped: { unknown_event: 1 } });
    expect(said.kept.map(({ event }) => event)).toEqual([model.events[0]?.wireName]);
    expect(said.kept[0]?.fields).toContain("machine_id");
    expect(text).not.toMatch(/ada|hostname/);
  });

  it("is one by the end of its query alone", async () => {
    const { contract, remove } = await generateWorker(model);
    remove();
    for (const query of ["?plainsight-probe=1", "?xplainsight-probe", "?", "#?plainsight-probe"])
      expect((await ask(contract, `/v1/events${query}`, json(golden))).forwarded, query).toHaveLength(1);
  });
});

it("says what it was built from, as far as its deployer says it in that form", async () => {
  const { contract, pages, remove } = await generateWorker(modelOfSystem("codegraph"));
  remove();
  const digest = `sha256-${"ab".repeat(32)}`;
  const source = sourceOf({ SOURCE_COMMIT: "0123abc", SOURCE_DIGEST: digest });
  const get = { method: "GET" };
  expect((await ask(contract, "/", get, { pages, source })).text).toContain(
    `Its deployer says that it was built from commit 0123abc, files ${digest}.\n`,
  );
  expect(JSON.parse((await ask(contract, "/v1/contract", get, { pages, source })).text)).toMatchObject({
    source: { commit: "0123abc", digest },
  });
  expect((await ask(contract, "/", get, { pages })).text).not.toContain("deployer");
  expect(sourceOf({ SOURCE_COMMIT: "<script>", SOURCE_DIGEST: 7 })).toEqual({});
});

describe("the times that are kept", () => {
  const noon = Date.parse("2026-06-12T12:00:00Z");
  const timeOf = timeWindow({ past: 30 * 86_400_000, future: 600_000 }, noon);
  it.each([
    ["2026-06-12T12:00:00Z", true],
    ["2026-06-12T12:00:00.123456Z", true],
    ["2026-05-13T12:00:00Z", true],
    ["2026-05-13T11:59:59.999Z", false],
    ["2026-06-12T12:10:00.999Z", true],
    ["2026-06-12T12:10:01Z", false],
    ["2026-06-12T12:00:00", false],
    ["2026-06-12T12:00:00+00:00", false],
    ["2026-06-12t12:00:00z", false],
    ["2026-06-12T12:00:00.1234567Z", false],
    ["2026-06-12T24:00:00Z", false],
    ["2026-05-32T12:00:00Z", false],
    [1781265600000, false],
    [null, false],
    [["2026-06-12T12:00:00Z"], false],
  ])("%j: %s", (time, kept) => expect(timeOf(time)).toBe(kept ? time : undefined));

  it("without limits, every real moment", () => {
    const any = timeWindow(undefined, noon);
    expect(any("1999-02-28T00:00:00Z")).toBe("1999-02-28T00:00:00Z");
    expect(any("2024-02-29T00:00:00Z")).toBe("2024-02-29T00:00:00Z");
    for (const time of ["2023-02-29T00:00:00Z", "2026-06-31T00:00:00Z", "2026-02-30T00:00:00Z"])
      expect(any(time), time).toBeUndefined();
  });
});

describe("the limiter in memory", () => {
  const limit = { per: "id", check: () => true, requests: 2, total: 5, window: 1000 };
  it("counts each and all, by fixed windows", () => {
    let now = 10_000;
    const limited = createMemoryLimiter(limit, () => now);
    expect([1, 2, 3].map(() => limited("identifier", "a"))).toEqual([false, false, true]);
    expect(limited("identifier", "b")).toBe(false);
    expect(Array.from({ length: 6 }, () => limited("all", "all"))).toEqual([false, false, false, false, false, true]);
    now += 1000;
    expect([limited("identifier", "a"), limited("all", "all")]).toEqual([false, false]);
  });

  it("remembers no more than it may", () => {
    const limited = createMemoryLimiter(limit, () => 0, 2);
    for (const key of ["a", "b", "c", "c", "c"]) expect(limited("identifier", key)).toBe(false);
    expect([limited("identifier", "a"), limited("identifier", "a")]).toEqual([false, true]);
  });

  it("that fails lets everything through, and is counted", async () => {
    const model = modelOfSystem("codegraph");
    const { contract, remove } = await generateWorker(model);
    remove();
    const body = goldenPayload(model, model.events[0] as (typeof model.events)[number]);
    const broken = async () => {
      throw new Error("no limiter");
    };
    const { status, counted } = await ask(contract, "/v1/events", json(body), { limited: broken });
    expect([status, counted]).toEqual([204, { accepted: 1, forwarded: 1, limiter_failed: 1 }]);
  });

  it("is asked by identifier in lower-case, then for all; never for what has no identifier in the agreed form", async () => {
    const text = JSON.stringify({
      ...specOf("docglow"),
      ingest: { rate_limit: { per: "instance_id", requests: 1, window: "60s" } },
    });
    const model = modelOf(text);
    const { contract, remove } = await generateWorker(model);
    remove();
    const asked: unknown[] = [];
    const limited = (scope: string, key: string) => asked.push([scope, key]) > 99;
    const body = goldenPayload(model, model.events[0] as (typeof model.events)[number]);
    await ask(contract, "/v1/telemetry/events", json(body), { limited });
    await ask(contract, "/v1/telemetry/events", json({ ...body, instance_id: "203.0.113.7" }), { limited });
    expect(asked).toEqual([
      ["identifier", body.instance_id],
      ["all", "all"],
      ["all", "all"],
    ]);
  });
});

describe("Prometheus text", () => {
  it.each([
    ["a 1", [{ name: "a", labels: {}, value: 1, timed: false }]],
    ['a{x="1",y=""} 2\n', [{ name: "a", labels: { x: "1", y: "" }, value: 2, timed: false }]],
    ['a{x="1",} 2', [{ name: "a", labels: { x: "1" }, value: 2, timed: false }]],
    ["a{} 2", [{ name: "a", labels: {}, value: 2, timed: false }]],
    ['\ta { x = "}\\"\\\\\\n{" } 2e1 1700000000', [{ name: "a", labels: { x: '}"\\\n{' }, value: 20, timed: true }]],
    ["# HELP a ada@example.com\n# TYPE a gauge\n\n  \n", []],
    [
      "a NaN\nb -Inf",
      [
        { name: "a", labels: {}, value: Number.NaN, timed: false },
        { name: "b", labels: {}, value: Number.NEGATIVE_INFINITY, timed: false },
      ],
    ],
    ["a", undefined],
    ["a{", undefined],
    ['a{x="1"', undefined],
    ['a{x="1" y="2"} 1', undefined],
    ['a{x="1",,y="2"} 1', undefined],
    ["a{,} 1", undefined],
    ['a{x="1",x="2"} 1', undefined],
    ['a{x="\\q"} 1', undefined],
    ["a{x='1'} 1", undefined],
    ["a 1 2 3", undefined],
    ["a 0x10", undefined],
    ["1a 1", undefined],
    ["a 1\r", undefined],
    ['{"cozy_tenants_count": 2}', undefined],
  ])("%j", (text, wanted) => {
    const samples = parseSamples(text);
    expect(samples?.map((sample) => ({ ...sample, labels: { ...sample.labels } }))).toEqual(wanted);
  });

  it("prints what it reads, escaped", () => {
    const line = 'a{x="}\\"\\\\\\n{",y=""} 2';
    const [sample] = parseSamples(line) ?? [];
    expect(printSample({ event: "a", fields: sample?.labels ?? {}, value: 2 })).toBe(line);
  });

  it("keeps the good samples of a report, and prints them in the contract's own order", async () => {
    const { contract, remove } = await generateWorker(modelOfSystem("cozystack"));
    remove();
    const lines = [
      'cozy_pvs_count{size="5Gi",driver="linstor.csi.linbit.com"} 7',
      "cozy_tenants_count 2 1700000000",
      "cozy_tenants_count 1.5",
      "cozy_tenants_count -0",
      "cozy_tenants_count 3.0",
      "cozy_tenants_count NaN",
      'cozy_nodes_count{os="a\0b",kernel="6"} 1',
      'cozy_tenants_count{__proto__="x"} 1',
      "constructor 1",
      "__proto__ 1",
    ];
    const init = {
      method: "POST",
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
      body: lines.join("\n"),
    };
    const { status, forwarded, counted } = await ask(contract, "/", init);
    expect(status).toBe(200);
    expect(forwarded.map(printSample)).toEqual([
      'cozy_pvs_count{driver="linstor.csi.linbit.com",size="5Gi"} 7',
      "cozy_tenants_count 0",
      "cozy_tenants_count 3",
    ]);
    expect(counted).toEqual({
      accepted: 1,
      forwarded: 3,
      dropped_unknown_field: 2,
      dropped_invalid_field: 3,
      dropped_unknown_event: 2,
    });
    expect(
      (await ask(contract, "/", { ...init, headers: { ...init.headers, origin: "https://evil.example" } })).status,
    ).toBe(403);
    expect(
      (await ask(contract, "/", { ...init, headers: { "content-type": "text/plain; charset=latin1" } })).status,
    ).toBe(415);
  });
});

function specOf(system: string): object {
  return parse(readFileSync(join(import.meta.dirname, `../../spec/systems/${system}/events.yaml`), "utf8"));
}
