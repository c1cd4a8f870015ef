import { describe, expect, test } from "vitest";
import { goldenBody, goldenFields, goldenSample } from "../../../generator/model/golden.js";
import type { Model } from "../../../generator/model/model.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { ask } from "../../worker/collecting-host.js";
import { generateWorker } from "../../worker/generated-worker.js";
import { contract, FIVE, sampleOf } from "../five.js";

// biome-ignore lint/suspicious/noExplicitAny: a body as JSON gives it, to be changed at will.
type Body = any;
type Answer = Awaited<ReturnType<typeof ask>>;

/** Reads the page's claims about the receiver, as its reader takes it: each line is a claim that can be tried. */
function claimsOf(page: string): {
  taken: readonly (readonly [string, string, number])[];
  refused: readonly (readonly [string, number])[];
} {
  const [, section = ""] = /^## What the receiver accepts\n(.*?)^## /ms.exec(page) ?? [];
  const plain = section.replaceAll("`", "");
  const taken = [...plain.matchAll(/^- (.*): (.*) \((\d+)\)$/gm)].map(
    ([, what = "", happens = "", status]) => [what, happens, Number(status)] as const,
  );
  const [, sentence = ""] = /^Refused: (.*?)\. No body is ever logged\.$/m.exec(plain) ?? [];
  const refused = sentence.split("; ").map((one) => {
    const [, what = "", status] = /^(.*) \((\d+)\)$/.exec(one) ?? [];
    return [what, Number(status)] as const;
  });
  return { taken, refused };
}

/** The event whose required and optional fields are tried: one that has both, where there is one. */
function tried(model: Model) {
  const [first] = model.events;
  return model.events.find(({ fields }) => fields.some(({ optional }) => optional)) ?? first;
}

/** One request with the event twice where a request holds several, so that it is seen what is dropped and what stays. */
function body(model: Model): { whole: Body; own: Body; entry: Body; both: boolean } {
  const event = tried(model);
  if (event === undefined) throw new Error("no event");
  const whole = JSON.parse(goldenBody(model, event));
  const list = whole.events;
  if (!Array.isArray(list)) return { whole, own: whole, entry: whole, both: false };
  list.push(structuredClone(list[0]));
  return { whole, own: list[0].props, entry: list[0], both: true };
}

const changes: Readonly<Record<string, (model: Model, made: ReturnType<typeof body>) => readonly (() => void)[]>> = {
  "what this page lists": () => [() => undefined],
  "an unlisted event": (_, { entry }) => [() => Object.assign(entry, { event: "nobody_knows" })],
  "an unlisted field": (_, { own }) => [() => Object.assign(own, { nobody_knows: 1 })],
  "a wrong value in an optional field": (model, { own }) => {
    const optional = tried(model)?.fields.find((field) => field.optional)?.wireName ?? "";
    return [() => Object.assign(own, { [optional]: { wrong: true } })];
  },
  "any other wrong value, or a missing field": (model, { own }) => wrongOrMissing(own, ownField(model)),
  "a wrong value, or a missing field": (model, { own }) => wrongOrMissing(own, ownField(model)),
  "a wrong value inside an object or an item of a list": (_, { own }) => [
    () => Object.assign(own.shape, { size: { wrong: true } }),
    () => Object.assign(own.shape, { tests: { wrong: true } }),
    () => Object.assign(own.parts[0], { name: { wrong: true } }),
    () => Object.assign(own.parts[0], { count: { wrong: true } }),
  ],
  "a wrong key or value in a map": (_, { own }) => [
    () => Object.assign(own.sizes, { a: { wrong: true } }),
    () => Object.assign(own.sizes, { wrong: 1 }),
  ],
  "what drops an event, in a field of every request": (_, { whole }) => wrongOrMissing(whole, "os"),
  "a time over 30 days ago or 10 minutes ahead": (_, { entry }) => [
    () => Object.assign(entry, { ts: "2026-01-01T00:00:00.000Z" }),
    () => Object.assign(entry, { ts: "2026-06-13T08:11:00.000Z" }),
  ],
  "over 100 events in one request": (_, { whole }) => [
    () => Object.assign(whole, { events: Array.from({ length: 101 }, () => whole.events[1]) }),
  ],
};

function ownField(model: Model): string {
  const fields = [...(tried(model)?.fields ?? []), ...model.common];
  return fields.find(({ optional, nullable, legacy }) => !optional && !nullable && !legacy)?.wireName ?? "";
}

function wrongOrMissing(holder: Body, name: string): readonly (() => void)[] {
  return [() => Object.assign(holder, { [name]: { wrong: true } }), () => delete holder[name]];
}

const outcomes: Readonly<Record<string, (answer: Answer, both: boolean) => boolean>> = {
  accepted: ({ forwarded }, both) => forwarded.length === (both ? 2 : 1),
  "removed, the rest is kept": ({ forwarded }, both) =>
    forwarded.length === (both ? 2 : 1) && !/nobody_knows|wrong/.test(JSON.stringify(forwarded)),
  "removed, and with it what can't be without it": ({ forwarded }, both) =>
    forwarded.length === (both ? 2 : 1) && !/wrong/.test(JSON.stringify(forwarded)),
  "its entry is removed": ({ forwarded }, both) =>
    forwarded.length === (both ? 2 : 1) &&
    !/wrong/.test(JSON.stringify(forwarded)) &&
    JSON.stringify(forwarded).includes('"b":2'),
  "the event is dropped": ({ forwarded }, both) => forwarded.length === (both ? 1 : 0),
  "all its events are dropped": ({ forwarded }) => forwarded.length === 0,
  "the whole request is refused": ({ forwarded }) => forwarded.length === 0,
  "removed, the event is kept": ({ forwarded }, both) =>
    forwarded.length === (both ? 2 : 1) && !/2026-01-01|2026-06-13T08:11/.test(JSON.stringify(forwarded)),
  "the rest is ignored": ({ forwarded }) => forwarded.length === 100,
};

const refusals: Readonly<Record<string, (request: RequestInit, whole: Body) => RequestInit>> = {
  "no valid machine_id": (request, whole) => ({
    ...request,
    body: JSON.stringify({ ...whole, machine_id: "ann" }),
  }),
  "a malformed body": (request) => ({ ...request, body: "{ no" }),
  "compressed, or not application/json": (request) => ({
    ...request,
    headers: { "content-type": "text/csv" },
  }),
  "compressed, or not text/plain": (request) => ({ ...request, headers: { "content-type": "text/csv" } }),
  "from a web page in a browser": (request) => ({
    ...request,
    headers: {
      ...request.headers,
      origin: "https://site.example",
      "sec-fetch-mode": "cors",
      "sec-fetch-site": "cross-site",
    },
  }),
  "over 64 KiB": (request) => ({ ...request, body: `{"a":"${"x".repeat(65_536)}"}` }),
  "over 10 MiB": (request) => ({ ...request, body: `# ${"x".repeat(10_485_760)}` }),
  "any method but POST": (request) => ({ ...request, method: "PUT" }),
};

/** Fields that hold others. */
const nested = sampleOf(`
  one:
    when: Now.
    why: To see.
    fields:
      kind: { type: enum, values: [a, b], why: W. }
      shape: { type: object, optional: true, fields: { size: { type: int, max: 9, example: 1 }, tests: { type: int, max: 9, example: 1, optional: true } }, why: W. }
      parts: { type: list, of: { type: object, fields: { name: { type: enum, values: [a, b] }, count: { type: int, max: 9, example: 1, optional: true } } }, max_items: 4, example: [{ name: a, count: 1 }], why: W. }
      sizes: { type: map, keys: { type: enum, values: [a, b] }, of: { type: int, max: 9 }, max_items: 4, example: { a: 1, b: 2 }, why: W. }`);

describe.each([
  ...FIVE.map((product) => [product, contract(product)] as const),
  ["fields that hold others", nested] as const,
])("what the page of %s says about its receiver", async (_, model) => {
  const { contract: worker, remove } = await generateWorker(model);
  remove();
  const { taken, refused } = claimsOf(docsTarget.generate(model)[0]?.text ?? "");
  const metrics = model.metrics.length > 0;
  const fill = (text: string, [name, given]: readonly [string, unknown]) => text.replaceAll(`{${name}}`, String(given));
  const address = Object.entries(goldenFields(model.destination.urlFields)).reduce(fill, model.destination.url);
  const { pathname } = new URL(address);
  const headers = { "content-type": metrics ? "text/plain" : "application/json" };

  test("is said in lines that can be tried", () => {
    expect(taken.length).toBeGreaterThan(2);
    expect(refused.length).toBeGreaterThan(4);
  });

  test.each(metrics ? taken.slice(0, 0) : taken)("%s: %s (%i)", async (what, happens, status) => {
    const first = body(model);
    const ways = changes[what]?.(model, first).length ?? 0;
    expect(ways, "nobody knows how to try this").toBeGreaterThan(0);
    for (let way = 0; way < ways; way++) {
      const made = body(model);
      changes[what]?.(model, made)[way]?.();
      const answer = await ask(worker, pathname, { method: "POST", headers, body: JSON.stringify(made.whole) });
      expect(answer.status).toBe(status);
      expect(outcomes[happens]?.(answer, made.both), JSON.stringify([way, answer.forwarded])).toBe(true);
    }
  });

  const named = refused.filter(([what]) => !/^(over \d+ in |when there|a wrong path)/.test(what));
  test.each(named)("requests %s are refused (%i)", async (what, status) => {
    const whole = metrics ? model.metrics.map(goldenSample).join("\n") : body(model).whole;
    const request = { method: "POST", headers, body: metrics ? whole : JSON.stringify(whole) };
    const answer = await ask(worker, pathname, refusals[what]?.(request, whole) ?? request);
    expect([answer.status, answer.forwarded]).toEqual([status, []]);
  });

  test("requests to a wrong path are refused", async () => {
    const answer = await ask(worker, `${pathname}/else`, { method: "POST", headers, body: "{}" });
    expect(answer.status).toBe(refused.find(([what]) => what === "a wrong path")?.[1]);
  });
});
