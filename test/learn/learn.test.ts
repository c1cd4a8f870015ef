import { describe, expect, it } from "vitest";
import { undeclared } from "../../generator/learn/against.js";
import { readSample, type Sample } from "../../generator/learn/sample.js";
import type { JsonValue } from "../../generator/model/json-schema.js";
import { fc } from "../support/property.js";
import { drafted, json, samples } from "./samples.js";

describe("forms of a body", () => {
  const posthog = {
    api_key: "phc_x",
    batch: [
      {
        event: "run",
        distinct_id: "7c0b1f9e-6a43-4b8c-9a5e-0f6d2c1b3a4d",
        timestamp: "2026-01-01T00:00:00Z",
        properties: { ok: true },
      },
    ],
  };
  it.each<readonly [string, string, Sample["form"], number]>([
    ["JSON", '{"a":1}', "json", 1],
    ["a byte order mark", '\uFEFF{"a":1}', "json", 1],
    ["JSON lines", '{"a":1}\n{"a":2}\n', "json", 2],
    ["base64url of JSON", Buffer.from('{"event":"x"}').toString("base64url"), "json-base64url", 1],
    ["a form", "v=1&tid=abc&ec=run", "form", 1],
    ["a form with JSON in it", `data=${encodeURIComponent('{"event":"x"}')}`, "form", 1],
    ["Prometheus text", '# HELP up x\nup{job="a"} 1\nother 2.5 1700000000', "prometheus-text", 1],
    [
      "OTLP",
      '{"resourceLogs":[{"resource":{"attributes":[{"key":"os","value":{"stringValue":"linux"}}]}}]}',
      "otlp",
      1,
    ],
  ])("%s", (_, body, form, count) => {
    const read = samples(body);
    expect(read.map((one) => one.form)).toEqual(Array.from({ length: count }, () => form));
  });

  it.each([
    ["nothing", ""],
    ["prose", "hello there, world"],
    ["half a document", '{"a":'],
  ])("%s is none", (_, body) => expect(readSample(body)).toHaveProperty("problem"));

  it("OTLP's lists of keys and values are objects", () => {
    const body =
      '{"resourceLogs":[{"resource":{"attributes":[{"key":"os","value":{"stringValue":"linux"}},{"key":"n","value":{"intValue":"7"}}]}}]}';
    expect(samples(body)[0]?.payload).toEqual({ resourceLogs: [{ resource: { attributes: { os: "linux", n: 7 } } }] });
  });

  it("whatever is sent is read without an error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.webQueryParameters()), (body) => void readSample(body)),
      { numRuns: 1000 },
    );
  });

  it.each<readonly [string, readonly JsonValue[], object]>([
    ["one flat object", [{ os: "linux" }], { body: { $fields: null } }],
    ["a name", [{ event: "run", os: "linux" }], { body: { event: "$event", $fields: null } }],
    [
      "PostHog's batch",
      [posthog],
      {
        body: { $common: null, batch: "$each" },
        each: {
          event: "$event",
          distinct_id: "$fields.distinct_id",
          timestamp: "$time",
          properties: { $fields: null },
        },
      },
    ],
    [
      "Segment's batch",
      [
        {
          batch: [
            {
              type: "track",
              event: "run",
              userId: "u-1234567",
              timestamp: "2026-01-01T00:00:00Z",
              properties: { ok: true },
            },
          ],
          sentAt: "2026-01-01T00:00:00Z",
        },
      ],
      {
        body: { sentAt: "$sent", batch: "$each" },
        each: {
          type: "track",
          event: "$event",
          userId: "$fields.userId",
          timestamp: "$time",
          properties: { $fields: null },
        },
      },
    ],
    [
      "the name as a key",
      [{ metrics: [{ commandRun: { ok: true, ci: false } }, { installed: { ci: true } }] }],
      { body: { metrics: "$each" }, each: { $event: { $common: null, $fields: null } } },
    ],
    ["a list alone", [[{ event: "run", ok: true }]], { body: "$each", each: { event: "$event", $fields: null } }],
    [
      "seconds since 1970",
      [{ events: [{ name: "run", ts: 1753344000, ok: true }] }],
      { body: { events: "$each" }, each: { name: "$event", ts: "$time.unix-s", $fields: null } },
    ],
    [
      "milliseconds since 1970",
      [{ events: [{ name: "run", ts: 1753344000000, ok: true }] }],
      { body: { events: "$each" }, each: { name: "$event", ts: "$time.unix-ms", $fields: null } },
    ],
    ["objects that are no events", [{ addons: [{ slug: "a", ok: true }] }], { body: { $fields: null } }],
  ])("%s has its picture", (_, payloads, wire) => expect(drafted(json(...payloads)).wire).toMatchObject(wire));
});

describe("types", () => {
  it.each<readonly [string, readonly JsonValue[], object]>([
    ["truth", [true, false], { type: "bool" }],
    ["truth as a text", ["true"], { type: "enum", values: ["false", "true"] }],
    ["a whole number, with room", [7, 41], { type: "int", min: 0, max: 1000 }],
    ["a negative one", [-3, 4], { type: "int", min: -100, max: 100 }],
    ["a fraction", [71.25, 3], { type: "number", min: 0, max: 1000, decimals: 2 }],
    ["a version", ["1.2.3", "v10.0.1"], { type: "version" }],
    ["a time", ["2026-04-16T14:55:13.418Z"], { type: "timestamp" }],
    ["null at times", [null, 4], { type: "int", nullable: true }],
    ["words", ["cargo", "npm"], { type: "string", pattern: "^[a-z]+$", max_length: 8 }],
    ["an empty text among others", ["", "npm"], { type: "string", pattern: "^[a-z]*$" }],
    ["a hyphen and a bracket", ["a-b]"], { type: "string", pattern: "^[a-z\\]-]+$" }],
    ["a list", [["cargo"], ["npm", "go"]], { type: "list", of: { type: "string" }, max_items: 4 }],
    [
      "an object",
      [{ healthy: true }, { healthy: true, board: "rpi" }],
      { type: "object", fields: { board: { optional: true } } },
    ],
    ["keys that are values", [{ "go/build:x": 3, "go/vet": 4 }], { type: "map", of: { type: "int" } }],
  ])("%s", (_, values, type) => {
    const { events } = drafted(json(...values.map((value) => ({ event: "run", app_version_or_thing: value }))));
    expect(events["run"]?.fields?.["app_version_or_thing"]).toMatchObject(type);
  });

  it("what a person confirmed is a closed set", () => {
    const { events } = drafted(json({ event: "run", tool: "npm" }, { event: "run", tool: "cargo" }), () => true);
    expect(events["run"]?.fields?.["tool"]).toMatchObject({ type: "enum", values: ["cargo", "npm"] });
  });

  it("a field that is not always there is optional", () => {
    const { events } = drafted(json({ event: "run", a: 1 }, { event: "run", a: 1, b: 2 }));
    expect(events["run"]?.fields?.["b"]).toMatchObject({ optional: true });
    expect(events["run"]?.fields?.["a"]).not.toHaveProperty("optional");
  });

  it("what every event has is common", () => {
    const { common, events } = drafted(json({ event: "a", os: "linux", x: 1 }, { event: "b", os: "linux", y: 1 }));
    expect(Object.keys(common ?? {})).toEqual(["os"]);
    expect(Object.keys(events["a"]?.fields ?? {})).toEqual(["x"]);
  });
});

describe("identifiers", () => {
  const uuid = (n: number) => `7c0b1f9e-6a43-4b8c-9a5e-0f6d2c1b3a${String(n).padStart(2, "0")}`;
  it("how often they change says whom they tell apart", () => {
    const { identifiers } = drafted(
      json(
        ...[1, 2, 3, 4].map((n) => ({
          event: "run",
          machine: { device: uuid(0) },
          run: uuid(n),
          session: uuid(n > 2 ? 50 : 51),
        })),
      ),
    );
    expect(identifiers).toMatchObject({
      device: { identifies: "machine", created: "first-run" },
      run: { identifies: "other", created: "each-event" },
      session: { identifies: "session", created: "process-start" },
    });
  });
});

describe("against what is declared", () => {
  const sent = json({ event: "run", os: "linux", cwd: "x", shape: { a: 1, b: 2 } }, { event: "other", os: "linux" });
  it("a contract: events and fields that it doesn't have", () => {
    const declared = { common: new Set(["os"]), events: new Map([["run", new Set(["shape.a"])]]) };
    expect(undeclared(sent, declared, "contract")).toEqual([
      { path: "run.cwd", is: "field", times: 1 },
      { path: "run.shape.b", is: "field", times: 1 },
      { path: "other", is: "event", times: 1 },
    ]);
  });
  it("a list of names", () => {
    const names = new Set(["os", "a", "b"]);
    expect(undeclared(sent, { common: names, events: new Map() }, "names")).toEqual([
      { path: "run.cwd", is: "field", times: 1 },
    ]);
  });
});
