import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { program, run, temporary } from "../program.js";
import { type Gateway, gateway } from "./gateway.js";

/** Docglow as programs of its own in a project's folder, with real files, and every byte at the receiver's end. */
const host = "api.docglow.com";
const home = `https://${host}`;
const path = "/v1/telemetry/events";
const source = `
  import * as telemetry from "./generated/systems/docglow/client/telemetry.js";
  import { telemetryCommand } from "./generated/systems/docglow/client/command.js";
  const [word, ...words] = process.argv.slice(2);
  telemetry.setup({ platform: "linux", pythonVersion: "3.12.2", version: "0.7.4" });
  if (word === "telemetry") process.exitCode = await telemetryCommand(words);
  else {
    if (word === "ask") await telemetry.ask("first \`docglow generate\`");
    const given = word?.startsWith("{") ? JSON.parse(word) : {};
    telemetry.commandRun({ command: "generate", result: "success", durationMs: 4218, adapterType: "snowflake", featuresUsed: ["column_lineage", "static"],
      projectShape: { models: 142, sources: 31, seeds: 4, tests: 213, macros: 8 }, ...given });
    await telemetry.flush();
    if (word === "and status") process.exit(await telemetryCommand(["status", "--json"]));
    if (word === "fail") process.exitCode = 3;
    if (word === "exit") process.exit(4);
    console.log("the program's own line");
  }`;

let net: Gateway;
let file: string;
beforeAll(async () => {
  net = await gateway([host]);
  file = await program(source);
});
afterAll(() => net.close());
beforeEach(() => {
  net.answer = 204;
  net.requests.length = 0;
  net.asked.length = 0;
});

/** A machine with a project: path below it → a file's bytes, or what to make there. */
type Files = Readonly<Record<string, string | Buffer | ((path: string) => void)>>;
const state = ".config/docglow/telemetry.json";

function machine(files: Files = {}): string {
  const folder = temporary();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (typeof content === "function") content(join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
  return folder;
}

interface Told {
  readonly files?: Files;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly folder?: string;
  readonly file?: string;
}

async function started({ files, env = {}, args = [], folder = machine(files), file: which = file }: Told = {}) {
  const [before, connections] = [net.requests.length, net.asked.length];
  const ran = await run(which, { home: folder, cwd: folder, args, env: { ...net.env, ...env } });
  const [requests, asked] = [net.requests.slice(before), net.asked.slice(connections)];
  return {
    ...ran,
    folder,
    requests,
    asked,
    sent: requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>),
  };
}

/** Whether anything was sent, and whom `status` says it is decided by. */
async function decided(told: Told): Promise<readonly [sent: number, enabled: boolean, by: string]> {
  const { asked, requests, stdout, code, stderr } = await started({ ...told, args: ["and status"] });
  expect([code, stderr, asked.length]).toEqual([0, "", requests.length]);
  const { enabled, decided_by } = JSON.parse(stdout) as { enabled: boolean; decided_by: string };
  return [requests.length, enabled, decided_by];
}

const yes = '{"consent": "yes"}';
const no = '{"consent": "no"}';
const yml = (text: string | Buffer): Files => ({ "docglow.yml": text });
const recorded = (text: string): Files => ({ [state]: text });
const on = { DOCGLOW_TELEMETRY: "1" };

describe("an event", () => {
  it("is the document's example, and an id that is the machine's own", async () => {
    const { code, stdout, stderr, requests, sent, folder } = await started({ env: on });
    expect([code, stdout, stderr, requests.length]).toEqual([0, "the program's own line\n", "", 1]);
    const { instance_id } = JSON.parse(readFileSync(join(folder, state), "utf8")) as { instance_id: string };
    expect(sent[0]).toEqual({
      schema_version: 1,
      instance_id,
      command: "generate",
      result: "success",
      duration_ms: 4218,
      docglow_version: "0.7.4",
      python_version: "3.12.2",
      platform: "linux",
      adapter_type: "snowflake",
      project_shape: { models: 142, sources: 31, seeds: 4, tests: 213, macros: 8 },
      features_used: ["column_lineage", "static"],
    });
    expect([requests[0]?.origin, requests[0]?.line, requests[0]?.headers]).toEqual([
      home,
      `POST ${path} HTTP/1.1`,
      [
        "content-type: application/json",
        `content-length: ${requests[0]?.body.length}`,
        `Host: ${host}`,
        "Connection: close",
      ],
    ]);
    const again = await started({ env: on, folder });
    expect(again.sent[0]?.["instance_id"]).toBe(instance_id);
    expect((await started({ env: on })).sent[0]?.["instance_id"]).not.toBe(instance_id);
  });

  it.each([
    ["an adapter that nobody knows", { adapterType: null }, { adapter_type: null }],
    ["an error", { result: "error" }, { result: "error" }],
    [
      "no features, a project of nothing",
      { featuresUsed: [], projectShape: { models: 0, sources: 0, seeds: 0, tests: 0, macros: 0 } },
      { features_used: [], project_shape: { models: 0, sources: 0, seeds: 0, tests: 0, macros: 0 } },
    ],
    [
      "what stands beside the fields",
      {
        project: "acme",
        sql: "select 1",
        projectShape: { models: 1, sources: 2, seeds: 3, tests: 4, macros: 5, names: ["orders"] },
      },
      { project_shape: { models: 1, sources: 2, seeds: 3, tests: 4, macros: 5 } },
    ],
  ])("%s", async (_, given, expected) => {
    const { sent } = await started({ env: on, args: [JSON.stringify(given)] });
    expect(sent[0]).toMatchObject(expected);
    expect(Object.keys(sent[0] ?? {})).toHaveLength(11);
    expect(Object.keys(sent[0]?.["project_shape"] ?? {})).toHaveLength(5);
  });

  it.each([
    { adapterType: "/opt/adapter" },
    { adapterType: "Snowflake" },
    { adapterType: undefined },
    { command: "docs" },
    { result: "failed" },
    { durationMs: 1.5 },
    { durationMs: "4218" },
    { featuresUsed: ["profiling"] },
    { featuresUsed: "static" },
    { projectShape: { models: 1, sources: 2, seeds: 3, tests: 4 } },
    { projectShape: [1, 2, 3, 4, 5] },
    { projectShape: { models: "orders", sources: 2, seeds: 3, tests: 4, macros: 5 } },
  ])("%j is not sent at all", async (given) => {
    const args = [JSON.stringify(given, (_, value: unknown) => (value === undefined ? false : value))];
    expect(await started({ env: on, args })).toMatchObject({ code: 0, stderr: "", asked: [] });
  });

  it.each([400, 500, "hang up", 307] as const)(
    "whose receiver answers %s is sent once, and the program ends as ever",
    async (answer) => {
      net.answer = answer;
      for (const [word, code] of [
        ["", 0],
        ["fail", 3],
        ["exit", 4],
      ] as const) {
        const ran = await started({ env: on, args: [word] });
        expect([ran.code, ran.stderr, ran.requests.length, new Set(ran.asked)]).toEqual([
          code,
          "",
          1,
          new Set([`${host}:443`]),
        ]);
        expect(ran.stdout).toBe(word === "exit" ? "" : "the program's own line\n");
      }
    },
  );
});

describe("before a yes", () => {
  it.each([
    [],
    ["ask"],
    ["fail"],
    ["exit"],
    ["telemetry", "status"],
    ["telemetry", "status", "--json"],
    ["telemetry", "show"],
    ["telemetry", "show", "--json"],
    ["telemetry", "--help"],
    ["telemetry", "reset"],
    ["telemetry", "nonsense"],
  ])("nothing is sent and nothing is made: %j %j %j", async (...args) => {
    const { folder, asked } = await started({ args });
    expect([asked, readdirSync(folder)]).toEqual([[], []]);
  });

  it("a no makes no id, and is all that is kept", async () => {
    const { folder, asked } = await started({ args: ["telemetry", "disable"] });
    expect([asked, JSON.parse(readFileSync(join(folder, state), "utf8"))]).toEqual([[], { consent: "no" }]);
  });

  it("a yes by the command makes the id; a no and another yes make another", async () => {
    const id = (folder: string) =>
      (JSON.parse(readFileSync(join(folder, state), "utf8")) as { instance_id: string }).instance_id;
    const { folder } = await started({ args: ["telemetry", "enable"] });
    const first = id(folder);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect((await started({ folder })).sent[0]?.["instance_id"]).toBe(first);
    for (const word of ["disable", "enable"]) await started({ folder, args: ["telemetry", word] });
    expect(id(folder)).not.toBe(first);
  });
});

describe("the layers", () => {
  it.each<[what: string, told: Told, sent: number, by: string]>([
    ["nothing at all", {}, 0, "default"],
    // The kill switch, over everything.
    ...["1", "true", "YES", " on "].map((value): [string, Told, number, string] => [
      `DOCGLOW_NO_TELEMETRY=${value}`,
      {
        env: { DOCGLOW_NO_TELEMETRY: value, ...on },
        files: { ...yml("telemetry: {enabled: true}"), ...recorded(yes) },
      },
      0,
      "DOCGLOW_NO_TELEMETRY",
    ]),
    ...["", "0", "false", "x"].map((value): [string, Told, number, string] => [
      `DOCGLOW_NO_TELEMETRY=${JSON.stringify(value)}, which says neither`,
      { env: { DOCGLOW_NO_TELEMETRY: value } },
      0,
      "default",
    ]),
    // The variable, over file and record.
    ...["0", "false", "No", " off"].map((value): [string, Told, number, string] => [
      `DOCGLOW_TELEMETRY=${value}`,
      { env: { DOCGLOW_TELEMETRY: value }, files: { ...yml("telemetry: {enabled: true}"), ...recorded(yes) } },
      0,
      "DOCGLOW_TELEMETRY",
    ]),
    [
      "DOCGLOW_TELEMETRY=1 over a no in the file and on record",
      { env: on, files: { ...yml("telemetry: {enabled: false}"), ...recorded(no) } },
      1,
      "DOCGLOW_TELEMETRY",
    ],
    ...["", "2", "maybe", "ja"].map((value): [string, Told, number, string] => [
      `DOCGLOW_TELEMETRY=${JSON.stringify(value)}, which says neither, with a no on record`,
      { env: { DOCGLOW_TELEMETRY: value }, files: recorded(no) },
      0,
      "stored",
    ]),
    // The file, over the record.
    [
      "a yes in the file over a no on record",
      { files: { ...yml("telemetry:\n  enabled: true\n"), ...recorded(no) } },
      1,
      "config",
    ],
    [
      "a no in the file over a yes on record",
      { files: { ...yml("telemetry:\n  enabled: false\n"), ...recorded(yes) } },
      0,
      "config",
    ],
    // The record.
    ["a yes on record", { files: recorded(yes) }, 1, "stored"],
    [
      "a yes on record, and a file about other things",
      { files: { ...yml("title: Orders\nmodels:\n- a\n"), ...recorded(yes) } },
      1,
      "stored",
    ],
  ])("%s", async (_, told, sent, by) => {
    expect(await decided(told)).toEqual([sent, sent > 0, by]);
  });
});

/** With a yes on record, so that a no is the file's own, and with a no, so that a yes is. */
describe("docglow.yml", () => {
  it.each<[what: string, content: string | Buffer]>([
    ["as everybody writes it", "telemetry:\n  enabled: true\n"],
    ["True", "telemetry:\n  enabled: True\n"],
    ["TRUE, and a comment", "telemetry:\n  enabled: TRUE  # thanks\n"],
    ["in braces", "telemetry: {enabled: true}\n"],
    ["as JSON", '{"telemetry": {"enabled": true}}\n'],
    ["with a byte order mark", "\uFEFFtelemetry:\n  enabled: true\n"],
    ["with CRLF", "title: x\r\ntelemetry:\r\n  enabled: true\r\n"],
    ["without an end of its last line", "telemetry:\n  enabled: true"],
    ["with quoted keys", "\"telemetry\":\n  'enabled': true\n"],
    ["behind anchors and aliases of others", "a: &a {x: 1}\nb: *a\ntelemetry:\n  enabled: true\n"],
    [
      "behind a text that only looks like it",
      "text: |\n  telemetry:\n    enabled: false\ntelemetry:\n  enabled: true\n",
    ],
  ])("a yes: %s", async (_, content) => {
    expect(await decided({ files: { ...yml(content), ...recorded(no) } })).toEqual([1, true, "config"]);
  });

  it.each<[what: string, content: string | Buffer | ((path: string) => void)]>([
    ["false", "telemetry:\n  enabled: false\n"],
    ["FALSE", "telemetry:\n  enabled: FALSE\n"],
    ["false with CRLF and a byte order mark", "\uFEFFtelemetry:\r\n  enabled: false\r\n"],
    ["no", "telemetry:\n  enabled: no\n"],
    ["off", "telemetry:\n  enabled: off\n"],
    ["yes, which not every reader takes for one", "telemetry:\n  enabled: yes\n"],
    ["on, which not every reader takes for one", "telemetry:\n  enabled: on\n"],
    ["y", "telemetry:\n  enabled: y\n"],
    ["an alias of a yes", "a: &a true\ntelemetry:\n  enabled: *a\n"],
    ["an alias of the mapping", "a: &a {enabled: true}\ntelemetry: *a\n"],
    ["an anchor", "telemetry:\n  enabled: &a true\n"],
    ["a merge key", "a: &a {enabled: true}\ntelemetry:\n  <<: *a\n"],
    ["a merge key over which a key stands", "a: &a {enabled: false}\ntelemetry:\n  <<: *a\n  enabled: true\n"],
    ["a tag", 'telemetry:\n  enabled: !!bool "true"\n'],
    ["a key twice, last a yes", "telemetry:\n  enabled: false\n  enabled: true\n"],
    ["a mapping twice, last a yes", "telemetry:\n  enabled: false\ntelemetry:\n  enabled: true\n"],
    ["a mapping twice in JSON", '{"telemetry": {"enabled": false}, "telemetry": {"enabled": true}}'],
    ["a key with its dots", "telemetry.enabled: true\n"],
    ["a list", "telemetry:\n  enabled: [true]\n"],
    ["a mapping", "telemetry:\n  enabled:\n    always: true\n"],
    ["a list of mappings", "telemetry:\n- enabled: true\n"],
    ["two documents", "telemetry:\n  enabled: true\n---\ntelemetry:\n  enabled: false\n"],
    ["a tab", "telemetry:\n\tenabled: true\n"],
    ["a text over two lines", "telemetry:\n  enabled: true\n    not\n"],
    ["a list as the whole", "- telemetry:\n    enabled: true\n"],
    ["a text as the whole", "telemetry\n"],
    ["cut off", "telemetry: {enabled: tr"],
    ["a quote without end", 'title: "x\ntelemetry:\n  enabled: true\n'],
    ["UTF-16", Buffer.from("\uFEFFtelemetry:\n  enabled: true\n", "utf16le")],
    ["bytes that are no text", Buffer.from([0x74, 0xff, 0xfe, 0x0a])],
    ["a zero byte", "telemetry:\n  enabled: true\u0000\n"],
    ["2 MiB", `#${"x".repeat(2 << 20)}\ntelemetry:\n  enabled: true\n`],
    ["a folder", (at) => mkdirSync(at)],
    ["a pipe that nobody writes to", (at) => execFileSync("mkfifo", [at])],
    ["a link to what never ends", (at) => symlinkSync("/dev/zero", at)],
    ["a link to itself", (at) => symlinkSync("docglow.yml", at)],
  ])("a no, or what may hold one, though a yes is on record: %s", async (_, content) => {
    expect(await decided({ files: { "docglow.yml": content, ...recorded(yes) } })).toEqual([0, false, "config"]);
  });

  it.each<[what: string, content: string | ((path: string) => void)]>([
    ["empty", ""],
    ["comments", "# telemetry:\n#   enabled: true\n"],
    ["another key", "telemetry:\n  endpoint: https://mine.example/e\n"],
    ["no value", "telemetry:\n  enabled:\n"],
    ["no mapping", "telemetry:\n"],
    ["at the top", "enabled: true\n"],
    ["deeper", "docglow:\n  telemetry:\n    enabled: true\n"],
    ["another case", "Telemetry:\n  Enabled: true\n"],
    ["a yes as a text", 'telemetry:\n  enabled: "true"\n'],
    ["a yes as a number", "telemetry:\n  enabled: 1\n"],
    ["a link to nowhere", (at) => symlinkSync("/nonexistent/docglow.yml", at)],
  ])("neither, so nobody has said yes: %s", async (_, content) => {
    expect(await decided({ files: { "docglow.yml": content } })).toEqual([0, false, "default"]);
  });

  it("is that of the folder in which the program runs, which may be a link, and no other", async () => {
    const link: Files = {
      "settings/mine.yml": "telemetry:\n  enabled: true\n",
      "docglow.yml": (at) => symlinkSync("settings/mine.yml", at),
    };
    expect(await decided({ files: link })).toEqual([1, true, "config"]);
    const others = [
      "docglow.yaml",
      ".docglow.yml",
      "dbt_project.yml",
      ".config/docglow/docglow.yml",
      "target/docglow.yml",
    ];
    const files = Object.fromEntries(others.map((name) => [name, "telemetry:\n  enabled: true\n"]));
    expect(await decided({ files })).toEqual([0, false, "default"]);
  });
});

describe("the record", () => {
  it.each<[what: string, content: string | Buffer | ((path: string) => void)]>([
    ["cut off", '{"consent": "yes"'],
    ["empty", ""],
    ["a list", '[{"consent": "yes"}]'],
    ["a text", '"yes"'],
    ["true", '{"consent": true}'],
    ["another case", '{"consent": "Yes"}'],
    ["a space", '{"consent": "yes "}'],
    ["a list of it", '{"consent": ["yes"]}'],
    ["unset", '{"consent": "unset"}'],
    ["null", '{"consent": null}'],
    ["deeper", '{"telemetry": {"consent": "yes"}}'],
    ["by a prototype", '{"__proto__": {"consent": "yes"}}'],
    ["an id alone", '{"instance_id": "5c5a6a39-54bb-4e98-8f3e-5a02e7d7c90e"}'],
    ["YAML", "consent: yes\n"],
    ["a mark in front", `\uFEFF${yes}`],
    ["UTF-16", Buffer.from(yes, "utf16le")],
    ["100 KiB", `{"consent": "yes", "x": "${"x".repeat(100 << 10)}"}`],
    ["a folder", (at) => mkdirSync(at)],
    ["a pipe", (at) => execFileSync("mkfifo", [at])],
    [
      "a link to somebody's yes",
      (at) => {
        writeFileSync(`${at}.theirs`, yes);
        symlinkSync(`${at}.theirs`, at);
      },
    ],
  ])("is no yes, and is left as it is: %s", async (_, content) => {
    const folder = machine({ [state]: content });
    const before = typeof content === "function" ? undefined : readFileSync(join(folder, state));
    expect(await decided({ folder })).toEqual([0, false, "default"]);
    if (before !== undefined) expect(readFileSync(join(folder, state))).toEqual(before);
  });

  it("that is damaged gives way to a person who says no, and a yes by a variable doesn't write into it", async () => {
    const folder = machine(recorded('{"consent": "no"'));
    const { requests } = await started({ folder, env: on });
    expect([requests.length, readFileSync(join(folder, state), "utf8")]).toEqual([1, '{"consent": "no"']);
    await started({ folder, args: ["telemetry", "disable"] });
    expect(JSON.parse(readFileSync(join(folder, state), "utf8"))).toEqual({ consent: "no" });
  });
});
