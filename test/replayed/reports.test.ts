import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, test } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { clientTarget } from "../../generator/targets/typescript/typescript.js";
import { stamp } from "../../templates/worker/runtime/sinks/entry.js";
import { machine, programOf, received, start } from "../property/program.js";

/**
 * Reports about other tools' telemetry, replayed: one test for each kind, named by what went wrong there. What needs the tool as
 * a process is in test/cli/robust.test.ts, what needs a host in test/worker/hosts.
 */

const whole = (events: string, more = "delivery: { mode: immediate }", consent = ""): string => `telemetry_spec: 1
product: sample
title: T
schema_version: 1
summary: S.
why: [W.]
never_collected: [A.]
consent:
  model: opt-out
  order:
    - { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } }
    - { env: SAMPLE, enable_when: truthy, disable_when: falsy }
${consent}
identifiers: none
destination:
  url: https://t.example/v1
  operator: { name: S, party: first }
  client_ip: discarded
  retention: { raw: 90d }
  deletion: Write to us.
events:
${events}
wire: { format: json, body: { event: $event, time: $time, $common: , $fields: } }
${more}
history: [{ version: 1, change: First. }]
`;
const queued =
  "delivery: { mode: queued, queue: { file: ~/.sample/q.jsonl, max_size: 64KiB, when_full: drop-oldest } }";

function modelOf(text: string): Model {
  const { model, diagnostics } = readContract(text, "spec/events.yaml");
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

function found(text: string): readonly string[] {
  return readContract(text, "spec/events.yaml").diagnostics.map(({ code }) => code);
}

async function clientFiles(text: string): Promise<Readonly<Record<string, string>>> {
  const files = await clientTarget.generate(modelOf(text));
  return Object.fromEntries(files.map((file) => [file.path, file.text]));
}

test("ten machines that count the same on one day, and have no identifier, are ten rows", async () => {
  const rollup = `  use:
    when: W.
    why: W.
    rollup: { one_per: [day, command], combine: { uses: calls } }
    fields:
      command: { type: enum, values: [build, test], why: A. }
      uses: { type: int, max: 1000, example: 3, why: A. }`;
  const program = await programOf(modelOf(whole(rollup, queued)));
  const rows = new Set<unknown>();
  const stored = new Set<string>();
  for (let count = 0; count < 10; count++) {
    const on = machine();
    const running = start(program, on);
    await running.deliver(() => running.telemetry["countUse"]?.("build", true));
    for (const request of running.requests)
      for (const { id, fields } of stamp((await received(program, request)).accepted, 0)) {
        rows.add(id);
        stored.add(JSON.stringify(fields));
      }
    on.remove();
  }
  expect(stored.size).toBe(1);
  expect(rows.size).toBe(10);
});

describe("a home in which nothing can be kept", () => {
  const kept = `  state_file: { path: ~/.sample/state.json, keys: { enabled: { type: bool } } }
  commands: { status: { run: sample telemetry status } }`;
  const events = "  use: { when: W., why: W. }";
  const text = whole(events, queued, kept).replace(
    "    - { env: SAMPLE",
    "    - { stored: enabled }\n    - { env: SAMPLE",
  );

  it.each([
    ["a file in the folder's place", (home: string) => writeFileSync(join(home, ".sample"), "")],
    [
      "a folder in the state file's place",
      (home: string) => mkdirSync(join(home, ".sample/state.json"), { recursive: true }),
    ],
  ])("%s: status says in JSON that nothing is sent, and nothing is", async (_, damage) => {
    const program = await programOf(modelOf(text));
    const on = machine();
    damage(on.home);
    const running = start(program, on);
    await running.deliver(() => running.telemetry["use"]?.());
    expect(running.requests).toEqual([]);
    expect(await running.command("status", "--json")).toBe(0);
    const said = JSON.parse(running.written.join("\n")) as { readonly enabled: boolean; readonly notes?: unknown };
    expect(said.enabled === false || JSON.stringify(said).includes("othing is sent")).toBe(true);
    on.remove();
  });
});

describe("a refusal", () => {
  const no = '{"enabled":false}';
  const text = whole(
    "  use: { when: W., why: W. }",
    queued,
    "  state_file: { path: ~/.sample/state.json, keys: { enabled: { type: bool } } }",
  );
  const stored = text.replace("    - { env: SAMPLE", "    - { stored: enabled }\n    - { env: SAMPLE");

  test.each<[string, string | Uint8Array]>([
    ["whole", no],
    ["as a text", '{"enabled":"false"}'],
    ["as a number", '{"enabled":0}'],
    ["in another word", '{"enabled":"off"}'],
    ["that is null", '{"enabled":null}'],
    ["cut short", no.slice(0, 13)],
    ["that is empty", ""],
    ["behind a byte order mark", `\ufeff${no}`],
    ["in UTF-16", Buffer.from(no, "utf16le")],
    ["with a comment", `${no} // no`],
    ["in too large a file", `{"enabled":false,"x":"${"y".repeat(70_000)}"}`],
  ])("%s sends nothing", async (_, content) => {
    const program = await programOf(modelOf(stored));
    const on = machine();
    mkdirSync(join(on.home, ".sample"));
    writeFileSync(join(on.home, ".sample/state.json"), content);
    const running = start(program, on);
    await running.deliver(() => running.telemetry["use"]?.());
    expect(running.requests).toEqual([]);
    on.remove();
  });

  test("that isn't there lets through what is on by default", async () => {
    const program = await programOf(modelOf(stored));
    const on = machine();
    const running = start(program, on);
    await running.deliver(() => running.telemetry["use"]?.());
    expect(running.requests.length).toBe(1);
    on.remove();
  });
});

test.each(["then", "exports", "module", "require", "default", "arguments", "await", "catch", "toString"])(
  "an event named %s is no export that a module's form gives a meaning to",
  async (name) => {
    const text = whole(`  ${name}: { when: W., why: W. }`);
    if (readContract(text, "spec/events.yaml").model === undefined) {
      expect(found(text)).toContain("reserved-name");
      return;
    }
    const files = await clientFiles(text);
    const exported = [...(files["client/telemetry.ts"] ?? "").matchAll(/^export (?:async )?function (\w+)/gm)];
    expect(exported.length).toBeGreaterThan(2);
    expect(exported.map(([, one]) => one)).not.toContain(name);
  },
);

test("an optional field may be given as undefined, also under exactOptionalPropertyTypes", async () => {
  const events = `  use:
    when: W.
    why: W.
    fields:
      flag: { type: bool, optional: true, why: A. }
      version: { type: version, from: package-version, example: 1.2.3, why: A. }`;
  const types = (await clientFiles(whole(events)))["client/types.ts"] ?? "";
  const optional = [...types.matchAll(/readonly (\w+)\?: ([^;]+);/g)];
  expect([...new Set(optional.map(([, name]) => name))].sort()).toEqual(["flag", "version"]);
  for (const [whole, , type] of optional) expect(type, whole).toContain("undefined");
});

const ordinary = "^E[A-Z]{1,12}$";
test.each([
  ["^.{1,200}$", "too-wide"],
  ["^[\\w ,./:-]{1,200}$", "too-wide"],
  ["^E[A-Z]+: .{1,180}$", "too-wide"],
  ["^E[A-Z]+: [\\w ,./-]{1,180}$", "too-wide"],
  ["^(ENOENT|EACCES): [^\\n]{1,180}$", "too-wide"],
  ["^[A-Z][A-Za-z]{1,40}Error: [\\w ./:-]{1,120}$", "too-wide"],
  ["^v1:[a-zA-Z0-9@._-]{1,60}$", "too-wide"],
  ["^cmd=[\\w /.-]{1,100}$", "too-wide"],
  ["^[A-Z]{2}[0-9]{2} ?[A-Z0-9 /._a-z-]{0,60}$", "too-wide"],
  [ordinary, undefined],
])("an error's text with somebody's path in it: %s", (pattern, code) => {
  const field = `{ type: string, pattern: '${pattern}', max_length: 200, example: ${JSON.stringify(pattern === ordinary ? "ENOENT" : "x")}, why: A. }`;
  const codes = found(whole(`  use: { when: W., why: W., fields: { error: ${field} } }`));
  if (code === undefined) expect(codes).toEqual([]);
  else expect(codes).toContain(code);
});

test("an error's text becomes a word from a list, and nothing of it is kept or sent", async () => {
  const events =
    "  use: { when: W., why: W., fields: { error: { type: enum, values: [ENOENT, other], otherwise: other, why: A. } } }";
  const program = await programOf(modelOf(whole(events, queued)));
  const on = machine();
  const running = start(program, on);
  await running.deliver(() => running.telemetry["use"]?.({ error: "ENOENT: no such file, open '/home/ann/x'" }));
  expect(running.requests.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([{ error: "other" }]);
  rmSync(dirname(on.home), { recursive: true, force: true });
  on.remove();
});
