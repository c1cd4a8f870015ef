import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readContract } from "../../../generator/spec/read-contract.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { toolContract } from "../../support/tool-contract.js";
import { type Process, programOf } from "./program.js";

const contract = (mode: "immediate" | "queued") =>
  toolContract(`
consent:
  model: opt-out
  order:
    - { fact: ci }
    - { env: TOOL_OFF, disable_when: truthy }
    - { env: DO_NOT_TRACK, disable_when: truthy }
    - { config: tool.json, key: telemetry }
    - { stored: enabled }
  builds: { pro: locked-off }
  commands: { enable: { run: tool telemetry on }, disable: { run: tool telemetry off }, status: { run: tool telemetry status } }
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool }, machine_id: { type: identifier } } }
identifiers:
  machine_id: { identifies: machine, made_from: random, format: { type: uuid, version: 4 }, created: first-send }
common:
  machine_id: { type: identifier, why: Counts machines. }
  os: { type: enum, values: [linux, other], otherwise: other, from: os, why: Which systems. }
events:
  run: { when: A command ends., why: Which are used., fields: { command: { type: enum, values: [build, test], why: Which it was. } } }
  installed:
    when: The first start.
    why: How many there are.
    limit: { once_per: machine }
    even_when_off: { reason: Installations are counted., despite: [stored, config, TOOL_OFF] }
  left: { when: Telemetry was turned off., why: How many do., even_when_off: { reason: Noes are counted., despite: [stored], on: disable } }
guarantees: [allowlist-only]
wire: { format: json, body: { $common: , events: $each }, each: { event: $event, ts: $time, props: { $fields: } } }
delivery:
  mode: ${mode}
${
  mode === "queued"
    ? "  queue: { file: ~/.tool/queue.jsonl, max_size: 64KiB, when_full: drop-oldest }\n  flush: [{ at: command-end, wait: true }]"
    : "  timeout: 5s"
}
`);

const sent = ({ requests }: Process) =>
  requests.map(({ body }) => {
    const { events, ...common } = JSON.parse(body) as { events: { event: string }[]; machine_id?: string };
    return { common: Object.keys(common), events: events.map(({ event }) => event) };
  });
const alone = [{ common: ["os"], events: ["installed"] }];

async function settle(one: Process): Promise<void> {
  await Promise.all(one.client.memory.sending ?? []);
}

describe.each(["immediate", "queued"] as const)("sent although telemetry is off, %s", (mode) => {
  const worlds = [
    ["nothing said", {}, undefined, alone],
    ["a stored no", {}, { enabled: false }, alone],
    ["a variable that is named", { env: { TOOL_OFF: "1" } }, undefined, alone],
    ["a configuration", { config: () => ({ telemetry: false }) }, undefined, alone],
    ["a stored no that can't be told", {}, "{", []],
    ["an answer that is none", {}, { enabled: "off" }, []],
    ["a variable that isn't named", { env: { DO_NOT_TRACK: "1" } }, undefined, []],
    ["a fact", { env: { CI: "true" } }, undefined, []],
    ["a build", { build: "pro" }, undefined, []],
    ["a stored no, and another that isn't named", { env: { DO_NOT_TRACK: "1" } }, { enabled: false }, []],
  ] as const;

  test.each(worlds)("%s", async (_, host, stored, expected) => {
    const one = await (await programOf(contract(mode))).start(host);
    if (stored !== undefined) one.write(".tool/state.json", stored);
    one.telemetry["installed"]?.();
    await settle(one);
    one.telemetry["run"]?.({ command: "build" } as never);
    expect(sent(one).filter(({ events }) => events.includes("installed"))).toEqual(expected);
  });

  test("whoever waits for what is due waits for it", async () => {
    const one = await (await programOf(contract(mode))).start();
    one.write(".tool/state.json", { enabled: false });
    one.telemetry["installed"]?.();
    await one.telemetry["flush"]?.();
    expect(sent(one)).toEqual(alone);
  });

  test("it leaves no file but its own mark, makes no identifier, and goes once", async () => {
    const program = await programOf(contract(mode));
    const one = await program.start();
    one.write(".tool/state.json", { enabled: false });
    for (const again of [one, await program.start({}, {}, one.home)]) {
      again.telemetry["installed"]?.();
      await settle(again);
    }
    expect(sent(one)).toEqual(alone);
    expect(one.file(".tool/state.json")).toEqual({ enabled: false });
    expect(readdirSync(`${one.home}/.tool`).filter((name) => !/^tool-once-installed/.test(name))).toEqual([
      "state.json",
    ]);
  });

  test("whoever turns it off is counted once, and not again for saying it twice", async () => {
    const one = await (await programOf(contract(mode))).start();
    expect(await one.telemetryCommand(["off"])).toBe(0);
    expect(await one.telemetryCommand(["off"])).toBe(0);
    expect(sent(one)).toEqual([{ common: ["os"], events: ["left"] }]);
  });
});

test.each([
  [undefined, alone],
  ["{", []],
  [{ enabled: "perhaps" }, []],
])("as long as nobody has said anything: with %j in the state file of what is opt-in", async (stored, expected) => {
  const text = contract("queued").replace("opt-out", "opt-in").replace("[stored, config, TOOL_OFF]", "[default]");
  const one = await (await programOf(text)).start();
  if (stored !== undefined) one.write(".tool/state.json", stored);
  one.telemetry["installed"]?.();
  await settle(one);
  expect(sent(one)).toEqual(expected);
});

test("the page counts it, names it in bold, and says what it gets past", () => {
  const { model } = readContract(contract("immediate"), "spec/events.yaml");
  const [page] = docsTarget.generate(model as never) as readonly { readonly text: string }[];
  expect(page?.text).toContain("**2 events are sent even when telemetry is off:**");
  expect(page?.text).toContain("is kept on your machine, in files beginning with `~/.tool/tool-once-`.");
  expect(page?.text).toMatch(/\*\*`installed`\*\* despite a no from your stored answer, a configuration or `TOOL_OFF`/);
});

test("it can't stand beside off-is-off", () => {
  const text = contract("immediate").replace("[allowlist-only]", "[allowlist-only, off-is-off]");
  expect(readContract(text, "events.yaml").diagnostics.map(({ code }) => code)).toContain("guarantee-contradicted");
});
