import { describe, expect, it } from "vitest";
import { freeze } from "../../generator/evolve/frozen-text.js";
import type { FrozenContract } from "../../generator/model/frozen.js";
import { goldenPayload, goldenSample } from "../../generator/model/golden.js";
import type { JsonValue } from "../../generator/model/json-schema.js";
import type { Event, Model } from "../../generator/model/model.js";
import { docsTarget } from "../../generator/targets/docs/docs.js";
import { encodedBody } from "../../templates/tests/runtime/agreement/places.js";
import type { Accepted } from "../../templates/worker/runtime/contract.js";
import { handle } from "../../templates/worker/runtime/handle.js";
import type { Wire } from "../../templates/worker/runtime/read/picture.js";
import { wireKeys } from "../wire-keys.js";
import { collectingHost } from "../worker/collecting-host.js";
import { type GeneratedWorker, generateWorker, modelOfSystem, systems } from "../worker/generated-worker.js";
import { readCase } from "./read-case.js";

type Body = { readonly [key: string]: JsonValue };

/** One request to the worker, and what it would store. */
async function post(
  { contract }: GeneratedWorker,
  model: FrozenContract,
  body: Body | string,
): Promise<{ status: number; stored: readonly Accepted[] }> {
  const json = typeof body === "string" ? body : JSON.stringify(body);
  const { wire } = model;
  const text = encodedBody(wire as Wire, json);
  const fields = new Map(model.destination.urlFields.map(({ wireName, example }) => [wireName, String(example)]));
  const url = model.destination.url.replaceAll(/\{(\w+)\}/g, (_, name: string) => fields.get(name) ?? "");
  const type = wire.format === "prometheus-text" ? "text/plain" : "application/json";
  const { host, forwarded, settled } = collectingHost({ now: () => Date.parse("2026-06-13T08:00:00.000Z") });
  const answer = await handle(
    new Request(url, { method: "POST", headers: { "content-type": type }, body: text }),
    contract,
    host,
  );
  await settled();
  return { status: answer.status, stored: forwarded };
}

/** The body with one value of the event's own fields, or of the common ones, put in the place of another. */
function withValue(model: FrozenContract, body: Body, where: "common" | "event", name: string, value: JsonValue): Body {
  const wire = wireKeys(model as Pick<Model, "wire">);
  if (wire.format !== "json-batch" || where === "common") return { ...body, [name]: value };
  const [entry] = body[wire.eventsKey] as readonly Body[];
  return {
    ...body,
    [wire.eventsKey]: [{ ...entry, [wire.fieldsKey]: { ...(entry?.[wire.fieldsKey] as Body), [name]: value } }],
  };
}

const contracts: readonly (readonly [string, Model])[] = [
  ...systems.map((system): [string, Model] => {
    const model = modelOfSystem(system);
    return [system, { ...model, frozen: [freeze(model)] }];
  }),
  ["codegraph-v2", readCase("codegraph-v2").head],
  ["dropped at the edge", readCase("dropped-at-edge").head],
  ["a field more", readCase("field-added").head],
  ["an event less", readCase("event-retired").head],
];

describe.each(contracts)("every released version of %s, against the built worker", async (_name, model) => {
  const worker = await generateWorker(model);
  worker.remove();
  const golden = model.frozen.flatMap((version) =>
    version.events.map((event) => [`v${version.schemaVersion} ${event.wireName}`, version, event as Event] as const),
  );

  it.each(golden)("%s is let in", async (_what, version, event) => {
    expect((await post(worker, version, goldenPayload(version as Model, event))).status).toBe(
      model.ingest.responses.accepted,
    );
  });

  it.each(golden)(
    "%s with a key or a value that was never announced stores nothing of it",
    async (_what, version, event) => {
      const body = goldenPayload(version as Model, event);
      const canary = "canary-7";
      const mutants = [
        ...(["common", "event"] as const).map((where) => withValue(version, body, where, "surplus", canary)),
        ...event.fields.map(({ wireName }) => withValue(version, body, "event", wireName, `/home/\n${canary}`)),
        ...version.common.map(({ wireName }) => withValue(version, body, "common", wireName, `/home/\n${canary}`)),
      ];
      for (const mutant of mutants)
        expect(JSON.stringify((await post(worker, version, mutant)).stored)).not.toContain(canary);
    },
  );

  it("samples of every metric are let in, and no other label", async () => {
    for (const version of model.frozen) {
      for (const metric of version.metrics) {
        const sample = goldenSample(metric as never);
        expect((await post(worker, version, `${sample}\n`)).stored).toHaveLength(1);
        const [name, rest = ""] = sample.split(/(?=[{ ])/s);
        const mutant = rest.startsWith("{")
          ? sample.replace("{", '{surplus="canary",')
          : `${name}{surplus="canary"}${rest}`;
        expect(JSON.stringify((await post(worker, version, `${mutant}\n`)).stored)).not.toContain("canary");
      }
    }
  });
});

describe("what a later version adds", () => {
  it("is refused to the one before", async () => {
    const { head, base } = readCase("field-added");
    const worker = await generateWorker(head);
    worker.remove();
    const [old] = head.frozen;
    const event = base.events.find(({ wireName }) => wireName === "index") as Event;
    const body = goldenPayload(base, event);
    const smuggled = await post(worker, old as FrozenContract, withValue(base, body, "event", "node_major", 22));
    expect(smuggled.stored).toHaveLength(1);
    expect(smuggled.stored[0]?.fields).not.toHaveProperty("node_major");
    const today = goldenPayload(head, head.events.find(({ wireName }) => wireName === "index") as Event);
    expect((await post(worker, head, today)).stored[0]?.fields).toHaveProperty("node_major", 22);
  });

  it("is a value in a list, too", async () => {
    const { head, base } = readCase("value-added");
    const worker = await generateWorker(head);
    worker.remove();
    const body = goldenPayload(base, base.events.find(({ wireName }) => wireName === "index") as Event);
    const smuggled = await post(worker, base, withValue(base, body, "event", "backend", "remote"));
    expect(JSON.stringify(smuggled.stored)).not.toContain("remote");
  });
});

describe("CodeGraph's second version, which drops sqlite_backend", async () => {
  const { head } = readCase("codegraph-v2");
  const worker = await generateWorker(head);
  worker.remove();
  const [v1] = head.frozen;
  const install = v1?.events.find(({ wireName }) => wireName === "install") as Event;

  it("still hears clients of the first, and discards the field", async () => {
    const { status, stored } = await post(worker, v1 as FrozenContract, goldenPayload(v1 as Model, install));
    expect(status).toBe(204);
    expect(stored).toHaveLength(1);
    expect(stored[0]?.fields).toMatchObject({ scope: "local", kind: "fresh" });
    expect(stored[0]?.fields).not.toHaveProperty("sqlite_backend");
  });

  it("refuses it to its own", async () => {
    const body = withValue(
      head,
      goldenPayload(head, head.events.find(({ wireName }) => wireName === "install") as Event),
      "event",
      "sqlite_backend",
      "wasm",
    );
    expect(JSON.stringify((await post(worker, head, body)).stored)).not.toContain("wasm");
  });

  it("keeps the field's row on the page, with the version that sent it last, and tells of the change", async () => {
    const [page] = await docsTarget.generate(head);
    const row = page?.text.split("\n").find((line) => line.startsWith("- **`sqlite_backend`**"));
    expect(row).toMatch(/Sent until v1; discarded on arrival\.$/);
    expect(page?.text).toContain("no longer sends sqlite\\_backend".replace("\\_", "_"));
  });
});

it("clients of a version that is no longer heard are answered with success, and nothing is stored", async () => {
  const { head, base } = readCase("version-sunset");
  const worker = await generateWorker(head);
  worker.remove();
  const { status, stored } = await post(worker, base, goldenPayload(base, base.events[0] as Event));
  expect([status, stored]).toEqual([204, []]);
});
