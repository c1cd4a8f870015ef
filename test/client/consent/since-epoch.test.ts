import { beforeAll, expect, test } from "vitest";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { toolContract } from "../../support/tool-contract.js";
import { type Process, type Program, programOf } from "./program.js";

/** Syncthing's rule: a yes to edition 2 holds for what it said, one to edition 1 for nothing any more, and what is new needs edition 3. */
const text = toolContract(`
consent_epoch: 3
why: [Which features are used.]
consent:
  model: opt-in
  order: [{ env: TOOL_REPORT, enable_when: truthy, disable_when: falsy }, { stored: accepted }]
  ask: [{ where: first start, question: May usage be sent?, preselected: decline }]
  commands: { enable: { run: tool report on }, disable: { run: tool report off }, status: { run: tool report status } }
  state_file: { path: ~/.tool/state.json, keys: { accepted: { type: bool }, extra: { type: bool } } }
  parts:
    extra: { what: what is rare, since_epoch: 3, model: opt-in, order: [{ stored: extra }] }
destination:
  url: https://data.tool.example/v1
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Write to privacy@tool.example.
common:
  arch: { type: enum, values: [x64, arm64], from: arch, since_epoch: 3, why: What to build for. }
events:
  report:
    when: It starts.
    why: Which features are used.
    fields:
      folders: { type: int, max: 9, why: How many there are., example: 3 }
      devices: { type: int, max: 9, since_epoch: 3, why: How many there are., example: 2 }
  crash: { since_epoch: 3, when: It crashes., why: What to mend. }
  rare: { part: extra, when: Something rare happens., why: Whether it does. }
wire: { format: json, body: { $common: , events: $each }, each: { event: $event, ts: $time, props: { $fields: } } }
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
  one.telemetry["report"]?.({ folders: 3, devices: 2 } as never);
  one.telemetry["crash"]?.();
  one.telemetry["rare"]?.();
  await one.flush();
  return one.requests.flatMap(({ body }) => {
    const { arch, events } = JSON.parse(body) as { arch?: string; events: { event: string; props: object }[] };
    return [
      ...(arch === undefined ? [] : ["arch"]),
      ...events.map((it) => [it.event, ...Object.keys(it.props)].join(" ")),
    ];
  });
}

test.each([
  [{ accepted: false, consent_epoch: 3 }, {}, []],
  [undefined, {}, []],
  [{ accepted: true }, {}, []],
  [{ accepted: true, consent_epoch: 2 }, {}, ["report folders"]],
  [{ accepted: true, consent_epoch: 3 }, {}, ["arch", "crash", "report devices folders"]],
  [{ accepted: true, consent_epoch: 2, extra: true, "consent_epoch:extra": 2 }, {}, ["report folders"]],
  [{ accepted: true, consent_epoch: 2, extra: true, "consent_epoch:extra": 3 }, {}, ["report folders", "rare"]],
  // Whoever sets a variable now has no older answer.
  [undefined, { env: { TOOL_REPORT: "1" } }, ["arch", "crash", "report devices folders"]],
] as const)("%j, %j: %j", async (stored, host, expected) => {
  const one = await program.start(host);
  if (stored !== undefined) one.write(".tool/state.json", stored);
  expect((await sentBy(one)).toSorted()).toEqual([...expected].toSorted());
});

test("who said yes to edition 2 is asked again, and nothing of it is lost meanwhile", async () => {
  const one = await program.start();
  one.write(".tool/state.json", { accepted: true, consent_epoch: 2 });
  const asked: string[] = [];
  const prompt = async (question: string) => asked.push(question) > 0;
  await one.telemetry["ask"]?.("first start" as never, { prompt } as never);
  expect(asked).toEqual(["May usage be sent?"]);
  expect(await sentBy(one)).toContain("report devices folders");
});

test("the page is right about an older yes", () => {
  const page = docsTarget.generate(program.model).find(({ path }) => path.endsWith(".md"))?.text ?? "";
  expect(page).toContain("A yes to edition 2 of this list or a later one still counts");
  expect(page).toContain("An older yes no longer counts. A no never expires.");
  expect(page).toContain("not if you said yes to an edition of this list before edition 3;");
  expect(page).toContain("**Not on an older yes:** not if you said yes to an edition of this list before edition 3.");
});
