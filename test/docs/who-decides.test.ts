import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diffFiles } from "../../generator/evolve/gather-diffs.js";
import { diffFormats } from "../../generator/evolve/report/index.js";
import { loadContract } from "../../generator/spec/load-contract.js";
import { docsTarget } from "../../generator/targets/docs/docs.js";
import type { Row } from "../contracts/consent-rows.js";
import { blocksOf } from "./blocks.js";

// What `docs.test.ts` can't run, because it lies in this repository: GitHub CLI's switch, and a document beside what ships.
const page = readFileSync("docs/who-decides.md", "utf8");
const quoted = blocksOf(page).filter(({ language }) => language === "");
const contract = "test/contracts/github-cli/spec/events.yaml";

describe("docs/who-decides.md", () => {
  it("quotes GitHub CLI's page as it is generated", () => {
    const { model } = loadContract(contract, "spec/events.yaml");
    const [generated] = docsTarget.generate(model as never) as readonly { readonly text: string }[];
    expect(generated?.text).toContain(quoted[0]?.text);
  });

  it("has each of its rows, which `npm run contracts` holds to the client", () => {
    const rows = readFileSync("test/contracts/github-cli/consent.jsonl", "utf8").trim().split("\n");
    const table = rows.map((row) => lineOf(JSON.parse(row) as Row)).join("");
    expect(page).toContain(`| --- | --- | --- | --- | --- |\n${table}\n`);
  });

  it("quotes the diff as it is printed", () => {
    const [command = "", ...lines] = (quoted[1]?.text ?? "").trimEnd().split("\n");
    const [from, to] = command.split(" ").filter((word) => word.endsWith(".yaml")) as [string, string];
    const [before, after] = [from, to].map((name) => ({ name, text: readFileSync(name, "utf8") }));
    if (before === undefined || after === undefined) throw new Error("no files");
    const told = diffFormats.text(diffFiles(before, after).diffs);
    for (const line of lines.filter((one) => one !== "…")) expect(told).toContain(line);
  });
});

function lineOf({ env = {}, config, context = {}, expect: expected }: Row): string {
  const cell = (value: unknown) =>
    value === undefined ? "" : `\`${String(value).trim() === value ? value : JSON.stringify(value)}\``;
  const cells = [cell(env["GH_TELEMETRY"]), cell(env["DO_NOT_TRACK"]), cell(config?.["telemetry"])];
  const outcome = expected === "print" ? "printed, not sent" : expected;
  return `| ${[...cells, Object.keys(context).length > 0 ? "yes" : "", outcome].join(" | ")} |\n`;
}
