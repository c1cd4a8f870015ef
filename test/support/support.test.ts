import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isThere } from "./real-part.js";
import { until } from "./wait.js";

const top = join(import.meta.dirname, "../..");
const files = readdirSync(join(top, "test"), { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts") && !/^(support|vectors\/runners)\//.test(name));

/** Checks that tests use the helpers for what they would otherwise do in their own way. */
describe("tests use the helpers", () => {
  it.each([
    ["temporaryFolder, which cleans up", /\btmpdir\(/],
    [
      "hasRealPart, which fails in CI where a part is missing",
      /\bskipIf\((?!isMissing)|\brunIf\((?!hasRealPart|isThere|pty\b|process\.platform)/,
    ],
    ["fc of support/property, which says what to paste", /from "fast-check"/],
  ])("%s", (_, own) => {
    const offenders = files.filter((name) => own.test(readFileSync(join(top, "test", name), "utf8")));
    expect(offenders).toEqual([]);
  });
});

describe("a real part that is missing", () => {
  const inCi = (ci: string | undefined) => {
    const before = process.env["CI"];
    if (ci === undefined) delete process.env["CI"];
    else process.env["CI"] = ci;
    try {
      return isThere("an unlikely thing", false);
    } finally {
      if (before === undefined) delete process.env["CI"];
      else process.env["CI"] = before;
    }
  };
  it("is left out, and said", () => expect(inCi(undefined)).toBe(false));
  it("is a failure in CI", () => expect(() => inCi("true")).toThrow("an unlikely thing is missing here"));
});

it("a machine without Python, Go and Rust leaves their tests out, and passes", { timeout: 120_000 }, () => {
  const { CI: _, PLAINSIGHT_PYTHONS: __, ...env } = process.env;
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(top, "node_modules/vitest/vitest.mjs"),
      "run",
      "--root",
      top,
      "test/python",
      "test/go/network",
      "test/vectors/rust",
    ],
    {
      cwd: top,
      encoding: "utf8",
      env: { ...env, PATH: "/nowhere", PLAINSIGHT_PYTHON_TOOLS: "/nowhere" },
    },
  );
  expect({ status, failed: stderr.split("\n").filter((line) => line.includes("FAIL")) }).toEqual({
    status: 0,
    failed: [],
  });
});

it("a wait that is in vain ends, and says for what", async () => {
  await expect(until("never", () => false, { every: 1, patience: 20 })).rejects.toThrow("in vain: never");
  expect(await until("now", () => "seen")).toBe("seen");
});

it("a property that finds something says what to paste", () => {
  const program = `import { fc } from ${JSON.stringify(join(top, "test/support/property.ts"))};
    fc.assert(fc.property(fc.string(), (text) => !text.includes("a")), { seed: 7 });`;
  const { stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
    cwd: top,
    encoding: "utf8",
  });
  expect(stderr).toContain('{ examples: [["a"]] }');
  expect(stderr).toMatch(/\{ seed: 7, path: "[\d:]+", endOnFailure: true \}/);
});
