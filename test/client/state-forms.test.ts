import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { iniScalar } from "../../templates/client/runtime/config/ini-scalar.js";
import { type StateKey, stateIn } from "../../templates/client/runtime/config/state-form.js";
import { textScalar } from "../../templates/client/runtime/config/text-scalar.js";
import { tomlScalar } from "../../templates/client/runtime/config/toml-scalar.js";
import { yamlScalar } from "../../templates/client/runtime/config/yaml-scalar.js";
import { editIni, editToml } from "../../templates/client/runtime/state/edit-table.js";
import { editText } from "../../templates/client/runtime/state/edit-text.js";
import { editYaml } from "../../templates/client/runtime/state/edit-yaml.js";
import { rewriteIn } from "../../templates/client/runtime/state/rewrite.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { toolContract } from "../support/tool-contract.js";
import { programOf } from "./consent/program.js";

const FORMS = {
  yaml: [yamlScalar, editYaml],
  toml: [tomlScalar, editToml],
  ini: [iniScalar, editIni],
  text: [textScalar, editText],
} as const;

const keys: readonly StateKey[] = [
  ["a.use", "a.use", "boolean"],
  ["a.id", "a.id"],
  ["told", "told", "number"],
];
const one: readonly StateKey[] = [["mode", "mode"]];

type Case = readonly [
  form: keyof typeof FORMS,
  before: string,
  patch: Readonly<Record<string, unknown>>,
  after: string,
];

const WRITTEN: readonly Case[] = [
  ["yaml", "", { "a.use": false }, "a:\n  use: false\n"],
  ["yaml", "", { told: 2, "a.use": true }, "a:\n  use: true\ntold: 2\n"],
  [
    "yaml",
    "# ours\na:\n    use: true # yes\n    other: [1]\nz: 1\n",
    { "a.use": false },
    "# ours\na:\n    use: false\n    other: [1]\nz: 1\n",
  ],
  [
    "yaml",
    "a:\n  other: 1\n\n# behind\nz: 1\n",
    { "a.use": false },
    "a:\n  other: 1\n  use: false\n\n# behind\nz: 1\n",
  ],
  ["yaml", "b:\n  use: true\na:\n  use: true\n", { "a.use": false }, "b:\n  use: true\na:\n  use: false\n"],
  ["yaml", "a:\n  use: true\n  id: x\n", { "a.id": undefined }, "a:\n  use: true\n"],
  ["yaml", "a.use: true\r\n", { "a.use": false }, "a.use: false\r\n"],
  ["yaml", "a:\n", { "a.id": "no: #" }, 'a:\n  id: "no: #"\n'],
  ["toml", "", { "a.use": false, told: 2 }, "told = 2\n[a]\nuse = false\n"],
  [
    "toml",
    "# ours\n[a]\nuse = true # yes\n[b]\nuse = true\n",
    { "a.use": false },
    "# ours\n[a]\nuse = false\n[b]\nuse = true\n",
  ],
  ["toml", "x = 1\n[b]\ny = 1\n", { told: 3 }, "x = 1\ntold = 3\n[b]\ny = 1\n"],
  ["toml", "[a]\nother = 1\n\n[b]\n", { "a.id": 'say "no"' }, '[a]\nother = 1\nid = "say \\"no\\""\n\n[b]\n'],
  ["ini", "", { "a.use": false }, "[a]\nuse = false\n"],
  [
    "ini",
    "[A]\n; ours\nUSE = true\n[b]\nuse = true\n",
    { "a.use": false },
    "[A]\n; ours\nuse = false\n[b]\nuse = true\n",
  ],
  ["ini", "told = 1\n[b]\nx = 1\n", { told: 2, "a.id": "x; y" }, 'told = 2\n[b]\nx = 1\n[a]\nid = "x; y"\n'],
  ["ini", "[a]\nuse = true\nid = x\n", { "a.id": undefined }, "[a]\nuse = true\n"],
  ["ini", "told = 1\n[a]\nid = x\n", { "a.id": undefined }, "told = 1\n"],
  ["toml", '[a]\nid = "x"\n', { "a.id": undefined }, "# Nothing is kept.\n"],
  ["yaml", "told: 1\na:\n  id: x\n", { "a.id": undefined }, "told: 1\n"],
];

describe("a state file in another form than JSON", () => {
  it.each(WRITTEN)("%s: %j, changed by %j", (form, before, patch, after) => {
    const [read, edit] = FORMS[form];
    expect(rewriteIn(read, edit, ...keys)(before, patch)).toBe(after);
  });

  it.each([
    ["yaml", "a: { use: true }\n", { "a.use": false }],
    ["yaml", "a: &x\n  use: true\n", { "a.use": false }],
    ["yaml", "a:\n  use: |\n    true\n", { "a.use": false }],
    ["yaml", "a: 1\n", { "a.use": false }],
    ["toml", 'x = """\n[a]\nuse = true\n"""\n', { "a.use": false }],
    ["toml", "a = { use = true }\n", { "a.use": false }],
    ["toml", "[a]\nuse = true\nuse = true\n", { "a.use": false }],
    ["ini", "[a]\nuse = true\nuse = false\n", { "a.use": false }],
    ["ini", "{ a: { use: true } }\n", { "a.use": false }],
    ["ini", "[a]\n", { "a.id": 'one "two"' }],
    ["ini", "[a]\n", { other: 1 }],
  ] as const)("%s: %j is not changed by %j, rather than half", (form, before, patch) => {
    const [read, edit] = FORMS[form];
    expect(() => rewriteIn(read, edit, ...keys)(before, patch)).toThrow();
  });

  it("is one line where it is a text", () => {
    expect(rewriteIn(textScalar, editText, ...one)("on\n", { mode: "off" })).toBe("off\n");
    expect(rewriteIn(textScalar, editText, ...one)("", { mode: "off" })).toBe("off\n");
    expect(() => rewriteIn(textScalar, editText, ...one)("on\n", { told: 2 })).toThrow("no place");
  });

  it.each([
    ["yaml", "a:\n  use: false\n", '{"a.use":false}'],
    ["toml", "[a]\nuse = false\n", '{"a.use":false}'],
    ["ini", "told = 2\n[a]\nuse = false\n", '{"a.use":false,"told":2}'],
    ["ini", "[a]\nuse = no\n", '{"a.use":false}'],
    ["ini", "[a]\nuse = nope\n", '{"a.use":"nope"}'],
    ["yaml", "\ufeffa:\n  use: false\n", '{"a.use":false}'],
    ["yaml", "  \n", undefined],
    ["toml", "", undefined],
    ["toml", "told = 2\n[a] # cut off\n", undefined],
    ["yaml", "told: 2\na:\n", undefined],
    ["yaml", "told:\n", undefined],
    ["yaml", "told: 2\na:\n  use:\n", undefined],
    ["yaml", "told:\na:\n  use: true\n", '{"a.use":true,"told":null}'],
    ["yaml", "a:\n  use:\n    x: 1\ntold: 2\n", '{"a.use":{},"told":2}'],
    ["ini", "[a]\n; cut off\n", undefined],
    ["ini", "told = 2\n[b]\n", '{"told":2}'],
  ] as const)("%s: %j is read as %s", (form, text, json) => {
    const file = join(temporaryFolder("state-form"), "state");
    writeFileSync(file, text);
    expect(stateIn(FORMS[form][0], ...keys)(file, 65536)).toBe(json);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it.each([
    ["yaml", Buffer.from("a:\n  use: fal", "utf16le")],
    ["yaml", Buffer.from("a: { use: fal")],
    ["yaml", Buffer.from("a:\n  use: no\n")],
    ["toml", Buffer.from("[a\nuse = false\n")],
    ["ini", Buffer.from('{ "a": { "on": false } }')],
    ["ini", Buffer.from([0x61, 0x3d, 0xff])],
  ] as const)("%s: what can't be told is told to nobody: %j", (form, bytes) => {
    const file = join(temporaryFolder("state-form"), "state");
    writeFileSync(file, bytes);
    expect(() => stateIn(FORMS[form][0], ...keys)(file, 65536)).toThrow();
  });
});

describe.each([
  ["ini", "machine_id = 4e24d0a0-8f2d-4a97-b3d0-41c9e27f6a58\n"],
  ["yaml", 'machine_id: "4e24d0a0-8f2d-4a97-b3d0-41c9e27f6a58"\n'],
  ["toml", 'machine_id = "4e24d0a0-8f2d-4a97-b3d0-41c9e27f6a58"\n'],
] as const)("a program whose state file is %s", async (form, before) => {
  const program = await programOf(
    toolContract(`
consent:
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { stored: level, enable_when: ["2"], disable_when: ["0"] }]
  commands: { disable: { run: tool telemetry off } }
  state_file: { path: ~/.tool/state.${form}, keys: { level: { type: enum, values: ["0", "2"] } } }
identifiers: { machine_id: { identifies: machine, made_from: random, format: { type: uuid }, created: first-send } }
common: { machine_id: { type: identifier, why: W. } }
events:
  run:
    when: It ran.
    why: Which projects are used.
    fields:
      project: { type: hashed, of: { type: text, max_length: 99, justification: Only a hash of it is kept. }, what: the project, by: sha256, salt: machine, keep: 16 hex, justification: It counts projects of one machine., why: W. }
wire: { format: json, body: { $common: , events: $each }, each: { event: $event, $fields: } }
delivery:
  mode: queued
  queue: { file: ~/.tool/queue.jsonl, max_size: 64KiB, when_full: drop-oldest }
  flush: [{ at: command-end, wait: true }]
`),
  );

  it("takes no part of an identifier for a number that it would change", async () => {
    const tool = await program.start();
    tool.write(`.tool/state.${form}`, before);
    expect(await tool.telemetryCommand(["off"])).toBe(0);
    expect(tool.file(`.tool/state.${form}`)).toBe(
      form === "ini" ? `${before}level = 0\n` : form === "toml" ? `${before}level = "0"\n` : `${before}level: "0"\n`,
    );
    expect(tool.telemetry["enabled"]?.()).toBe(false);
  });

  it("keeps what it hashes with in that form, also while events are recorded", async () => {
    const sent: string[] = [];
    const { home } = await program.start();
    for (const _ of [1, 2]) {
      const tool = await program.start({}, {}, home);
      tool.telemetry["run"]?.({ project: "one" } as never);
      await tool.flush();
      sent.push(...tool.requests.map(({ body }) => String(JSON.parse(body).events[0].project)));
      expect(String(tool.file(`.tool/state.${form}`))).not.toContain("{");
    }
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(sent[1]).toBe(sent[0]);
  });
});
