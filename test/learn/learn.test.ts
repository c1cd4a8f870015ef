import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { undeclared } from "../../generator/learn/against.js";
import { draftContract } from "../../generator/learn/draft.js";
import { readSample, type Sample } from "../../generator/learn/sample.js";
import type { JsonValue } from "../../generator/model/json-schema.js";
import { fc } from "../support/property.js";

const samples = (...bodies: readonly string[]): readonly Sample[] =>
  bodies.flatMap((body) => {
    const read = readSample(body);
    if ("problem" in read) throw new Error(read.problem);
    return read;
  });
const json = (...payloads: readonly JsonValue[]) => samples(...payloads.map((one) => JSON.stringify(one)));
const nothingClosed = () => false;

interface Drafted {
  readonly common?: Record<string, Record<string, unknown>>;
  readonly identifiers: "none" | Record<string, Record<string, unknown>>;
  readonly events: Record<string, { readonly fields?: Record<string, Record<string, unknown>> }>;
  readonly wire: Record<string, unknown>;
}
const drafted = (all: readonly Sample[], isClosed: () => boolean = nothingClosed) =>
  parse(draftContract(all, isClosed).text) as Drafted;

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

describe("what must not be collected", () => {
  const worrying: readonly (readonly [string, string, string])[] = [
    ["cwd", "/home/ann/secret-project", "a path in the file system"],
    ["where", "C:\\Users\\ann\\x", "a path in the file system"],
    ["error", "ENOENT: no such file, open '/home/ann/x'", "a path in the file system"],
    ["host", "ann-laptop", "a host's name"],
    ["machine", "build7.corp.example.com", "a host's name"],
    ["mail", "ann@example.org", "an e-mail address"],
    ["who", "ann@example.org", "an e-mail address"],
    ["user", "ann", "a person's or account's name"],
    ["remote", "https://example.org/ann/repo.git", "a web address"],
    ["remote", "https://ann:pw@example.org/repo.git", "a key, token or password"],
    ["t", "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "a key, token or password"],
    ["api_token", "hunter2", "a key, token or password"],
    ["peer", "192.168.1.20", "an IP or hardware address"],
    ["peer", "2001:db8::1", "an IP or hardware address"],
    ["nic", "aa:bb:cc:dd:ee:ff", "an IP or hardware address"],
    ["note", "could not open the file at all", "free text"],
    // What a maker calls its thing is a row of names and numbers, not of words.
    ["os_note", "it is the one from work", "free text"],
    ["title", "OpenJDK 64-Bit Server VM", "free text"],
  ];
  it.each(worrying)("%s: %s", (key, value, what) => {
    const draft = draftContract(json({ event: "run", [key]: value, ok: true }), () => true);
    expect(draft.concerns).toContainEqual({ path: `run.${key}`, what, times: 1, of: 1 });
    expect(draft.text).not.toContain(value);
    expect(draft.text).toContain(`# ${key} is left out: it looks like ${what}.`);
  });

  it.each([
    ["user_count", 3],
    ["file.encoding", "UTF-8"],
    ["host_kind", "vm"],
    ["version", "1.2.3.4"],
    ["language", "en-US"],
    ["image", "node:20"],
    ["java.vm.name", "OpenJDK 64-Bit Server VM"],
    ["cpu", "Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz"],
  ])("%s is no reason to worry", (key, value) =>
    expect(draftContract(json({ event: "run", [key]: value }), nothingClosed).concerns).toEqual([]),
  );

  it("what is left out of an object in a list is named, too", () => {
    const { leftOut, text } = draftContract(
      json({ event: "run", all: [{ ok: true, in: { cwd: "/home/ann/x", n: 1 } }] }),
      nothingClosed,
    );
    expect(leftOut).toEqual([{ path: "run.all[].in.cwd", why: "it looks like a path in the file system" }]);
    expect(text).toContain("# without in.cwd");
  });

  it("a key of two lines stays in its comment", () => {
    const { text } = draftContract(
      json({ event: "run", one: { "a\nforged: true": "/home/ann/x", ok: true, n: "b" } }),
      nothingClosed,
    );
    expect(text).toContain("# without a");
    expect(text).not.toMatch(/^forged/m);
  });

  it("the worst comes first", () => {
    const { concerns } = draftContract(
      json({ event: "run", host: "ann-laptop", cwd: "/home/ann/x", token: "hunter2" }),
      nothingClosed,
    );
    expect(concerns.map(({ path }) => path)).toEqual(["run.token", "run.cwd", "run.host"]);
  });

  it("no text of a sample stands in a draft, whatever is sent", () => {
    const text = fc
      .tuple(fc.string({ maxLength: 12 }), fc.constantFrom("", "/", "@", " ", ":"), fc.string({ maxLength: 12 }))
      .map((parts) => `Q${parts.join("Z")}Q`);
    const value = fc.oneof(
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(text, { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("alpha", "beta"), text),
    );
    const payload = fc.dictionary(fc.constantFrom("one", "two", "userId", "cwd", "three", "id"), value);
    fc.assert(
      fc.property(fc.array(payload, { minLength: 1, maxLength: 5 }), (payloads) => {
        const { text: draft } = draftContract(
          json(...payloads.map((one) => ({ event: "run", ...one }))),
          nothingClosed,
        );
        parse(draft);
        const texts: string[] = [];
        JSON.stringify(payloads, (_, one: unknown) => {
          if (typeof one === "string") texts.push(one);
          return one;
        });
        for (const one of texts) expect(draft).not.toContain(one);
      }),
      { numRuns: 300 },
    );
  });

  it("names that would end a line or a text are only names", () => {
    const key = 'x: { evil }\n# "';
    const { events } = drafted(json({ event: "run", [key]: 1 }));
    expect(Object.keys(events["run"]?.fields ?? {})).toEqual([key]);
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
