import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readContract } from "../../generator/spec/read-contract.js";
import { casesFolder } from "./read-case.js";

const spec = readFileSync(join(casesFolder, "promise-added/base.yaml"), "utf8");
const [warning] = readContract(spec, "events.yaml").diagnostics;
const reason = "Nothing is deleted one by one; everything goes after ninety days.";
const silenced = `${spec}\nsilence:\n  - { warning: ${warning?.code}, reason: "${reason}", until: "2026-12-31" }\n`;
const codes = (text: string, today?: string) =>
  readContract(text, "events.yaml", today).diagnostics.map(({ code }) => code);

it("an exception stands in the spec, with a reason and the day on which it ends", () => {
  expect(warning?.severity).toBe("warning");
  expect(codes(silenced)).toEqual([]);
  expect(codes(silenced, "2026-12-31")).toEqual([]);
  expect(codes(silenced, "2027-01-01")).toEqual([warning?.code, "silence-ended"]);
  expect(codes(silenced.replace(reason, "Because."))).toContain("out-of-range");
});

it.each(["version-not-raised", "epoch-not-raised", "frozen-edited", "silence-ended"])("nothing silences %s", (code) => {
  expect(codes(silenced.replace(`warning: ${warning?.code}`, `warning: ${code}`))).toEqual([
    warning?.code,
    "unknown-value",
  ]);
});
