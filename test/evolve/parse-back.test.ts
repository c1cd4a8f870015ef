import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { docsTarget } from "../../generator/targets/docs/docs.js";
import { schemaTarget } from "../../generator/targets/schema/schema.js";
import { clientTarget } from "../../generator/targets/typescript/typescript.js";
import { workerTarget } from "../../generator/targets/worker/worker.js";
import { modelOfSystem, systems } from "../worker/generated-worker.js";
import { randomFrom } from "../worker/random.js";
import { randomSpec } from "../worker/random-contract.js";
import { fromEmitters, fromPage, fromSchema, fromWorker, type Told } from "./read-back.js";
import { modelOf } from "./read-case.js";

interface Outputs {
  readonly page: Told;
  readonly schema: Told;
  readonly worker: Told;
  readonly emitters: Told;
  readonly notice: string | undefined;
}

/** Everything that a contract becomes, read back by readers that know nothing of it. */
async function readBack(model: Model): Promise<Outputs> {
  const made = (
    await Promise.all([docsTarget, schemaTarget, workerTarget, clientTarget].map((target) => target.generate(model)))
  ).flat();
  const text = (end: string) => made.find(({ path }) => path.endsWith(end))?.text ?? "";
  const client = made.filter(({ path }) => /client\/(telemetry|sending)\.ts$/.test(path)).map((file) => file.text);
  const notice = /notice: \{\s*text:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/.exec(client.join("\n"))?.[1];
  return {
    page: fromPage(text("TELEMETRY.md")),
    schema: fromSchema(wholeSchema(text), model),
    worker: fromWorker(text("worker/allowlist.js"), text("worker/validators.js")),
    emitters: fromEmitters(client),
    notice: notice && (new Function(`return ${notice}`)() as string),
  };
}

/** The payload's schema with those of the events in it, each from its own file. */
function wholeSchema(text: (end: string) => string): Parameters<typeof fromSchema>[0] {
  const payload = JSON.parse(text("schema/payload.schema.json")) as { definitions: Record<string, { $ref: string }> };
  const events = Object.entries(payload.definitions).map(([name, { $ref }]) => [
    name,
    JSON.parse(text(`schema/${decodeURIComponent($ref)}`)) as unknown,
  ]);
  return { ...payload, definitions: Object.fromEntries(events) as never };
}

/** Leaves out fields that are only accepted from old clients; no emitter sends them. */
function withoutLegacy(page: Told, { common, events }: Model): Told {
  const old = (event: string) =>
    new Set(
      [...common, ...(events.find(({ wireName }) => wireName === event)?.fields ?? [])]
        .filter(({ legacy }) => legacy)
        .map(({ wireName }) => wireName),
    );
  return Object.fromEntries(
    Object.entries(page).map(([event, fields]) => [
      event,
      Object.fromEntries(Object.entries(fields).filter(([name]) => !old(event).has(name))),
    ]),
  );
}

const all: readonly (readonly [string, Model])[] = [
  ...systems.map((system) => [system, modelOfSystem(system)] as const),
  ...Array.from(
    { length: 40 },
    (_, seed) => [`random ${seed}`, modelOf(JSON.stringify(randomSpec(randomFrom(seed))), "spec/events.yaml")] as const,
  ),
];

describe("read back, (event, field, values) are the same", () => {
  it.each(all)("on the page, in the schema, the worker and the emitters of %s", async (_name, model) => {
    const { page, schema, worker, emitters } = await readBack(model);
    expect(Object.keys(page).length).toBe(model.events.length + model.metrics.length);
    expect(schema, "schema").toEqual(page);
    expect(worker, "worker").toEqual(page);
    expect(emitters, "emitters").toEqual(withoutLegacy(page, model));
  });

  it.each(systems)(
    "the notice of %s names no command or variable that does not exist, and the page shows it as it is",
    async (system) => {
      const model = modelOfSystem(system);
      const { notice } = await readBack(model);
      expect(notice).toBe(model.consent.notice?.text);
      if (notice === undefined) return;
      const commands = Object.values(model.consent.commands).map((command) => command?.run);
      for (const [, quoted] of notice.matchAll(/"([^"]+)"/g)) expect(commands).toContain(quoted);
      const variables = model.consent.order.flatMap(({ place }) => (place.kind === "env" ? [place.env] : []));
      for (const [, variable] of notice.matchAll(/\b([A-Z][A-Z_]{3,})=/g)) expect(variables).toContain(variable);
      expect(
        readFileSync(
          system === "codegraph" ? "TELEMETRY.md" : `generated/systems/${system}/TELEMETRY.md`,
          "utf8",
        ).replaceAll("\\", ""),
      ).toContain(notice);
    },
  );
});

it("a field that an output loses is noticed", async () => {
  const model = modelOfSystem("codegraph");
  const [, ...others] = model.events;
  const [first] = model.events;
  const poorer = {
    ...model,
    events: [{ ...first, fields: first?.fields.slice(1) } as Model["events"][number], ...others],
  };
  expect((await readBack(poorer)).worker).not.toEqual((await readBack(model)).page);
});
