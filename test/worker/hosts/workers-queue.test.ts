import { Miniflare, Response as PlatformResponse, type WorkerOptions } from "miniflare";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../support/wait.js";
import { bundleGenerated } from "./bundle-generated.js";
import { writeWorker } from "./generated-worker.js";
import { readSettings } from "./read-settings.js";
import { usageBatch } from "./usage-batch.js";

interface Batch {
  readonly batch: readonly {
    readonly uuid: string;
    readonly properties: { readonly machine_id: string; readonly count: number };
  }[];
}

let script: string;
let queues: {
  readonly producers: readonly { binding: string; queue: string }[];
  readonly consumers: readonly { queue: string; dead_letter_queue: string }[];
};

beforeAll(async () => {
  const worker = await writeWorker();
  script = await bundleGenerated(worker.folder);
  // The generated settings are what is tested, so far as they are the platform's local part.
  queues = (
    readSettings(worker.folder) as {
      queues: typeof queues;
    }
  ).queues;
  worker.remove();
});

let platform: Miniflare | undefined;
afterEach(() => platform?.dispose());

/** PostHog, as the worker sees it. `answer`: a status for what it is sent. */
function start(answer: (batch: Batch["batch"]) => number, withQueue = true) {
  const stored = new Map<string, number>();
  const uuids = new Map<string, number>();
  const dead: string[] = [];
  let requests = 0;
  const key = ({ properties }: Batch["batch"][number]) => `${properties.machine_id}/${properties.count}`;
  const outboundService = async (request: { url: string; text(): Promise<string> }) => {
    const text = await request.text();
    if (request.url.startsWith("http://dead/")) {
      dead.push(
        ...(JSON.parse(text) as { fields: { machine_id: string; count: number } }[]).map(
          ({ fields }) => `${fields.machine_id}/${fields.count}`,
        ),
      );
      return new PlatformResponse("");
    }
    requests += 1;
    expect(request.url).toBe("https://us.i.posthog.com/batch/");
    const { batch } = JSON.parse(text) as Batch;
    const status = answer(batch);
    if (status === 200)
      for (const event of batch) {
        stored.set(key(event), (stored.get(key(event)) ?? 0) + 1);
        uuids.set(event.uuid, (uuids.get(event.uuid) ?? 0) + 1);
      }
    return new PlatformResponse('{"status":"Ok"}', { status });
  };
  const [consumer] = queues.consumers;
  const options: WorkerOptions[] = [
    {
      name: "telemetry",
      modules: true,
      script,
      compatibilityDate: "2026-04-01",
      bindings: { POSTHOG_KEY: "phc_test" },
      outboundService: outboundService as never,
      ...(withQueue
        ? { queueProducers: Object.fromEntries(queues.producers.map(({ binding, queue }) => [binding, queue])) }
        : {}),
      ...(withQueue && consumer
        ? {
            queueConsumers: {
              [consumer.queue]: {
                maxBatchSize: 100,
                maxBatchTimeout: 1,
                maxRetries: 100,
                deadLetterQueue: consumer.dead_letter_queue,
              },
            },
          }
        : {}),
    },
    {
      name: "dead-letters",
      modules: true,
      script: `export default { async queue(batch) { for (const { body } of batch.messages) await fetch("http://dead/", { method: "POST", body: JSON.stringify(body) }); } }`,
      outboundService: outboundService as never,
      queueConsumers: { [consumer?.dead_letter_queue ?? ""]: { maxBatchTimeout: 0 } },
    },
  ];
  platform = new Miniflare({ workers: withQueue ? options : options.slice(0, 1) });
  return { stored, uuids, dead, requests: () => requests };
}

async function send(batch: { readonly body: string; readonly keys: readonly string[] }): Promise<readonly string[]> {
  const headers = { "content-type": "application/json" };
  const response = await platform?.dispatchFetch("https://telemetry.getcodegraph.com/v1/events", {
    method: "POST",
    headers,
    body: batch.body,
  });
  await response?.arrayBuffer();
  return response?.status === 204 ? batch.keys : [];
}

describe("the generated worker in workerd", () => {
  it("loses nothing while the backend is down, and joins many requests into few", async () => {
    let down = true;
    const backend = start(() => (down ? 503 : 200));
    const accepted = (await Promise.all(Array.from({ length: 60 }, () => send(usageBatch(3))))).flat();
    await until("the backend got it", () => backend.requests() > 0);
    down = false;
    accepted.push(...(await Promise.all(Array.from({ length: 20 }, () => send(usageBatch(3))))).flat());
    expect(accepted).toHaveLength(240);
    await until("the backend got it", () => backend.stored.size === accepted.length);
    expect(accepted.filter((key) => !backend.stored.has(key))).toEqual([]);
    expect(backend.requests()).toBeLessThanOrEqual(10);
    console.info(
      `requests 80, events accepted ${accepted.length}, stored ${backend.stored.size}, backend requests ${backend.requests()}, lost 0`,
    );
  });

  it("puts what the backend will never take into the dead letters, and nothing that came with it", async () => {
    const bad = usageBatch(1);
    const machine = (JSON.parse(bad.body) as { machine_id: string }).machine_id;
    const backend = start((batch) => (batch.some(({ properties }) => properties.machine_id === machine) ? 400 : 200));
    const accepted = (await Promise.all([usageBatch(3), bad, usageBatch(3)].map(send))).flat();
    expect(accepted).toHaveLength(7);
    await until("the backend got it", () => backend.stored.size === 6 && backend.dead.length > 0);
    expect(backend.dead).toEqual(bad.keys);
    expect([...backend.stored.keys(), ...backend.dead].sort()).toEqual([...accepted].sort());
  });

  it("a refused event is one dead letter, and a stored one is sent once, however often the rest of their message comes again", async () => {
    const sent = usageBatch(4);
    let attempts = 0;
    const isBad = (batch: Batch["batch"]) => batch.some(({ properties }) => properties.count === 1);
    // The first of them spoils whatever it is in; the last is not taken before it was tried for the third time.
    const backend = start((batch) => {
      if (isBad(batch)) return 400;
      return batch.some(({ properties }) => properties.count === 4) && ++attempts < 3 ? 503 : 200;
    });
    expect(await send(sent)).toEqual(sent.keys);
    await until("the backend got it", () => backend.stored.size === 3);
    expect(attempts).toBe(3);
    expect(backend.dead).toEqual(sent.keys.slice(0, 1));
    expect([...backend.stored].sort()).toEqual(sent.keys.slice(1).map((key) => [key, 1]));
  });

  it("carries forty equal events of forty", async () => {
    const backend = start(() => 200);
    const { events, ...common } = JSON.parse(usageBatch(1).body) as { readonly events: readonly unknown[] };
    const body = JSON.stringify({ ...common, events: Array(10).fill(events[0]) });
    for (let times = 0; times < 4; times += 1) expect(await send({ body, keys: ["sent"] })).toEqual(["sent"]);
    await until("the backend got it", () => [...backend.uuids.values()].reduce((sum, seen) => sum + seen, 0) === 40);
    expect(backend.uuids.size).toBe(40);
  });

  it("without a queue, tries once", async () => {
    const backend = start(() => 200, false);
    const accepted = await send(usageBatch(3));
    await until("the backend got it", () => backend.stored.size === 3);
    expect([...backend.stored.keys()].sort()).toEqual([...accepted].sort());
  });
});
