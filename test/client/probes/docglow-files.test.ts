import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Gateway } from "../gateway.js";
import { docglow, type Files, machine, no, recorded, state, yes, yml } from "./docglow.js";

const on = { DOCGLOW_TELEMETRY: "1" };

let net: Gateway;
let started: Awaited<ReturnType<typeof docglow>>["started"];
let decided: Awaited<ReturnType<typeof docglow>>["decided"];
beforeAll(async () => {
  ({ net, started, decided } = await docglow());
});
afterAll(() => net.close());

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
    ...['"false"', "'no'", '"Off"', '" 0 "', "0"].map((value): [string, string] => [
      `${value}, a no that is written as a text or a number`,
      `telemetry:\n  enabled: ${value}\n`,
    ]),
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
    ["a key with its dots beside the other form", "telemetry.enabled: true\ntelemetry:\n  enabled: true\n"],
    ["a list", "telemetry:\n  enabled: [true]\n"],
    ["a mapping", "telemetry:\n  enabled:\n    always: true\n"],
    ["a list of mappings", "telemetry:\n- enabled: true\n"],
    ["two documents", "telemetry:\n  enabled: true\n---\ntelemetry:\n  enabled: false\n"],
    ["a tab", "telemetry:\n\tenabled: true\n"],
    ["a text over two lines", "telemetry:\n  enabled: true\n    not\n"],
    ["a list as the whole", "- telemetry:\n    enabled: true\n"],
    ["a text as the whole", "telemetry\n"],
    ["cut off", "telemetry: {enabled: tr"],
    ["empty", ""],
    ["empty but for a line", " \n"],
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

  it("that is damaged is left as it is by a person who says no, and by a yes of a variable", async () => {
    const folder = machine(recorded('{"consent": "no"'));
    const { requests } = await started({ folder, env: on });
    expect([requests.length, readFileSync(join(folder, state), "utf8")]).toEqual([1, '{"consent": "no"']);
    await started({ folder, args: ["telemetry", "disable"] });
    expect(readFileSync(join(folder, state), "utf8")).toBe('{"consent": "no"');
  });
});
