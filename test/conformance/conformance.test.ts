import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";
import { runFolder } from "./run-folder.js";
import { systems } from "./systems.js";
import { tables } from "./tables.js";

const fixtures = join(import.meta.dirname, "fixtures");
/** Our own, in the same layout: what else somebody might think of who knows the documents and not the code. */
const further = join(import.meta.dirname, "further");
const scratch = temporaryFolder("conformance-test");
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("the acceptance cases", () => {
  it.each(systems.flatMap((system) => [fixtures, further].map((folder) => [system, folder] as const)))(
    "%s",
    async (system, folder) => {
      const outcomes = await runFolder(folder, system);
      expect(outcomes.length).toBeGreaterThan(20);
      expect(outcomes.filter(({ failure }) => failure !== undefined)).toEqual([]);
    },
  );
});

/** One expectation of each kind of case, made wrong: the runner has to notice every one. */
const wrong: readonly (readonly [system: string, file: string, (content: never) => unknown])[] = [
  [
    "codegraph",
    "accept-usage-rollup-cli.expect.json",
    (it: { expect: object }) => ({ ...it, expect: { ...it.expect, status: 400 } }),
  ],
  [
    "codegraph",
    "strip-unknown-event.expect.json",
    (it: { expect: object }) => ({ ...it, expect: { ...it.expect, forwarded: [] } }),
  ],
  [
    "codegraph",
    "accept-mixed-batch.expect.json",
    (it: { expect: object }) => ({ ...it, expect: { ...it.expect, never_forwarded: ["fresh"] } }),
  ],
  [
    "codegraph",
    "reject-rate-limited.expect.json",
    (it: { expect: object }) => ({ ...it, expect: { ...it.expect, statuses: [204, 204] } }),
  ],
  ["codegraph", "buckets.json", () => ({ file_count_bucket: [[99, "100-1k"]] })],
  ["codegraph", "rollup.json", (it: { cases: object[] }) => ({ cases: [{ ...it.cases[0], still_queued: 7 }] })],
  ["codegraph", "sink-posthog.json", (it: { expect: object }) => ({ ...it, expect: { ...it.expect, method: "PUT" } })],
  ["codegraph", "telemetry-md.json", () => ({ must_contain: ["a text that no page has"] })],
  [
    "codegraph",
    "consent.json",
    (it: { expect: object }[]) => [{ ...it[0], expect: { enabled: true, decidedBy: "the moon" } }],
  ],
  [
    "cocoindex",
    "behaviour.json",
    () => ({ cases: [{ name: "x", do: ["update", "update"], expect: { requests: 1 } }] }),
  ],
  ["cocoindex", "url.json", () => ({ cases: [{ package: "python", version: "1.0.0", url: null }] })],
  [
    "cozystack",
    "exposition.json",
    (it: { cases: object[] }) => ({ cases: [{ ...it.cases[0], line: "cozy_tenants_count 3" }] }),
  ],
  ["docglow", "endpoint.json", (it: object[]) => [{ ...it[0], expect: "https://elsewhere.test/" }]],
  ["docglow", "debug.json", () => ({ cases: [{ env: {}, endpoint: "answers 204", lines: ["a line"] }] })],
  ["jina", "code-names.json", () => ({ keys: { "ci-vendor": "civendor" } })],
  ["jina", "identifiers.json", () => ({ cases: [{ name: "small", expect: { uid_at_most: 1 } }] })],
];

describe("a deliberately wrong expectation fails", () => {
  it.each(wrong)("%s/%s", async (system, file, change) => {
    const folder = join(scratch, `wrong-${file}`);
    const name = file.replace(/\.expect\.json$|\.json$/, "");
    mkdirSync(join(folder, system), { recursive: true });
    for (const one of readdirSync(join(fixtures, system))) {
      if (one.startsWith(`${name}.`) || (name === "sink-posthog" && one.startsWith("accept-usage-rollup-mcp.")))
        cpSync(join(fixtures, system, one), join(folder, system, one));
    }
    const path = join(folder, system, file);
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8")) as never)));
    expect((await runFolder(folder)).some(({ failure }) => failure !== undefined)).toBe(true);
  });

  it("every kind of table is among them", () => {
    const covered = new Set(wrong.map(([, file]) => file));
    expect(Object.keys(tables).filter((table) => !covered.has(table))).toEqual([]);
  });
});

describe("what can't be run is a failure", () => {
  const put = (name: string, files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(scratch, name, path, ".."), { recursive: true });
      writeFileSync(join(scratch, name, path), text);
    }
    return join(scratch, name);
  };
  mkdirSync(join(scratch, "empty/codegraph"), { recursive: true });

  it.each([
    ["no such folder", join(scratch, "nowhere"), undefined],
    ["an empty folder", join(scratch, "empty"), undefined],
    ["an unknown system", fixtures, "windows"],
    ["a folder of another product", put("other", { "windows/consent.json": "[]" }), undefined],
    ["a table that is no JSON", put("broken", { "codegraph/consent.json": "{" }), undefined],
    ["an empty table", put("hollow", { "codegraph/consent.json": "[]" }), undefined],
    ["a table of an unknown kind", put("unknown", { "codegraph/weather.json": "{}" }), undefined],
    [
      "words that are no endpoint",
      put("moon", { "docglow/debug.json": '{"cases":[{"env":{},"endpoint":"is the moon","lines":[]}]}' }),
      undefined,
    ],
    [
      "a property that no identifier has",
      put("odd", { "jina/identifiers.json": '{"cases":[{"name":"x","expect":{"uid_is_blue":true}}]}' }),
      undefined,
    ],
    [
      "a case that expects nothing",
      put("silent", { "codegraph/accept-x.json": "{}", "codegraph/accept-x.expect.json": '{"expect":{}}' }),
      undefined,
    ],
    [
      "a behaviour without a name",
      put("nameless", { "codegraph/behaviour.json": '{"cases":[{"do":["x"],"expect":{}}]}' }),
      undefined,
    ],
    ["an expectation without a body", put("bodiless", { "codegraph/accept-x.expect.json": "{}" }), undefined],
  ])("%s", async (_, folder, only) => {
    const outcomes = await runFolder(folder, only);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.every(({ failure }) => failure !== undefined)).toBe(true);
  });

  it("the command says so, counts, and exits with 1", () => {
    const run = (...words: string[]) =>
      spawnSync(process.execPath, ["--import", "tsx", join(import.meta.dirname, "main.ts"), ...words], {
        encoding: "utf8",
      });
    const good = run(fixtures, "--system", "cozystack");
    expect({ status: good.status, last: good.stdout.trim().split("\n").at(-1) }).toEqual({
      status: 0,
      last: expect.stringMatching(/^\d+ passed, 0 failed$/),
    });
    expect(run(join(scratch, "nowhere")).status).toBe(1);
    expect(run().status).toBe(1);
    expect(run(fixtures, "--sistem", "jina").status).toBe(1);
  });
});
