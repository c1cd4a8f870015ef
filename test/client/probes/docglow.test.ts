import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Gateway } from "../gateway.js";
import { docglow, host, no, recorded, state, type Told, yes, yml } from "./docglow.js";

const home = `https://${host}`;
const path = "/v1/telemetry/events";
const on = { DOCGLOW_TELEMETRY: "1" };

let net: Gateway;
let started: Awaited<ReturnType<typeof docglow>>["started"];
let decided: Awaited<ReturnType<typeof docglow>>["decided"];
beforeAll(async () => {
  ({ net, started, decided } = await docglow());
});
afterAll(() => net.close());
beforeEach(() => {
  net.answer = 204;
});

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
