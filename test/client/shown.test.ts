import { describe, expect, test } from "vitest";
import { toolContract } from "../support/tool-contract.js";
import { type Process, programOf } from "./consent/program.js";

const contract = (mode: string, debug: string) =>
  toolContract(`
consent:
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { stored: enabled }]
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool }, machine_id: { type: identifier } } }
identifiers:
  machine_id: { identifies: machine, made_from: random, format: { type: uuid, version: 4 }, created: first-send }
common:
  machine_id: { type: identifier, why: Counts machines. }
events:
  run: { when: A command ends., why: Which are used., fields: { command: { type: enum, values: [build, test], why: Which it was. } } }
guarantees: [allowlist-only, off-is-off]
wire: { format: json, body: { $common: , events: $each }, each: { event: $event, props: { $fields: } } }
delivery: { mode: ${mode}, timeout: 5s, ${mode === "queued" ? "queue: { file: ~/.tool/q.jsonl, max_size: 64KiB, when_full: drop-oldest }, flush: [{ at: command-start }]," : ""} debug: { env: TOOL_LOG, when: [log], ${debug} } }
`);
const line = '{"machine_id":null,"events":[{"event":"run","props":{"command":"build"}}]}';

async function run(one: Process): Promise<{ shown: readonly string[]; sent: number; state: unknown; queue: unknown }> {
  one.telemetry["run"]?.({ command: "build" } as never);
  await Promise.all(one.client.memory.sending ?? []);
  await one.flush();
  return {
    shown: one.stderr.filter((text) => text.includes('"run"')),
    sent: one.requests.length,
    state: one.file(".tool/state.json"),
    queue: one.file(".tool/q.jsonl"),
  };
}

describe.each(["immediate", "queued"])("%s", (mode) => {
  const log = { TOOL_LOG: "log" };
  const off = { DO_NOT_TRACK: "1" };
  test("shown instead of sent: nothing waits, and no identifier is made", async () => {
    const program = await programOf(contract(mode, "sends: false"));
    const nothing = { sent: 0, state: undefined, queue: undefined };
    expect(await run(await program.start({ env: log }))).toEqual({ shown: [line], ...nothing });
    expect(await run(await program.start({ env: { ...log, ...off } }))).toEqual({ shown: [], ...nothing });
    expect(await run(await program.start())).toMatchObject({ shown: [], sent: 1 });
  });

  test("shown also while off", async () => {
    const program = await programOf(contract(mode, "sends: false, when_off: true"));
    const one = await program.start({ env: { ...log, ...off } });
    expect(await run(one)).toEqual({ shown: [line], sent: 0, state: undefined, queue: undefined });
    expect(await run(await program.start({ env: off }))).toMatchObject({ shown: [], sent: 0 });
  });

  test("shown while off, and sent as ever while on", async () => {
    const program = await programOf(contract(mode, "when_off: true"));
    expect(await run(await program.start({ env: { ...log, ...off } }))).toMatchObject({ shown: [line], sent: 0 });
    const on = await run(await program.start({ env: log }));
    expect(on.sent).toBe(1);
    expect(on.shown).toHaveLength(1);
    expect(on.shown[0]).not.toContain("null");
  });
});

test.each([
  ["an answer", "immediate, answer: 1KiB", undefined],
  ["what is carried", "carried", { headers: {} }],
])("shown instead, and there is nothing of %s", async (_, mode, nothing) => {
  const flat = contract(mode, "sends: false").replace(
    /wire: .*/,
    "wire: { format: json, body: { event: $event, $common: , $fields: } }",
  );
  const program = await programOf(flat);
  const one = await program.start({ env: { TOOL_LOG: "log" } });
  expect(await one.telemetry["run"]?.({ command: "build" } as never)).toEqual(nothing);
  expect(await run(one)).toMatchObject({ sent: 0, state: undefined });
  expect(one.stderr.filter((text) => text.includes('"machine_id":null'))).toHaveLength(2);
});

test("totals, and what waits from before, wait until nobody asks any more", async () => {
  const total =
    "use: { when: Daily., why: W., rollup: { one_per: [day], combine: { calls: calls } }, fields: { calls: { type: int, example: 1, why: How often. } } }";
  const program = await programOf(contract("queued", "sends: false").replace("events:\n", `events:\n  ${total}\n`));
  const one = await program.start();
  one.telemetry["run"]?.({ command: "test" } as never);
  one.telemetry["countUse"]?.();
  (one.client.host.env as Record<string, string>)["TOOL_LOG"] = "log";
  one.telemetry["countUse"]?.();
  expect(await run(one)).toMatchObject({ shown: [line], sent: 0 });
  delete (one.client.host.env as Record<string, string>)["TOOL_LOG"];
  await one.flush();
  expect(one.requests.map(({ body }) => body).join()).toMatch(/"test".*"calls":2|"calls":2.*"test"/);
});
