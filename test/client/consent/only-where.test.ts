import { beforeAll, expect, test } from "vitest";
import { compareConsent } from "../../../generator/evolve/compare-consent.js";
import { consentTable } from "../../../generator/language/consent/table.js";
import { readContract } from "../../../generator/spec/read-contract.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { consent } from "../../../templates/client/runtime/consent/consent.js";
import { toolContract } from "../../support/tool-contract.js";
import { type Process, type Program, programOf } from "./program.js";

const text = toolContract(`
consent:
  model: opt-out
  order:
    - { env: DO_NOT_TRACK, disable_when: truthy }
    - { env: TOOL_ENTERPRISE, enable_when: truthy, disable_when: falsy, only_where: { fact: enterprise, means: the server is an enterprise server } }
    - { env: TOOL_CI, disable_when: non-empty, only_where: ci }
    - { stored: enabled }
  notice: { when: before-first-send, stream: stderr, text: This tool reports., once: false, only_where: no-terminal }
  ask: [{ where: start, question: May it?, preselected: decline, only_where: enterprise }]
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool } } }
events:
  run: { when: A command ends., why: Which are used. }
  build: { only_where: ci, when: A build ends., why: Which fail. }
wire: { format: json, body: { events: $each }, each: { event: $event } }
delivery:
  mode: queued
  queue: { file: ~/.tool/queue.jsonl, max_size: 64KiB, when_full: drop-oldest }
  flush: [{ at: command-end, wait: true }]
`);

let program: Program;
beforeAll(async () => {
  program = await programOf(text);
});

async function sentBy(one: Process): Promise<readonly string[]> {
  one.telemetry["run"]?.();
  one.telemetry["build"]?.();
  await one.flush();
  return one.requests.flatMap(({ body }) =>
    (JSON.parse(body) as { events: { event: string }[] }).events.map((it) => it.event),
  );
}

const is = (enterprise: unknown) => ({ facts: { enterprise } });

test.each([
  [{}, is(false), ["run"]],
  [{ CI: "1" }, is(false), ["run", "build"]],
  // A step of a fact that holds.
  [{ TOOL_ENTERPRISE: "0" }, is(true), []],
  [{ TOOL_CI: "x", CI: "1" }, is(false), []],
  // Of one that doesn't hold nothing counts, neither its yes nor its no.
  [{ TOOL_ENTERPRISE: "0" }, is(false), ["run"]],
  [{ TOOL_CI: "x" }, is(false), ["run"]],
  // Where nobody tells, its no counts.
  [{ TOOL_ENTERPRISE: "0" }, {}, []],
  [
    { TOOL_ENTERPRISE: "0" },
    is(() => {
      throw new Error("no");
    }),
    [],
  ],
  [{ TOOL_ENTERPRISE: "1" }, {}, ["run"]],
] as const)("%j, %j: %j", async (env, setup, expected) => {
  const one = await program.start({ env, terminal: true }, setup);
  expect(await sentBy(one)).toEqual(expected);
});

test("a yes counts only where the fact is one", async () => {
  for (const [fact, on] of [
    [true, true],
    [false, false],
    [undefined, false],
  ] as const) {
    const one = await program.start({ env: { TOOL_ENTERPRISE: "1" } }, fact === undefined ? {} : is(fact));
    one.write(".tool/state.json", { enabled: false });
    expect({ fact, on: one.telemetry["enabled"]?.() }).toEqual({ fact, on });
  }
});

test("a notice and a question are for those whom they concern", async () => {
  const asked: string[] = [];
  const prompt = async (question: string) => asked.push(question) < 0;
  for (const enterprise of [false, undefined, true])
    await (await program.start({}, enterprise === undefined ? {} : is(enterprise))).telemetry["ask"]?.(
      "start" as never,
      { prompt } as never,
    );
  expect(asked).toEqual(["May it?"]);
  const told = await program.start({ terminal: false }, is(false));
  await sentBy(told);
  const other = await program.start({ terminal: true, stdinIsTerminal: true }, is(false));
  await sentBy(other);
  expect([told.stderr, other.stderr, other.requests.length]).toEqual([["This tool reports."], [], 1]);
});

test("the client decides as the language says, in every row of the table", async () => {
  const rows = consentTable(program.model.consent);
  expect(rows.some(({ facts }) => facts?.["ci"])).toBe(true);
  for (const row of rows.filter((_, at) => at % 7 === 0)) {
    const one = await program.start({ env: row.env, config: (name) => row.config[name] }, { facts: row.facts });
    if (row.stored !== null) one.write(".tool/state.json", row.stored);
    const { enabled, decidedBy } = consent(one.client);
    expect({ row, enabled, decidedBy }).toEqual({ row, enabled: row.enabled, decidedBy: row.decidedBy });
  }
});

test("the page says where, and a step that is lifted from everybody is told", () => {
  const page = docsTarget.generate(program.model).find(({ path }) => path.endsWith(".md"))?.text ?? "";
  expect(page).toContain("only where the program runs in CI");
  expect(page).toContain("only where the server is an enterprise server");
  const before = readContract(
    text.replace(", only_where: ci }\n    - { stored", " }\n    - { stored"),
    "events.yaml",
  ).model;
  expect(before).toBeDefined();
  expect(
    compareConsent(before as never, program.model as never).map(({ given, from }) => [given, from]),
  ).toContainEqual(["TOOL_CI=1", "off"]);
});

test("what only the program knows counts where consent is read once, too, although that was before setup", async () => {
  const consent = `consent:
  model: opt-out
  evaluated: at-start
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { flag: --quiet }, { fact: managed, means: it is managed }, { given: usage, means: the setting }]
  parts: { crash: { model: opt-in, order: [{ given: crash, means: the other setting }] } }`;
  const rest = `events: { run: { when: Now., why: To see., part: crash } }
wire: { format: json, body: { event: $event } }
delivery: { mode: immediate }`;
  const { telemetry } = await (await programOf(toolContract(`${consent}\n${rest}`))).start();
  const states = [telemetry["enabled"]?.()];
  for (const [managed, args] of [
    [false, []],
    [true, []],
    [false, ["--quiet"]],
  ] as const) {
    // Without a stand-in for the host, as a product calls it.
    telemetry["setup"]?.({ facts: { managed }, config: { usage: undefined, crash: true }, args } as never);
    states.push(telemetry["enabled"]?.(), telemetry["enabled"]?.("crash" as never));
  }
  expect(states).toEqual([false, true, true, false, false, false, false]);
});
