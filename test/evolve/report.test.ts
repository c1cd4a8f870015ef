import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { diffContracts } from "../../generator/evolve/diff.js";
import { diffFormats } from "../../generator/evolve/report/index.js";
import { modelOf, readCase } from "./read-case.js";

const { base, headText } = readCase("field-added");

/** Texts that an author could write into a contract to speak to GitHub, to a reader's terminal or as a part of the page. */
const hostile =
  "Needed.\\n::error file=x::owned\\r::set-output name=a::b %0A <script>alert(1)</script> | a | `x` [y](javascript:z) \\u001b[31m \\u202e";
const text = headText
  .replace("why: When a Node version can be dropped.", 'why: "ok"')
  .replace("why: Rough size.", `why: "${hostile}"`);
const diff = diffContracts(
  { label: "origin/main", contract: base },
  { label: "spec/events.yaml", contract: modelOf(text, "spec/e,v:e%nts.yaml"), source: "spec/e,v:e%nts.yaml", text },
  { refused: [{ code: "epoch-not-raised", message: "One change\n::error::more" }], raise: true },
);

describe("annotations", () => {
  const lines = diffFormats.github([diff]).trimEnd().split("\n");

  it("are one command each, whatever a text says", () => {
    expect(lines).toHaveLength(diff.findings.length + 2);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^::(?:error|warning|notice) [^\r\n]*::[^\r\n]+$/);
    expect(lines.at(-1)).toBe("COLLECTS MORE 2 · COLLECTS LESS 0 · SAME DATA 0 · DOCS 0");
  });

  it("escape as GitHub's own toolkit does: % first, then line ends; in properties also : and ,", () => {
    const added = lines.find((line) => line.includes("field-added")) ?? "";
    const [, properties = "", message = ""] = /^::warning (.*?)::(.*)$/.exec(added) ?? [];
    const read = Object.fromEntries(properties.split(",").map((pair) => pair.split("=") as [string, string]));
    const unescaped = (one = "") =>
      one
        .replaceAll("%2C", ",")
        .replaceAll("%3A", ":")
        .replaceAll("%0D", "\r")
        .replaceAll("%0A", "\n")
        .replaceAll("%25", "%");
    expect(unescaped(read["file"])).toBe("spec/e,v:e%nts.yaml");
    expect(unescaped(read["title"])).toBe("COLLECTS MORE: field-added");
    expect(Number(read["line"])).toBeGreaterThan(1);
    expect(unescaped(message)).toContain('"index" will also send node_major: a whole number from 18 to 26.');
    expect(lines.find((line) => line.includes("description-meaning"))).toContain(
      "%0A::error file=x::owned%0D::set-output name=a::b %250A",
    );
  });
});

describe("a comment on a pull request", () => {
  const markdown = diffFormats.markdown([diff]);

  it("begins with the totals and ends with nothing that a contract could have written", () => {
    expect(markdown).toMatch(/^## COLLECTS MORE 2 · COLLECTS LESS 0 · SAME DATA 0 · DOCS 0\n/);
    expect(markdown).toContain("```sh\nplainsight raise\n```");
    expect(markdown).not.toMatch(/(?<!\\)<script|(?<!\\)\]\(javascript/);
    for (const unseen of ["\u001b", "\u202e"]) expect(markdown).not.toContain(unseen);
    const cells = markdown
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((row) => row.replaceAll("\\|", "").split("|").length);
    expect(new Set(cells)).toEqual(new Set([4, 7]));
  });
});

describe("for machines", () => {
  it("json has every finding with its place", () => {
    const read = JSON.parse(diffFormats.json([diff])) as {
      summary: { more: number };
      contracts: { findings: { id: string; line: number }[] }[];
      mend: string;
    };
    expect(read.summary.more).toBe(2);
    expect(read.mend).toBe("plainsight raise");
    expect(read.contracts[0]?.findings.map(({ id, line }) => [id, line > 1])).toEqual([
      ["description-meaning", true],
      ["field-added", true],
    ]);
  });

  it("sarif has a rule and a place for each", () => {
    const { runs, version } = JSON.parse(diffFormats.sarif([diff])) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
        }[];
      }[];
    };
    expect(version).toBe("2.1.0");
    const told = new Set<string>();
    for (const result of runs[0]?.results ?? []) {
      expect(runs[0]?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.level).toBe(result.ruleId === "epoch-not-raised" ? "error" : "warning");
      told.add(result.ruleId);
      expect(result.locations[0]?.physicalLocation.artifactLocation.uri).toBe("spec/e%2Cv%3Ae%25nts.yaml");
    }
    expect([...told]).toEqual(expect.arrayContaining(["field-added", "epoch-not-raised"]));
  });

  it("the text has the summary first and the command that mends the numbers last", () => {
    const lines = diffFormats.text([diff]).trimEnd().split("\n");
    expect(lines[0]).toBe("COLLECTS MORE 2 · COLLECTS LESS 0 · SAME DATA 0 · DOCS 0");
    for (const unseen of ["\u001b", "\u202e", "\r"]) expect(lines.join("\n")).not.toContain(unseen);
    expect(lines.at(-1)).toBe("To fix the version numbers: plainsight raise");
  });
});

it.each([".github/workflows/telemetry.yml", "templates/init/telemetry.yml"])(
  "%s checks against the base, annotates, and writes the summary",
  (file) => {
    const workflow = parse(readFileSync(file, "utf8")) as {
      permissions: unknown;
      jobs: { contract: { env: unknown; steps: { run?: string; with?: Record<string, unknown>; if?: string }[] } };
    };
    const { steps, env } = workflow.jobs.contract;
    const runs = steps.flatMap(({ run }) => run ?? []);
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(env).toEqual({ BASE: `origin/\${{ github.base_ref }}` });
    expect(steps[0]?.with).toMatchObject({ "fetch-depth": 0 });
    expect(runs.some((run) => run.includes('check --base "$BASE" --format github'))).toBe(true);
    expect(
      runs.some(
        (run) =>
          run.includes('diff --base "$BASE" --format github') &&
          run.includes('--format markdown >> "$GITHUB_STEP_SUMMARY"'),
      ),
    ).toBe(true);
    // A branch's name is somebody else's text: it reaches the shell as a variable alone.
    expect(runs.join("\n")).not.toContain("${{");
  },
);
