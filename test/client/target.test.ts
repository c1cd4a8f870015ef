import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { check } from "prettier";
import { beforeAll, describe, expect, it } from "vitest";
import { goldenFields } from "../../generator/model/golden.js";
import type { Model } from "../../generator/model/model.js";
import { eventCall } from "../../generator/payload/call-shape.js";
import { exampleArguments } from "../../generator/payload/example-call.js";
import { clientTarget } from "../../generator/targets/typescript/typescript.js";
import { modelOf } from "../support/project.js";
import { temporary } from "./program.js";

const root = join(import.meta.dirname, "../..");

/** Everything that has broken a generator, in one contract. */
const hostile = `
telemetry_spec: 1
product: hostile
title: Hostile
schema_version: 1
summary: A contract that would rather be code.
why: ["*/ export const injected = 1; /*"]
never_collected: [Nothing.]
consent: { model: opt-out, order: [{ env: "HOSTILE_OFF", disable_when: present }], builds: { debug: compiled-out, pro: locked-off } }
identifiers: none
destination: { url: https://example.com/v1, operator: { name: X, party: first }, client_ip: not-stated }
common:
  "dash-ed": { type: const, value: 'it''s "quoted" \\back', why: "\${injected} \`tick\` --> <b>" }
events:
  setup: { when: "*/ injected();", why: "\\u202e reversed", fields: { class: { type: bool, why: "a | b" } } }
  flush: { when: Never., why: Never. }
  "x y.z": { when: Never., why: Never., fields: { "a b": { type: enum, values: ["it's", 'sa"id', "\\\\", "*/", "\${x}", "é"], why: x }, "a:b/c": { type: int, why: x, example: 1 } } }
  delete:
    when: Never.
    why: Never.
    fields:
      things:
        type: list
        of: { type: object, fields: { size: { type: bucket, unit: GiB, up_to: { s: 1, l: unlimited } }, "key-name": { type: enum, values: [a, other], otherwise: other } } }
        max_items: 3
        why: x
        example: [{ size: s, key-name: a }, { size: l, key-name: other }]
      speed_bucket: { type: bucket, unit: files per second, below: { slow: 0.5, fast: unlimited }, why: x }
      long: { type: enum, values: [${Array.from({ length: 30 }, (_, at) => `value-number-${at}`).join(", ")}], why: x }
      longs: { type: list, of: { type: enum, values: [${Array.from({ length: 30 }, (_, at) => `item-number-${at}`).join(", ")}] }, max_items: 2, why: x, example: [item-number-1] }
  roll:
    when: Never.
    why: Never.
    rollup: { one_per: [day, add, default, name, third, fourth, peer_id, peer_kind, lone], combine: { total: calls, failed: failed-calls, bytes: sum } }
    fields:
      add: { type: enum, values: ["x", "y"], why: x }
      default: { type: bool, why: x }
      name: { type: string, pattern: "^[a-z]+$", max_length: 9, why: x, example: tool }
      third: { type: enum, values: [p, q], why: x }
      fourth: { type: enum, values: [p, q], why: x }
      peer_id: { type: enum, values: [p, q], why: x, optional: true }
      peer_kind: { type: enum, values: [p, q], why: x, optional: true }
      lone: { type: enum, values: [p, q], why: x, optional: true }
      total: { type: int, max: 9, why: x, example: 1 }
      failed: { type: int, max: 9, why: x, example: 0 }
      bytes: { type: int, max: 9, why: x, example: 0 }
guarantees: []
wire: { format: json, body: { $common: , events: $each }, each: { event: $event, ts: $time, props: { $fields: } } }
delivery: { mode: queued, queue: { file: "~/q/queue", max_size: 1MiB, when_full: drop-oldest, reclaim_after: 1h } }
ingest: {}
history: [{ version: 1, change: First. }]
`;

async function write(model: Model, folder: string): Promise<string> {
  for (const { path, text } of await clientTarget.generate(model)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  cpSync(join(root, "templates/client/runtime"), join(folder, "client/runtime"), { recursive: true });
  return join(folder, "client");
}

async function bundle(source: string, folder: string, define: Record<string, string> = {}): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder, loader: "ts" },
    absWorkingDir: folder,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    format: "esm",
    platform: "node",
    define,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

describe("a hostile contract", () => {
  // Names that the language would refuse: what prints them doesn't count on that.
  const read = modelOf(hostile);
  const builds = [
    { name: "it's", kind: "compiled-out" },
    { name: 'b"b\\', kind: "locked-off" },
  ] as const;
  const model: Model = { ...read, consent: { ...read.consent, builds } };
  let folder: string;
  beforeAll(async () => {
    folder = await write(model, temporary());
  });

  it("is printed as prettier would, and nothing of it becomes code", async () => {
    for (const { path, text } of await clientTarget.generate(model)) {
      expect([path, await check(text, { filepath: path, printWidth: 120 })]).toEqual([path, true]);
      expect(text.startsWith("// Code generated by plainsight from spec/events.yaml. DO NOT EDIT.\n")).toBe(true);
      expect(text).not.toMatch(/\n\s*injected\(\)|^export const injected/m);
      expect(text).not.toMatch(/[\u202e\u2028]/);
    }
  });

  it("sends its examples as they are", async () => {
    const calls = model.events.map((event) => {
      const { emitter } = eventCall(model, event);
      const args = exampleArguments(model, event).map((argument) =>
        argument === null ? "undefined" : JSON.stringify(argument),
      );
      return `telemetry.${emitter}(${args.join(", ")});`;
    });
    const source = `import * as telemetry from "./telemetry.js";
      export async function run(home, day) {
        const bodies = [];
        let now = Date.parse("2026-06-12T12:00:00Z");
        telemetry.setup({ host: { home, env: {}, now: () => now, send: async ({ body }) => (bodies.push(JSON.parse(body)), 204) } });
        ${calls.join("\n        ")}
        await telemetry.flush();
        now += 86400000;
        await telemetry.flush();
        return bodies;
      }`;
    const file = join(temporary(), "run.mjs");
    writeFileSync(file, await bundle(source, folder));
    const { run } = (await import(pathToFileURL(file).href)) as {
      run: (home: string) => Promise<{ "dash-ed": string; events: { event: string; props: object }[] }[]>;
    };
    const bodies = await run(temporary());
    expect(bodies.map((body) => body["dash-ed"])).toEqual(bodies.map(() => 'it\'s "quoted" \\back'));
    const sent = new Map(bodies.flatMap(({ events }) => events.map(({ event, props }) => [event, props])));
    for (const event of model.events)
      expect([event.wireName, sent.get(event.wireName)]).toEqual([event.wireName, goldenFields(event.fields)]);
  });

  it("leaves nothing in a build without telemetry, whatever that is called", async () => {
    const app = (calls: string, imported: string) => `${imported}\nexport function work(n) { ${calls} return n + 1; }`;
    const calls = "telemetry.setupEvent({ class: true }); telemetry.setup({}); telemetry.flushEvent();";
    const without = await bundle(app("", ""), folder);
    for (const { name } of builds) {
      expect(
        (await bundle(app(calls, 'import * as telemetry from "./telemetry.js";'), folder, {
          HOSTILE_BUILD: JSON.stringify(name),
        })) === without,
      ).toBe(true);
    }
    expect((await bundle(app(calls, 'import * as telemetry from "./off.js";'), folder)) === without).toBe(true);
    expect((await bundle(app(calls, 'import * as telemetry from "./telemetry.js";'), folder)) === without).toBe(false);
  });
});

describe("size", () => {
  const contract = (events: number) =>
    modelOf(
      hostile.replace(
        "events:\n",
        `events:\n${Array.from({ length: events }, (_, at) => `  extra_${at}: { when: N., why: N., fields: { a: { type: enum, values: ["x", "y"], why: x }, b_bucket: { type: bucket, unit: s, below: { l: 1, m: unlimited }, why: x } } }\n`).join("")}`,
      ),
    );

  it("one emitter costs the start of an application of 4 or 400 events the same bytes", async () => {
    const sizes = [];
    for (const events of [4, 400]) {
      const folder = await write(contract(events), temporary());
      sizes.push(await startOf('import { extra1 } from "./telemetry.js"; extra1({ a: "x", bS: 1 });', folder));
    }
    // But for the length of the names that the minifier gives. One event more would be a hundred bytes and more.
    expect(Math.abs((sizes[1] ?? 0) - (sizes[0] ?? 0))).toBeLessThan(16);
    expect(sizes[0]).toBeGreaterThan(1000);
  });

  /**
   * Bundles a start. The code that is loaded with the first send is another chunk; it judges what waits, so it knows every event.
   */
  async function startOf(contents: string, folder: string): Promise<number> {
    const { outputFiles, metafile } = await build({
      stdin: { contents, resolveDir: folder, loader: "ts" },
      absWorkingDir: folder,
      bundle: true,
      splitting: true,
      minify: true,
      write: false,
      metafile: true,
      outdir: "out",
      format: "esm",
      platform: "node",
      logLevel: "silent",
    });
    const start = new Set<string>();
    const load = (name: string) => {
      if (start.has(name)) return;
      start.add(name);
      for (const { path, kind } of metafile.outputs[name]?.imports ?? [])
        if (kind === "import-statement" && metafile.outputs[path]) load(path);
    };
    load(Object.keys(metafile.outputs).find((name) => metafile.outputs[name]?.entryPoint === "<stdin>") ?? "");
    return outputFiles
      .filter(({ path }) => [...start].some((name) => path.endsWith(name)))
      .reduce((bytes, { text }) => bytes + text.length, 0);
  }
});

it("every file that is copied names itself and imports nothing but its like and Node", () => {
  const folder = join(root, "templates/client/runtime");
  const imports = new Set<string>();
  for (const name of ["client.ts", "queue/record.ts", "queue/flush-queue.ts", "send/send.ts", "command/command.ts"]) {
    const text = readFileSync(join(folder, name), "utf8");
    expect(
      text.startsWith(`// Code generated by plainsight from templates/client/runtime/${name}. DO NOT EDIT.\n`),
    ).toBe(true);
    for (const [, from] of text.matchAll(/from "([^"]+)"/g)) imports.add(from ?? "");
  }
  expect([...imports].filter((from) => !/^(\.\.?\/|node:)/.test(from))).toEqual([]);
});
