import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { DrawnWire, Picture } from "../../../worker/runtime/read/picture.js";
import type { Golden, Product } from "../product.js";
import { granting, withRun } from "../run.js";
import { judge, statedIn } from "./judge.js";
import { mutantsOf } from "./mutants.js";
import { bodyPicture, decodedBody, opened, placesIn, showsName } from "./places.js";

/** One sample per event, and three judges of it: the emitter makes it, the schema allows it, the worker passes it, whole. */
export function agreement(product: Product): void {
  const allowed = payloadCheck(product);
  const allows = (payload: Golden["payload"]) => (typeof payload === "string" ? undefined : allowed(payload));

  describe.each(product.golden)("$event", (golden) => {
    it("is what its emitter sends", () =>
      withRun(product, granting(product), async ({ deliver, requests }) => {
        await deliver([golden]);
        expect(requests.map(({ body }) => asGolden(product, golden, body))).toEqual([golden.payload]);
        const { query } = golden.around ?? product.around;
        expect(requests.map(({ url }) => asGoldenQuery(product, golden, query, statedIn(product, url)))).toEqual([
          query,
        ]);
      }));

    it("is allowed by the schema", () => expect(allows(golden.payload) ?? true).toBe(true));

    it("passes the worker whole", async () => {
      const { status, forwarded } = await judge(product, golden.payload, golden.around);
      expect(status).toBe(product.worker.responses.accepted);
      expect(forwarded).toEqual([golden.forwarded]);
    });

    it.each(mutantsOf(product, golden))(
      "$name: refused by the schema, and never stored",
      async ({ payload, secret, survives }) => {
        // Of a name that stands in an encoded text a schema knows nothing: what one event can't be, another may.
        if (product.golden.length === 1 || showsName(product.worker.wire)) expect(allows(payload) ?? false).toBe(false);
        const stored = await judge(product, payload, golden.around);
        expect(JSON.stringify(stored.forwarded)).not.toContain(secret);
        // Where no version travels, what today's version refuses may be just what a released version sends.
        const { forwarded } = await judge(ofToday(product), payload);
        if (!survives) expect(forwarded).toEqual([]);
      },
    );
  });

  it("nothing that a caller's object has beside its fields leaves the machine", () =>
    withRun(product, granting(product), async ({ deliver, requests }) => {
      const extra = product.golden.map((golden) => ({ ...golden, arguments: golden.arguments.map(withMore) }));
      await deliver(extra);
      expect(requests.length).toBeGreaterThan(0);
      expect(requests.map(({ body }) => decodedBody(product.worker.wire, body)).join()).not.toContain(
        "not-on-the-list",
      );
    }));
}

/** The product with a worker that hears today's clients only. */
function ofToday(product: Product): Product {
  return { ...product, worker: { ...product.worker, allowlists: product.worker.allowlists.slice(0, 1) } };
}

function withMore(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { ...value, unlisted: "not-on-the-list" }
    : value;
}

/** A sent body with what the client filled in by itself replaced by the example values, once it was seen to be there. */
function asGolden(product: Product, { payload, required }: Golden, body: string): unknown {
  const { wire } = product.worker;
  if (typeof payload !== "string") {
    const sent: unknown = JSON.parse(decodedBody(wire, body));
    const differs = difference(product, required, sent, structuredClone(payload), bodyPicture);
    return differs ?? payload;
  }
  if (wire.format === "prometheus-text") {
    const line = product.filledIn.reduce((text, label) => withExample(text, label, payload), body.trimEnd());
    // What this machine has no word for is left out of it, and what depends on that.
    const open = product.filledIn.filter((label) => !required.includes(label));
    const onlyIn = (one: string, other: string) =>
      open.filter((label) => labelOf(label).test(one) && !labelOf(label).test(other));
    const alike = onlyIn(line, payload).reduce(withoutLabel, line);
    return onlyIn(payload, line).reduce(withoutLabel, payload) === alike ? payload : line;
  }
  return difference(product, required, named(body), named(payload), bodyPicture) === undefined ? payload : body;
}

/** The same of the query of an address. */
function asGoldenQuery(product: Product, { required }: Golden, golden: string, query: string): string {
  const differs = difference(product, required, named(query), named(golden), (wire) => wire.query ?? bodyPicture(wire));
  return differs === undefined ? golden : query;
}

/** A form or a query by its names. */
function named(text: string): unknown {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Returns what was sent instead of the example, and undefined where it is the same. The order of keys, and of what is repeated, says nothing. */
function difference(
  { filledIn, worker: { wire } }: Product,
  required: readonly string[],
  asSent: unknown,
  asExample: unknown,
  pictureOf: (wire: DrawnWire) => Picture,
): unknown {
  const picture = wire.format === "prometheus-text" ? undefined : pictureOf(wire);
  const sent = opened(wire, asSent, picture);
  const golden = opened(wire, asExample, picture);
  const found = placesIn(wire, sent, picture);
  const wanted = placesIn(wire, golden, picture);
  const own = new Set(filledIn);
  const apart = wire.format === "prometheus-text" ? {} : { ...wire.apart?.common, ...wire.apart?.fields };
  const isOwn = (name: string) => own.has(apart[name]?.at(-1) ?? name);
  for (const kind of ["fields", "times"] as const)
    for (const [at, { name, holder, key }] of found[kind].entries()) {
      const examples = wanted[kind].filter((one, index) => one.name === name && (kind === "fields" || index === at));
      // One that stands in two places is compared with the same of them.
      const example = examples.find((one) => one.key === key) ?? examples[0];
      if (example === undefined) continue;
      if (kind === "fields" && !isOwn(name)) {
        alignInside(holder[key], example.holder[example.key], own);
        continue;
      }
      const value = example.holder[example.key];
      if (typeof value === typeof holder[key]) holder[key] = value;
    }
  // What this machine has no word for is left out, and what depends on that.
  for (const [one, other] of [[found, wanted] as const, [wanted, found] as const])
    for (const { name, holder, key } of one.fields)
      if (isOwn(name) && !required.includes(name) && !other.fields.some((field) => field.name === name))
        delete holder[key];
  for (const list of [...found.repeats, ...wanted.repeats]) list.sort((a, b) => (sorted(a) < sorted(b) ? -1 : 1));
  // Compared as they are opened; where nothing is a text of its own, that is the payload itself.
  return sorted(sent) === sorted(golden) ? undefined : sent;
}

/** JSON with the keys of objects in one order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** The same for what stands inside of objects, lists and maps. */
function alignInside(sent: unknown, example: unknown, own: ReadonlySet<string>): void {
  if (typeof sent !== "object" || sent === null || typeof example !== "object" || example === null) return;
  const [holder, wanted] = [sent as Record<string, unknown>, example as Record<string, unknown>];
  for (const key of Object.keys(holder))
    if (own.has(key) && typeof holder[key] === typeof wanted[key] && !Array.isArray(sent)) holder[key] = wanted[key];
    else alignInside(holder[key], wanted[key], own);
}

function labelOf(label: string): RegExp {
  return new RegExp(`(?<=[{,])${label}="(?:[^"\\\\]|\\\\.)*"`);
}

function withoutLabel(line: string, label: string): string {
  return line
    .replace(new RegExp(`${labelOf(label).source},?`), "")
    .replace(",}", "}")
    .replace("{}", "");
}

/** A line with a label's value replaced by the example's, where both have it. */
function withExample(line: string, label: string, golden: string): string {
  const labelled = labelOf(label);
  const example = labelled.exec(golden)?.[0];
  return example === undefined ? line : line.replace(labelled, () => example);
}

/** The schema of a whole payload, which finds those of the events beside it. */
function payloadCheck({ schemas }: Product): (payload: unknown) => boolean {
  const ajv = new Ajv({ strict: false });
  for (const name of readdirSync(schemas).filter((file) => file.endsWith(".schema.json")))
    ajv.addSchema(JSON.parse(readFileSync(new URL(encodeURIComponent(name), schemas), "utf8")) as object, name);
  const check = ajv.getSchema("payload.schema.json");
  if (check === undefined) throw new Error(`payload.schema.json is not in ${schemas.href}`);
  return (payload) => check(payload) === true;
}
