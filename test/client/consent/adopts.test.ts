import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { toolContract } from "../../support/tool-contract.js";
import { type Process, type Program, programOf } from "./program.js";

const uuid = "0b7c3c9e-5f1d-4a53-9b43-0a5b5c0f4a11";
const hex = "9f2b0c0d4f0e4f6c8c7e9a1b2c3d4e5f60718293a4b5c6d7e8f9a0b1c2d3e4f5";

const contract = (adopts: string, format = "{ type: uuid, version: 4 }", head = "model: opt-out", epoch = "") =>
  toolContract(`
${epoch}
consent:
  ${head}
  order:
    - { env: DO_NOT_TRACK, disable_when: truthy }
    - { stored: enabled }
  commands: { enable: { run: tool telemetry on }, disable: { run: tool telemetry off }, status: { run: tool telemetry status } }
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool }, machine_id: { type: identifier } } }
  adopts:
    - ${adopts}
identifiers:
  machine_id: { identifies: machine, made_from: random, format: ${format}, created: first-send, reset_by: tool telemetry reset }
common:
  machine_id: { type: identifier, why: Counts machines.${format.includes("string") ? ` , example: ${hex}` : ""} }
events:
  run: { when: A command ends., why: Which are used., fields: { command: { type: enum, values: [build, test], why: Which it was. } } }
guarantees: [allowlist-only]
wire: { format: json, body: { $common: , events: $each }, each: { event: $event, ts: $time, props: { $fields: } } }
delivery:
  mode: queued
  queue: { file: ~/.tool/queue.jsonl, max_size: 64KiB, when_full: drop-oldest }
  flush: [{ at: command-end, wait: true }]
`);

interface Shape {
  readonly name: string;
  readonly adopts: string;
  readonly format?: string;
  readonly file: string;
  readonly no: unknown;
  readonly yes: unknown;
  readonly id: string;
}

const shapes: readonly Shape[] = [
  {
    name: "conf and configstore",
    adopts:
      "{ from: ~/.config/configstore/tool.json, key: optOut, enable_when: [false], disable_when: [true], identifiers: { machine_id: clientId } }",
    file: ".config/configstore/tool.json",
    no: { optOut: true, clientId: uuid },
    yes: { optOut: false, clientId: uuid },
    id: uuid,
  },
  {
    name: "Next.js",
    adopts:
      '{ from: ["{app_dir}/../nextjs-nodejs/config.json", ~/.next-older.json], key: telemetry.enabled, identifiers: { machine_id: telemetry.anonymousId } }',
    format: '{ type: string, pattern: "^[0-9a-f]{64}$", max_length: 64 }',
    file: ".config/nextjs-nodejs/config.json",
    no: { telemetry: { enabled: false, anonymousId: hex, notifiedAt: "1684500000000", salt: "x" } },
    yes: { telemetry: { enabled: true, anonymousId: hex, notifiedAt: "1684500000000", salt: "x" } },
    id: hex,
  },
  {
    name: "Astro",
    adopts:
      '{ from: "{app_dir}/../astro/config.json", key: telemetry.enabled, identifiers: { machine_id: telemetry.anonymousId } }',
    format: '{ type: string, pattern: "^[0-9a-f]{64}$", max_length: 64 }',
    file: ".config/astro/config.json",
    no: { "telemetry.enabled": false, telemetry: { anonymousId: hex } },
    yes: { telemetry: { enabled: true, anonymousId: hex } },
    id: hex,
  },
  {
    name: "Docglow 0.9",
    adopts:
      "{ from: ~/.config/docglow/telemetry.json, key: decision, enable_when: [enabled], disable_when: [disabled], identifiers: { machine_id: instance_id } }",
    file: ".config/docglow/telemetry.json",
    no: { decision: "disabled", instance_id: uuid },
    yes: { decision: "enabled", instance_id: uuid },
    id: uuid,
  },
];

const emit = ({ telemetry }: Process) => telemetry["run"]?.({ command: "build" } as never);
const sentIds = ({ requests }: Process) =>
  requests.map(({ body }) => (JSON.parse(body) as { machine_id: string }).machine_id);
/** A platform on which an older client's file can't be told from ours. */
const onLinux = { env: {} };

describe.each(shapes)("$name", ({ adopts, format, file, no, yes, id }) => {
  let program: Program;
  const start = async (content: unknown, setup = {}) => {
    program ??= await programOf(contract(adopts, format));
    const one = await program.start(onLinux, setup);
    if (content !== undefined) one.write(file, content);
    return one;
  };

  test("a no is one at once, is taken over, and outlives the older file", async () => {
    const one = await start(no);
    expect(one.telemetry["enabled"]?.()).toBe(false);
    emit(one);
    await one.flush();
    expect(one.requests).toEqual([]);
    // A program that stays takes it over in the background, on or off.
    await expect
      .poll(() => one.file(".tool/state.json"), { timeout: 60_000 })
      .toMatchObject({ adopted: true, enabled: false });
    expect(one.file(".tool/state.json")).not.toHaveProperty("machine_id");
    one.write(file, yes);
    const later = await program.start(onLinux, {}, one.home);
    expect(later.telemetry["reason"]?.()).toBe("off: stored says so");
  });

  test("a yes is one, and the identifier goes on", async () => {
    const one = await start(yes);
    emit(one);
    await one.flush();
    expect(sentIds(one)).toEqual([id]);
    expect(one.file(".tool/state.json")).toMatchObject({
      adopted: true,
      enabled: true,
      consent_epoch: 1,
      machine_id: id,
    });
    // Once: what a person does from now on is not undone by what lies there.
    expect(await one.telemetryCommand(["reset"])).toBe(0);
    emit(one);
    await one.flush();
    expect(sentIds(one)[1]).not.toBe(id);
  });

  test.each(["{", "[]", '{"a":1,"a":2}', "", "\ufeff{}"])(
    "a file that can't be read whole is a no: %j",
    async (content) => {
      const one = await start(content);
      emit(one);
      await one.flush();
      expect(one.requests).toEqual([]);
      expect(await one.telemetryCommand(["status"])).toBe(0);
      expect(one.stdout).toContain("decided_by: older");
    },
  );

  test("without it, all is as ever", async () => {
    const one = await start(undefined);
    emit(one);
    await one.flush();
    expect(sentIds(one)).toHaveLength(1);
    expect(one.file(".tool/state.json")).not.toHaveProperty("adopted");
  });
});

test("a no is taken over by a program that ends right away, too", async () => {
  const [first] = shapes;
  const { outfile } = await programOf(contract(first?.adopts ?? ""));
  const home = temporaryFolder("home");
  const left = join(home, first?.file ?? "");
  mkdirSync(dirname(left), { recursive: true });
  writeFileSync(left, JSON.stringify(first?.no));
  const source = `import { telemetry } from ${JSON.stringify(pathToFileURL(outfile).href)};
    telemetry.setup({}); telemetry.run({ command: "build" });`;
  const run = (more = "") => {
    const env = { HOME: home, USERPROFILE: home };
    return spawnSync(process.execPath, ["--input-type=module", "-e", source + more], { env, encoding: "utf8" });
  };
  // What is ended at once takes over nothing, and keeps and sends nothing in between.
  expect(run("process.exit(0);")).toMatchObject({ status: 0, stdout: "", stderr: "" });
  expect(existsSync(join(home, ".tool"))).toBe(false);
  expect(run()).toMatchObject({ status: 0, stdout: "", stderr: "" });
  rmSync(left);
  expect(run()).toMatchObject({ status: 0, stdout: "", stderr: "" });
  expect(readdirSync(join(home, ".tool"))).toEqual(["state.json"]);
  expect(JSON.parse(readFileSync(join(home, ".tool/state.json"), "utf8"))).toMatchObject({ enabled: false });
});

test("what is not understood is a no", async () => {
  const [first] = shapes;
  const program = await programOf(contract(first?.adopts ?? ""));
  for (const value of ["maybe", 7, null, {}, "true"]) {
    const one = await program.start();
    one.write(first?.file ?? "", { optOut: value });
    expect(one.telemetry["enabled"]?.()).toBe(false);
  }
});

test("what a person has answered here outweighs it", async () => {
  const [first] = shapes;
  const one = await (await programOf(contract(first?.adopts ?? ""))).start();
  one.write(".tool/state.json", { enabled: true });
  one.write(first?.file ?? "", first?.no);
  emit(one);
  await one.flush();
  expect(one.requests).toHaveLength(1);
  expect(one.file(".tool/state.json")).toMatchObject({ enabled: true, adopted: true });
});

test("an older yes is one to the first edition of the list, unless its date says more", async () => {
  const dated = '{ from: ~/.old.json, key: active, epoch_from: { stored: told, epochs: { "2": "2023-08-25" } } }';
  const program = await programOf(contract(dated, undefined, "model: opt-in", "consent_epoch: 2"));
  for (const [told, on] of [
    ["2023-08-24T23:59:59Z", false],
    ["2023-08-25", true],
    ["1692921600000", true],
    [undefined, false],
  ]) {
    const one = await program.start();
    one.write(".old.json", { active: true, told });
    expect({ told, on: one.telemetry["enabled"]?.() }).toEqual({ told, on });
    emit(one);
    await one.flush();
    expect(one.requests.length > 0).toBe(on);
  }
});

test("what waited in CodeGraph 1.6's queue goes on under a yes, held to this contract, and is gone under a no", async () => {
  const lines = [
    { v: 1, ev: "run", ts: "2026-06-12T11:00:00Z", props: { command: "test", path: "/home/ann" } },
    { v: 1, ev: "run", ts: "2026-06-12T11:00:00Z", props: { command: "/home/ann" } },
    { v: 1, d: "2026-06-11", k: "tool", n: "search", c: 3, e: 0, cn: "x", cv: "1" },
    { v: 1, event: "run", ts: Date.parse("2026-06-12T11:30:00Z"), props: { command: "build" } },
  ];
  const text = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"v":1,"ev":"ru`;
  const program = await programOf(
    contract("{ queue: { file: ~/.tool/queue.jsonl, event: ev, time: ts, fields: props } }"),
  );
  const one = await program.start();
  one.write(".tool/queue.jsonl", text);
  await one.flush();
  const events = one.requests.flatMap(({ body }) => (JSON.parse(body) as { events: object[] }).events);
  expect(events).toEqual([
    { event: "run", ts: "2026-06-12T11:00:00.000Z", props: { command: "test" } },
    { event: "run", ts: "2026-06-12T11:30:00.000Z", props: { command: "build" } },
  ]);
  const off = await program.start({ env: { DO_NOT_TRACK: "1" } });
  off.write(".tool/queue.jsonl", text);
  await expect.poll(() => off.file(".tool/queue.jsonl"), { timeout: 60_000 }).toBeUndefined();
});

test("the page says what counts of it", async () => {
  const { model } = await programOf(contract(shapes[0]?.adopts ?? ""));
  const page = docsTarget.generate(model).find(({ path }) => path.endsWith(".md"))?.text ?? "";
  expect(page).toContain("### What an earlier version left");
  expect(page).toContain(
    "- `optOut` in `~/.config/configstore/tool.json`. A yes is `false`, and counts for the first edition of this list.",
  );
  expect(page).toContain("With a yes, `machine_id` (there `clientId`) is kept.");
});
