import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { github } from "../../generator/cli/report/github.js";
import { json } from "../../generator/cli/report/json.js";
import type { RunReport } from "../../generator/cli/report/report.js";
import { sarif } from "../../generator/cli/report/sarif.js";
import { summary } from "../../generator/cli/report/summary.js";
import { text } from "../../generator/cli/report/text.js";
import { plainsight, smallProject } from "./project.js";

const spec = "a: 1\r\nb: 100%, or: so\n";

const report: RunReport = {
  exitCode: 1,
  findings: [
    {
      code: "first",
      severity: "error",
      message: "50% is wrong:\r\nall, of it.",
      hint: "Say so.",
      span: { file: "spec/a,b:c/events.yaml", start: 9, end: 13 },
      related: [{ message: "Here too.", span: { file: "spec/a,b:c/events.yaml", start: 0, end: 1 } }],
    },
    { code: "second", severity: "warning", message: "No place." },
  ],
  sources: new Map([["spec/a,b:c/events.yaml", spec]]),
  changes: [
    { kind: "changed", path: "a b.ts", shownAs: "generated/a b.ts", text: "new\n", before: "old\n" },
    { kind: "missing", path: "c.ts", shownAs: "generated/c.ts", text: "c\n" },
    { kind: "surplus", path: "d.ts", shownAs: "generated/d.ts" },
  ],
  written: false,
  counts: { contracts: 2, events: 3, fields: 40, versions: 5, rules: 6, files: 12, unchanged: 10 },
  name: "check",
  mend: "plainsight gen",
  seconds: 0.5,
  color: false,
  columns: undefined,
  about: (code) => (code === "first" ? { title: "a first thing", why: "Because.", mend: "Mend it." } : undefined),
  version: "1.2.3",
};

test("github: one command per finding and file, with everything escaped that could end it", () => {
  expect(github(report).split("\n")).toEqual([
    "::error file=spec/a%2Cb%3Ac/events.yaml,line=2,col=4,endLine=2,endColumn=8,title=first::50%25 is wrong:%0D%0Aall, of it.%0ASay so.",
    "::warning title=second::No place.",
    "::error file=generated/a b.ts,line=1,col=1,endLine=1,endColumn=1,title=file-changed::generated/a b.ts is not what its contract says.%0ARun: plainsight gen",
    "::error file=generated/c.ts,line=1,col=1,endLine=1,endColumn=1,title=file-missing::generated/c.ts is missing.%0ARun: plainsight gen",
    "::error file=generated/d.ts,line=1,col=1,endLine=1,endColumn=1,title=file-surplus::generated/d.ts is no longer generated from anything.%0ARun: plainsight gen",
    "1 error, 1 warning; 2 contracts, 3 events, 40 fields, 5 versions, 6 rules, 12 files checked: 1 missing, 1 changed, 1 surplus",
    "",
  ]);
});

test("json: permanent keys, no clock", () => {
  expect(JSON.parse(json(report))).toEqual({
    format: 1,
    command: "check",
    exitCode: 1,
    findings: [
      {
        code: "first",
        severity: "error",
        message: "50% is wrong:\r\nall, of it.",
        hint: "Say so.",
        file: "spec/a,b:c/events.yaml",
        line: 2,
        column: 4,
        endLine: 2,
        endColumn: 8,
        related: [
          { message: "Here too.", file: "spec/a,b:c/events.yaml", line: 1, column: 1, endLine: 1, endColumn: 2 },
        ],
      },
      { code: "second", severity: "warning", message: "No place." },
    ],
    files: [
      { file: "generated/a b.ts", was: "changed" },
      { file: "generated/c.ts", was: "missing" },
      { file: "generated/d.ts", was: "surplus" },
    ],
    written: false,
    mend: "plainsight gen",
    counts: { contracts: 2, events: 3, fields: 40, versions: 5, rules: 6, files: 12, unchanged: 10 },
  });
  expect(json({ ...report, seconds: 9 })).toBe(json(report));
});

test("sarif: 2.1.0, one rule per code, every result with its rule and a place inside the project", () => {
  const log = JSON.parse(sarif(report)) as {
    version: string;
    runs: [
      {
        tool: { driver: { rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          message: { text: string };
          locations: unknown[];
        }[];
      },
    ];
  };
  expect(log.version).toBe("2.1.0");
  const [{ tool, results }] = log.runs;
  expect(tool.driver.rules.map(({ id }) => id)).toEqual([
    "file-changed",
    "file-missing",
    "file-surplus",
    "first",
    "second",
  ]);
  for (const { ruleId, ruleIndex, level } of results) {
    expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(["error", "warning"]).toContain(level);
  }
  expect(results[0]?.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: "spec/a%2Cb%3Ac/events.yaml" },
        region: { startLine: 2, startColumn: 4, endLine: 2, endColumn: 8 },
      },
    },
  ]);
  expect(results[1]?.locations).toEqual([]);
});

test("text: findings, then files with what differs, the one command, and the totals", () => {
  const lines = text(report).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      "~ generated/a b.ts  changed",
      "    -old",
      "    +new",
      "+ generated/c.ts  missing",
      "- generated/d.ts  surplus",
      "fix it with: plainsight gen",
    ]),
  );
  expect(lines.at(-2)).toBe(`${summary(report)} (0.50 s)`);
  expect(text(report)).not.toContain("\x1b");
  expect(text({ ...report, color: true })).toContain("\x1b[31merror\x1b[39m first");
});

test("text stays short however much differs", () => {
  const changes = Array.from({ length: 500 }, (_, index) => ({
    kind: "changed" as const,
    path: `${index}.ts`,
    shownAs: `generated/${index}.ts`,
    text: `new ${index}\n`,
    before: "old\n",
  }));
  const lines = text({ ...report, findings: [], changes }).split("\n");
  expect(lines).toContain("… and 460 more");
  expect(lines.length).toBeLessThan(90);
});

describe("at the command line", () => {
  test.each(["text", "json", "github", "sarif"])("--format %s is the same bytes every time", (format) => {
    const folder = smallProject();
    appendFileSync(join(folder, "spec/events.yaml"), "\nnonsense: 1\n");
    const once = plainsight(folder, ["check", "--format", format]);
    const again = plainsight(folder, ["check", "--format", format], { LANG: "cs_CZ.UTF-8", TZ: "Pacific/Kiritimati" });
    const timeless = (out: string) => out.replace(/\(\d+\.\d\d s\)/, "");
    expect(timeless(again.out)).toBe(timeless(once.out));
    expect(once.code).toBe(1);
    expect(once.err).toBe("");
    expect(once.out).toContain("nonsense");
    if (format === "json" || format === "sarif") JSON.parse(once.out);
  });

  test("paths are those of the person at the prompt", () => {
    const folder = smallProject();
    appendFileSync(join(folder, "spec/events.yaml"), "\nnonsense: 1\n");
    expect(plainsight(join(folder, "spec"), ["check", "--spec", "."]).out).toMatch(/^events\.yaml:\d+:1 error/m);
  });

  test("a warning is said each time and fails nothing, but where somebody is strict", () => {
    const folder = smallProject();
    const file = join(folder, "spec/events.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^(\s*)- \{ env: DO_NOT_TRACK.*\n/m, ""));
    const { code, out } = plainsight(folder, ["gen"]);
    expect(out).toMatch(/warning [a-z-]+ /);
    expect(out).toMatch(/1 warning; .* written/);
    expect(code).toBe(0);
    for (const [args, wanted] of [
      [["check"], 0],
      [["check", "--strict"], 1],
      [["gen", "--strict"], 1],
    ] as const)
      expect(plainsight(folder, args)).toMatchObject({
        code: wanted,
        out: expect.stringMatching(/1 warning; /) as string,
      });
    rmSync(join(folder, "generated"), { recursive: true });
    expect(plainsight(folder, ["check"])).toMatchObject({ code: 1 });
    expect(plainsight(folder, ["check"]).out).toMatch(/1 warning; .* missing/);
  });
});
