import { describe, expect, it } from "vitest";
import { codegraphWorker } from "./codegraph-worker.js";

const { entry, batch, post } = codegraphWorker();

const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
const bodies: readonly [
  name: string,
  given: () => string | Buffer,
  want: { readonly status: number; readonly stored: number },
][] = [
  [
    "an extra key beside the events and in them",
    () => batch({ hostname: "ada" }, { ...entry, props: { user: "ada" } }),
    { status: 204, stored: 1 },
  ],
  [
    "events with the names that every object inherits",
    () => batch({}, ...["constructor", "toString", "hasOwnProperty", "valueOf"].map((event) => ({ ...entry, event }))),
    { status: 204, stored: 1 },
  ],
  [
    "an event called __proto__, and one whose keys are",
    () =>
      batch().replace('"events":[', '"events":[{"event":"__proto__","props":{}},{"__proto__":{"event":"install"}},'),
    { status: 204, stored: 1 },
  ],
  [
    "fields under __proto__",
    () =>
      batch({}, "x").replace(
        '"x"',
        '{"event":"install","props":{"__proto__":{"scope":"local","kind":"fresh","sqlite_backend":"native","targets":[]}}}',
      ),
    { status: 204, stored: 1 },
  ],
  ["an identifier under __proto__", () => `{"__proto__":${batch()},"events":[]}`, { status: 400, stored: 0 }],
  [
    "a key twice: the last counts, the first is seen by nobody",
    () => batch().replace('"scope":"local"', '"scope":"/home/ada","scope":"local"'),
    { status: 204, stored: 1 },
  ],
  [
    "a key twice, the last one bad",
    () => batch().replace('"scope":"local"', '"scope":"local","scope":"/home/ada"'),
    { status: 204, stored: 0 },
  ],
  [
    "null, lists, texts and numbers for objects",
    () =>
      batch(
        {},
        null,
        [],
        "install",
        7,
        { event: "install", props: null },
        { event: "install", props: [] },
        { event: ["install"], props: {} },
      ),
    { status: 204, stored: 1 },
  ],
  ["null for the batch", () => "null", { status: 400, stored: 0 }],
  ["a list for the batch", () => `[${batch()}]`, { status: 400, stored: 0 }],
  ["an object for the list of events", () => batch({ events: { 0: entry, length: 1 } }), { status: 400, stored: 0 }],
  ["no events", () => batch({ events: undefined }), { status: 400, stored: 0 }],
  ["10,000 lists in one another", () => deep, { status: 400, stored: 0 }],
  [
    "10,000 lists in one another for a value",
    () => batch({}, 1).replace("[1,", `[{"event":"install","props":{"targets":${deep}}},`),
    { status: 204, stored: 1 },
  ],
  [
    "half a surrogate pair, deep within",
    () => batch({}, 1).replace("[1,", `[{"event":"\\ud800","props":{"targets":${deep.replace("[]", '["\\udfff"]')}}},`),
    { status: 204, stored: 1 },
  ],
  [
    "a number too large for any",
    () =>
      batch({
        events: [{ event: "usage_rollup", props: { kind: "cli_command", name: "index", count: 1, error_count: 0 } }],
      }).replace('"count":1', '"count":1e400'),
    { status: 204, stored: 0 },
  ],
  [
    "a whole number past what JSON carries exactly",
    () => batch().replace('"node_major":22', '"node_major":9007199254740993'),
    { status: 204, stored: 0 },
  ],
  ["a body that is cut off", () => batch().slice(0, -3), { status: 400, stored: 0 }],
  ["nothing", () => "", { status: 400, stored: 0 }],
  [
    "bytes that are no UTF-8",
    () => Buffer.from(batch().replace("local", "loc\u00ff"), "latin1"),
    { status: 400, stored: 0 },
  ],
  ["UTF-16", () => Buffer.from(batch(), "utf16le"), { status: 400, stored: 0 }],
  ["65,536 bytes", () => batch().padEnd(65_536), { status: 204, stored: 1 }],
  ["65,537 bytes", () => batch().padEnd(65_537), { status: 413, stored: 0 }],
  [
    "101 events: what is beyond the limit is ignored, and counted",
    () => batch({ events: Array(101).fill(entry) }),
    { status: 204, stored: 100 },
  ],
  [
    "an address in every text, where only a fixed form may stand",
    () => batch({ codegraph_version: "203.0.113.7", os: "203.0.113.7" }),
    { status: 204, stored: 0 },
  ],
];

describe("hostile bodies, in workerd", () => {
  it.each(bodies)("%s", async (_, given, want) => {
    const answer = await post(given());
    expect(answer.status).toBe(want.status);
    expect(answer.stored).toHaveLength(want.stored);
    // A random identity may spell anything.
    expect(JSON.stringify(answer.stored.map(({ id: _, ...said }) => said))).not.toMatch(/ada|203\.0\.113/);
    // An answer quotes nothing of what was sent.
    expect(answer.text).toMatch(/^(?:[a-z_]+\n)?$/);
  });
});
