import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { consentTable } from "../../../generator/language/consent/table.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { iniScalar } from "../../../templates/client/runtime/config/ini-scalar.js";
import { consent } from "../../../templates/client/runtime/consent/consent.js";
import { type Program, programOf } from "./program.js";

const text = `
telemetry_spec: 1
product: tool
title: Telemetry
summary: What this tool reports.
schema_version: 1
why: [Which commands are used.]
never_collected: [Names of files.]
consent:
  model: opt-out
  order:
    - { env: DO_NOT_TRACK, disable_when: truthy }
    - { config: ~/.tool/no-telemetry }
    - { config: ~/.toolrc, form: ini, key: telemetry.enabled, disable_when: [falsy, never] }
    - { config: "{app_dir}/mode", form: text, enable_when: ["on"], disable_when: ["off", local] }
    - { config: "{app_dir}/settings.json", key: telemetry }
    - { config: [~/tool.yml, ~/tool.yaml], key: telemetry.enabled }
identifiers: none
destination:
  url: https://telemetry.tool.example/v1
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Write to privacy@tool.example.
events:
  run: { when: A command ends., why: Which are used. }
wire: { format: json, body: { event: $event } }
delivery: { mode: immediate }
history: [{ version: 1, change: First version. }]
`;

let program: Program;
beforeAll(async () => {
  program = await programOf(text);
});

type Files = Readonly<Record<string, string>>;

test.each<[Files, string]>([
  [{}, "on, default"],
  [{ ".tool/no-telemetry": "" }, "off, config"],
  [{ ".toolrc": "[telemetry]\nenabled = no" }, "off, config"],
  [{ ".toolrc": "[telemetry]\n  enabled = NEVER ; really" }, "on, default"],
  [{ ".toolrc": '[telemetry]\nenabled = "never" # it is' }, "off, config"],
  [{ ".toolrc": "[other]\nenabled = no" }, "on, default"],
  // What can't be told is a no.
  [{ ".toolrc": "[telemetry]\nenabled = yes\nenabled = no" }, "off, config"],
  [{ ".toolrc": "[telemetry\nenabled = yes" }, "off, config"],
  [{ ".config/tool/mode": "off\n" }, "off, config"],
  [{ ".config/tool/mode": "on" }, "on, config"],
  [{ ".config/tool/mode": "on\noff" }, "off, config"],
  [{ ".config/tool/settings.json": '{"telemetry":false}' }, "off, config"],
  [{ ".config/tool/settings.json": '{"telemetry":' }, "off, config"],
  // A no in any of several, a yes of the first that is there.
  [{ "tool.yml": "telemetry: { enabled: true }", "tool.yaml": "telemetry: { enabled: false }" }, "off, config"],
  [{ "tool.yaml": "telemetry: { enabled: false }" }, "off, config"],
  [{ "tool.yaml": "telemetry: { enabled: true }" }, "on, config"],
  [{ "tool.yml": "other: 1", "tool.yaml": "telemetry: { enabled: true }" }, "on, default"],
])("%j: %s", async (files, expected) => {
  const one = await program.start({ config: undefined as never });
  for (const [name, content] of Object.entries(files)) one.write(name, content);
  const { enabled, decidedBy } = consent(one.client);
  expect(`${enabled ? "on" : "off"}, ${decidedBy}`).toBe(expected);
});

test("a folder in the place of a marker is one, too", async () => {
  const one = await program.start({ config: undefined as never });
  mkdirSync(join(one.home, ".tool/no-telemetry"), { recursive: true });
  expect(consent(one.client).enabled).toBe(false);
});

test("the client decides as the language says, in every row of the table", async () => {
  const rows = consentTable(program.model.consent);
  expect(rows.length).toBeGreaterThan(50);
  const one = await program.start();
  for (const row of rows) {
    one.client.host = Object.create(one.client.host, {
      env: { value: row.env },
      config: { value: (name: string) => row.config[name] },
    });
    one.client.memory.decision = undefined;
    const { enabled, decidedBy } = consent(one.client);
    expect({ row, enabled, decidedBy }).toEqual({ row, enabled: row.enabled, decidedBy: row.decidedBy });
  }
});

describe("INI", () => {
  test.each([
    ["a = 1\n[s]\nb: 2", "a", "1"],
    ["a = 1\n[s]\nb: 2", "s.b", "2"],
    ['[core "x y"]\nkey', "core.x y.key", "true"],
    ["\ufeff[A]\r\nB=c", "a.b", "c"],
    ["[a]\nb = c # d", "a.b", "c"],
    ["[a]\nb = c#d", "a.b", "c#d"],
    ["[a]\nb =", "a.b", ""],
    ["", "a.b", undefined],
  ])("%j, %s: %j", (ini, key, value) => expect(iniScalar(ini, key)).toBe(value));

  test.each(["[a]\nb = \\\nc", '[a]\nb = x"y"', "[a", "[a]\nb = 1\nB = 2", "[a]\n= 1"])("%j can't be told", (ini) =>
    expect(() => iniScalar(ini, "a.b")).toThrow(),
  );
});

test("the page names each file, and how to say no there", () => {
  const page = docsTarget.generate(program.model).find(({ path }) => path.endsWith(".md"))?.text ?? "";
  expect(page).toContain("whether there is `~/.tool/no-telemetry`");
  expect(page).toContain("make a file `~/.tool/no-telemetry`");
  expect(page).toContain("write `off` into `{app_dir}/mode`");
  expect(page).toContain("where there is no `~/tool.yml`");
});
