import { describe, expect, test } from "vitest";
import { readContract } from "../../../generator/spec/read-contract.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { toolContract } from "../../support/tool-contract.js";
import { programOf } from "./program.js";

const contract = ({ consent, events = "", epoch = "" }: { consent: string; events?: string; epoch?: string }) =>
  toolContract(`
${epoch}
${consent}
events:
${events === "" ? "  run: { when: A command ends., why: Which are used., fields: { command: { type: enum, values: [build, test], why: Which. } } }" : events}
wire: { format: json, body: { event: $event, $fields: } }
delivery: { mode: immediate, timeout: 5s }
`);
const dnt = "{ env: DO_NOT_TRACK, disable_when: truthy }";

describe("a state file in another form is read", () => {
  const forms = [
    ["config.yaml", "telemetry:\n  enabled: false\n", "telemetry:\n  enabled: true\n", "telemetry:\n  enabled: [\n"],
    ["config.toml", "[telemetry]\nenabled = false\n", "[telemetry]\nenabled = true\n", "[telemetry\n"],
    ["config.ini", "[telemetry]\nenabled = no\n", "[telemetry]\nenabled = yes\n", "[telemetry\n"],
    // A key alone is a yes, unless the file may have been cut off behind it.
    ["config.ini", "[telemetry]\nenabled = 0", "[telemetry]\nenabled\n", "[telemetry]\nenabled"],
  ] as const;
  test.each(forms)("%s", async (name, no, yes, broken) => {
    const consent = `consent: { model: opt-out, order: [${dnt}, { stored: telemetry.enabled }], state_file: { path: ~/.tool/${name}, keys: { telemetry.enabled: { type: bool } } } }`;
    const program = await programOf(contract({ consent }));
    for (const [content, enabled] of [
      [no, false],
      [yes, true],
      [broken, false],
      [undefined, true],
    ] as const) {
      const one = await program.start({ config: undefined as never });
      delete (one.client.host as { config?: unknown }).config;
      if (content !== undefined) one.write(`.tool/${name}`, content);
      expect(one.telemetry["enabled"]?.(), String(content)).toBe(enabled);
    }
  });
});

test("a state file that is named from the root of the disk is looked for below the root that a test gives", async () => {
  const consent = `consent: { model: opt-out, order: [${dnt}, { stored: enabled }], state_file: { path: /etc/plainsight-tool/state.json, keys: { enabled: { type: bool } } } }`;
  const one = await (await programOf(contract({ consent }))).start();
  (one.client.host as { root?: string }).root = one.home;
  expect(one.telemetry["enabled"]?.()).toBe(true);
  const other = await (await programOf(contract({ consent }))).start();
  (other.client.host as { root?: string }).root = other.home;
  other.write("etc/plainsight-tool/state.json", { enabled: false });
  expect(other.telemetry["enabled"]?.()).toBe(false);
});

describe("an older product's own edition of a yes", () => {
  const consent = `consent:
  model: opt-in
  order: [{ stored: accepted, enable_when: { at_least: 1 }, disable_when: [-1] }]
  epoch_from: { stored: accepted, epochs: { 2: 2, 3: 3 } }
  state_file: { path: ~/.tool/state.json, keys: { accepted: { type: int, min: -1, max: 99 } } }`;
  const fields = (since: number) => `
    fields:
      command: { type: enum, values: [build, test], why: Which. }
      size: { type: int, max: 9, example: 1, why: How large., since_epoch: ${since} }
      inside: { type: object, why: More of it., optional: true, fields: { old: { type: bool }, new: { type: bool, since_epoch: 3 } } }`;
  const events = `  run:\n    when: A command ends.\n    why: Which are used.${fields(2)}`;

  test.each([
    [-1, undefined],
    [0, undefined],
    [1, { command: "build", inside: { old: true } }],
    [2, { command: "build", size: 1, inside: { old: true } }],
    [3, { command: "build", size: 1, inside: { old: true, new: true } }],
  ] as const)("accepted: %j", async (accepted, sent) => {
    const one = await (await programOf(contract({ consent, events, epoch: "consent_epoch: 3" }))).start();
    one.write(".tool/state.json", { accepted });
    one.telemetry["run"]?.({ command: "build", size: 1, inside: { old: true, new: true } } as never);
    await one.telemetry["flush"]?.();
    expect(one.requests.map(({ body }) => JSON.parse(body) as object)).toEqual(
      sent === undefined ? [] : [{ event: "run", ...sent }],
    );
  });
});

test.each([
  [-1, false],
  [0, true],
  [2, true],
  [3, false],
] as const)("who accepted %j is asked: %j", async (accepted, asked) => {
  const consent = `consent:
  model: opt-in
  order: [{ stored: accepted, enable_when: { at_least: 1 }, disable_when: [-1] }]
  epoch_from: { stored: accepted, epochs: { 2: 2, 3: 3 } }
  ask: [{ where: start, question: May it be sent?, preselected: decline }]
  state_file: { path: ~/.tool/state.json, keys: { accepted: { type: int, min: -1, max: 99 } } }`;
  const one = await (await programOf(contract({ consent, epoch: "consent_epoch: 3" }))).start();
  one.write(".tool/state.json", { accepted });
  let put = false;
  const prompt = async () => {
    put = true;
    return undefined;
  };
  await one.telemetry["ask"]?.("start" as never, { prompt } as never);
  expect(put).toBe(asked);
});

test.each([
  ["2022-07-04", true],
  ["2022-07-03", false],
  ["2023-01-01T00:00:00Z", true],
  ["on", false],
  ["off", false],
  ["9", false],
] as const)("accepted from a day on: %j is a yes: %j", async (accepted, enabled) => {
  const consent = `consent:
  model: opt-in
  order: [{ env: TOOL_ACCEPTED, enable_when: { at_least: "2022-07-04" } }]`;
  const one = await (await programOf(contract({ consent }))).start({ env: { TOOL_ACCEPTED: accepted } });
  expect(one.telemetry["enabled"]?.()).toBe(enabled);
});

test.each([undefined, "5f0c8e1a-3b7d-4c2e-9a41-d2b6f80c7e35"])(
  "an identifier that was deleted is a no: %j",
  async (id) => {
    const consent = `consent:
  model: opt-out
  order: [${dnt}, { stored: machine_id, disable_when: absent }, { stored: enabled }]
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool }, machine_id: { type: string, pattern: "^[0-9a-f-]{36}$", max_length: 36 } } }`;
    const one = await (await programOf(contract({ consent }))).start();
    one.write(".tool/state.json", { enabled: true, ...(id === undefined ? {} : { machine_id: id }) });
    expect(one.telemetry["enabled"]?.()).toBe(id !== undefined);
  },
);

describe("a flag that enables a part", () => {
  const consent = `consent:
  model: opt-out
  order: [${dnt}]
  parts: { crash: { model: opt-in, order: [{ flag: --crash, enable_when: present }, { config: tool.json, key: crash }] } }`;
  const events = `  run: { when: It crashed., why: What breaks., part: crash }`;
  test.each([
    [[], {}, false],
    [["--crash"], {}, true],
    [["--crash"], { crash: false }, false],
    [["--crash"], { crash: "maybe" }, false],
    [[], { crash: true }, true],
  ] as const)("%j, and a configuration of %j", async (args, config, enabled) => {
    const one = await (await programOf(contract({ consent, events }))).start({ config: () => config }, { args });
    expect(one.telemetry["enabled"]?.("crash" as never)).toBe(enabled);
  });
  test("never against a no of the rest", async () => {
    const one = await (await programOf(contract({ consent, events }))).start(
      { env: { DO_NOT_TRACK: "1" } },
      { args: ["--crash"] },
    );
    expect(one.telemetry["enabled"]?.("crash" as never)).toBe(false);
  });
  test("is no switch that turns it off on the page", async () => {
    const { model } = await programOf(contract({ consent, events }));
    const page = docsTarget.generate(model).find(({ path }) => path.endsWith(".md"))?.text ?? "";
    expect(page).toContain("the flag `--crash`, if given: **on**");
  });
});

test("what is described is printed, and done by nobody", async () => {
  const consent = `consent: { model: opt-out, order: [${dnt}, { env: TOOL_OFF, disable_when: truthy, described: true }] }`;
  const events = `  run: { when: It ran., why: Which are used., limit: { once_per: machine, described: true } }`;
  const text = contract({ consent, events });
  const one = await (await programOf(text)).start({ env: { TOOL_OFF: "1" } });
  for (const _ of [1, 2]) one.telemetry["run"]?.();
  await one.telemetry["flush"]?.();
  expect(one.requests).toHaveLength(2);
  const { model } = readContract(text, "events.yaml");
  expect(model?.described).toHaveLength(2);
});

test("without any switch it is on, and says so", async () => {
  const consent = "consent: none\njustification: The product has no place to ask for it.";
  const one = await (await programOf(contract({ consent }))).start({ env: { DO_NOT_TRACK: "1" } });
  expect(one.telemetry["enabled"]?.()).toBe(true);
});

describe("a configuration that is empty can't be told", () => {
  test.each(["tool.json", "tool.yaml", "tool.toml", "tool.ini", "tool.txt"])("%s", async (name) => {
    const key = name === "tool.txt" ? "" : ", key: telemetry.enabled";
    const consent = `consent: { model: opt-out, order: [${dnt}, { config: ~/${name}${key} }] }`;
    const program = await programOf(contract({ consent }));
    for (const content of ["", "\n", " \r\n", "\ufeff"]) {
      const one = await program.start({ config: undefined as never });
      delete (one.client.host as { config?: unknown }).config;
      one.write(name, content);
      expect(one.telemetry["enabled"]?.(), JSON.stringify(content)).toBe(false);
    }
  });
});

describe("a file of comments alone says nothing", () => {
  test.each([
    ["tool.yaml", "# telemetry:\n#   enabled: false\n"],
    ["tool.yml", "---\n# Nothing is set.\n"],
    ["tool.toml", "# enabled = false\n"],
    ["tool.ini", "; enabled = false\n# enabled = false\n"],
  ])("%s", async (name, content) => {
    const consent = `consent: { model: opt-out, order: [${dnt}, { config: ~/${name}, key: telemetry.enabled }] }`;
    const one = await (await programOf(contract({ consent }))).start({ config: undefined as never });
    delete (one.client.host as { config?: unknown }).config;
    one.write(name, content);
    expect(one.telemetry["enabled"]?.()).toBe(true);
  });
});

describe("a configuration of one line, also one that the program gives", () => {
  const consent = `consent: { model: opt-out, order: [${dnt}, { config: ~/tool.txt, enable_when: ["yes"], disable_when: ["no"] }] }`;
  let program: ReturnType<typeof programOf> | undefined;
  test.each([
    ["yes", true],
    [" yes\r\n", true],
    ["\ufeffyes\n", true],
    ["no\n", false],
    ["", false],
    [" \n", false],
    ["yes\nno\n", false],
    ["maybe", true],
  ])("%j", async (content, on) => {
    program ??= programOf(contract({ consent }));
    const { start } = await program;
    const given = await start({ config: () => content });
    const read = await start({ config: undefined as never });
    delete (read.client.host as { config?: unknown }).config;
    read.write("tool.txt", content);
    expect([given, read].map((one) => one.telemetry["enabled"]?.())).toEqual([on, on]);
  });
});

test.runIf(process.platform !== "win32")("status says that a path of another platform is no place here", async () => {
  const consent = `consent: { model: opt-out, order: [${dnt}, { stored: enabled }], commands: { status: { run: tool telemetry } }, state_file: { path: 'C:\\ProgramData\\tool\\state.json', keys: { enabled: { type: bool } } } }`;
  const one = await (await programOf(contract({ consent }))).start();
  expect(await one.telemetryCommand(["status", "--json"])).toBe(0);
  expect(JSON.parse(one.stdout.join("\n"))).toMatchObject({
    files: { state: null },
    notes: ["The state file has no place on this platform: nothing is kept."],
  });
});
