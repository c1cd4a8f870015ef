import { describe, expect, it } from "vitest";
import { startHost } from "../../templates/worker/node/host/node-host.js";
import { createMemoryLimiter, limitEach } from "../../templates/worker/runtime/answer/memory-limiter.js";
import type { WorkerContract } from "../../templates/worker/runtime/contract.js";
import { everything } from "../../templates/worker/runtime/everything.js";
import type { Entry } from "../../templates/worker/runtime/sinks/entry.js";
import { ask, json } from "./collecting-host.js";
import { generateWorker, modelOf } from "./generated-worker.js";

const machine = "5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58";

/** A small contract; what is given replaces whole keys. */
function spec(more: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    telemetry_spec: 1,
    product: "tool",
    title: "Telemetry",
    summary: "What it reports.",
    schema_version: 1,
    why: ["How it is used."],
    never_collected: ["Anything else."],
    consent: { model: "opt-out", order: [{ env: "DO_NOT_TRACK", disable_when: "truthy" }] },
    identifiers: {
      machine_id: { identifies: "machine", made_from: "random", format: { type: "uuid" }, created: "first-run" },
    },
    destination: {
      url: "https://telemetry.tool.example/v1/events",
      operator: { name: "Tool", party: "first" },
      client_ip: "discarded",
      retention: { raw: "30d" },
      deletion: "Ask us.",
    },
    common: { machine_id: { type: "identifier", why: "Counts machines." } },
    events: {
      ran: { when: "Each run.", why: "How often.", fields: { ok: { type: "bool", why: "Whether it worked." } } },
    },
    wire: { format: "json", body: { event: "$event", $common: null, props: { $fields: null } } },
    delivery: { mode: "immediate" },
    history: [{ version: 1, change: "First version." }],
    ...more,
  };
}

async function contractOf(more: Readonly<Record<string, unknown>>): Promise<WorkerContract> {
  const { contract, remove } = await generateWorker(modelOf(JSON.stringify(spec(more))));
  remove();
  return contract;
}

describe("who sends too much is found wherever the contract says who it is", () => {
  const rate_limit = { per: "machine_id", requests: 1, window: "60s" };
  const batch = { body: { $common: null, events: "$each" }, each: { event: "$event", props: { $fields: null } } };
  const named = { machine: { type: "identifier", of: "machine_id", why: "Counts machines." } };
  const ran = (fields: object) => ({ ran: { when: "Each run.", why: "How often.", fields } });
  const samples = {
    common: undefined,
    events: undefined,
    metrics: {
      tool_up: {
        when: "Hourly.",
        why: "How many.",
        every: "1h",
        labels: { machine_id: { type: "identifier", why: "Counts machines." } },
        value: { type: "int", means: "Whether it is up.", example: 1 },
      },
    },
    wire: { format: "prometheus-text" },
    delivery: { mode: "periodic" },
  };

  it.each([
    ["in each request", {}, json({ event: "ran", machine_id: machine, props: { ok: true } })],
    ["under another name", { common: named }, json({ event: "ran", machine, props: { ok: true } })],
    [
      "in the event, under another name",
      { common: undefined, events: ran(named) },
      json({ event: "ran", props: { machine } }),
    ],
    [
      "in the events of a batch",
      { common: undefined, events: ran(named), wire: { format: "json", ...batch } },
      json({ events: [{ event: "ran", props: { machine } }] }),
    ],
    [
      "in a label",
      samples,
      { method: "POST", headers: { "content-type": "text/plain" }, body: `tool_up{machine_id="${machine}"} 1\n` },
    ],
  ])("%s", async (_, more, request) => {
    const contract = await contractOf({ ingest: { rate_limit }, ...more });
    const limited = createMemoryLimiter(contract.rateLimit as NonNullable<WorkerContract["rateLimit"]>, () => 0);
    const answers = [1, 2].map(async () => (await ask(contract, "/v1/events", request, { limited })).status);
    expect(await Promise.all(answers)).toEqual([204, 429]);
  });
});

it.each([204, 205, 304])("a refusal may be answered %i, which has no body", async (status) => {
  const contract = await contractOf({ ingest: { responses: { malformed: status } } });
  expect(await ask(contract, "/v1/events", json("no JSON"))).toMatchObject({ status, text: "" });
});

describe("a key that every object has is unknown like any other, in whatever form fields are drawn", () => {
  const fields = {
    ok: { type: "bool", why: "Whether it worked." },
    size: { type: "int", why: "How much.", example: 1 },
  };
  const events = { ran: { when: "Each run.", why: "How often.", fields } };
  const whole = { event: "ran", machine_id: machine };

  it.each([
    ["one by one", { $fields: null }, '"ok":true,"size":1'],
    ["repeated in an object", { $fields: { $name: { v: "$value" } } }, '"ok":{"v":true},"size":{"v":1}', '{"v":1}'],
    ["repeated in a list", [{ $fields: { k: "$name", v: "$value" } }], '{"k":"ok","v":true},{"k":"size","v":1}'],
  ])("%s", async (_, props, sent, value = "1") => {
    const wire = { format: "json", body: { event: "$event", $common: null, props } };
    const contract = await contractOf({ events, wire, ingest: { unknown_field: "reject" } });
    const [open, close] = Array.isArray(props) ? ["[", "]"] : ["{", "}"];
    const extra = Array.isArray(props) ? '{"k":"__proto__","v":{"a":1}}' : `"__proto__":${value}`;
    const body = (inner: string) => JSON.stringify({ ...whole, props: 0 }).replace("0}", `${open}${inner}${close}}`);
    expect(await ask(contract, "/v1/events", json(body(sent)))).toMatchObject({
      status: 204,
      counted: { accepted: 1 },
    });
    expect((await ask(contract, "/v1/events", json(body(`${sent},${extra}`)))).status).toBe(400);
  });
});

it("on Node, older clients are heard with their own headers and limited by their own rule", async () => {
  const header = { "X-Machine": "$common.machine_id" };
  const old = await contractOf({
    destination: { ...(spec({})["destination"] as object), url: "https://telemetry.tool.example/old" },
    wire: { format: "json", headers: header, body: { event: "$event", props: { $fields: null } } },
    ingest: { rate_limit: { per: "machine_id", requests: 2, window: "24h" } },
  });
  const contract = { ...(await contractOf({})), also: [old] };
  const kept: Entry[] = [];
  const keeper = {
    name: "a list",
    add: (entries: readonly Entry[]) => kept.push(...entries) > 0,
    forget: async () => false,
    trouble: () => undefined,
    close: async () => undefined,
  };
  const served = { contract, pages: { about: "", contract: "{}" }, parts: everything, limiter: limitEach };
  const host = await startHost(served, { host: "127.0.0.1", port: 0 }, keeper, () => undefined);
  const headers = { "content-type": "application/json", "x-machine": machine };
  const body = JSON.stringify({ event: "ran", props: { ok: true } });
  const answers: number[] = [];
  for (let count = 0; count < 3; count++)
    answers.push((await fetch(`${host.url}/old`, { method: "POST", headers, body })).status);
  await host.close();
  expect(answers).toEqual([204, 204, 429]);
  expect(kept.map(({ fields }) => fields)).toEqual([1, 2].map(() => ({ machine_id: machine, ok: true })));
});
