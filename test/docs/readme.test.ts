import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { commands } from "../../generator/cli/commands/index.js";
import { emptyFolder, plainsight } from "../cli/project.js";
import { blocksOf } from "./blocks.js";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const blocks = blocksOf(readFileSync("README.md", "utf8"));
const lines = blocks.flatMap(({ text }) => text.split("\n"));

test("the contract that the README shows a part of says that", () => {
  const [shown] = blocks.filter(({ language }) => language === "yaml");
  expect(parse(readFileSync("spec/events.yaml", "utf8"))).toMatchObject(parse(shown?.text ?? "") as object);
});

test.each(["README.md", "CONTRIBUTING.md"])("every script that %s names is one", (name) => {
  const told = [...readFileSync(name, "utf8").matchAll(/npm (?:run )?([a-z:]+)\b(?= |`|\n)/g)].map(([, word]) => word);
  const npmsOwn = ["ci", "install", "pack", "run"];
  expect(told.length).toBeGreaterThan(5);
  expect(told.filter((word = "") => !Object.hasOwn(scripts, word) && !npmsOwn.includes(word))).toEqual([]);
});

test.each(["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])("every link of %s leads somewhere", (name) => {
  const links = [...readFileSync(name, "utf8").matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, link]) => link ?? "");
  expect(links.filter((link) => !existsSync(link))).toEqual([]);
});

test("the client is as many files as the comparison admits", () => {
  const files = readdirSync("generated/client", { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(readFileSync("docs/comparison.md", "utf8")).toContain("some thirty files");
  expect(Math.round(files.length / 10) * 10).toBe(30);
});

test("the README's list of commands is of commands and flags that there are, and leaves out none but completion", () => {
  const listed = lines.filter((line) => /^plainsight [a-z]/.test(line));
  const named = listed.flatMap((line) => /^plainsight ((?:[a-z]+(?:, )?)+)/.exec(line)?.[1]?.split(", ") ?? []);
  expect([...named, "completion"].sort()).toEqual(commands.map(({ name }) => name).sort());
  for (const line of listed) {
    const [, flag] = /\[(--[a-z]+)/.exec(line) ?? [];
    const [, name = ""] = line.split(/[ ,]+/);
    expect(plainsight(emptyFolder(), [name, "--help"]).out).toContain(flag ?? name);
  }
});

test("what the questions quote stands on the first screen of the page", () => {
  const [first = ""] = readFileSync("TELEMETRY.md", "utf8").split("\n## Why\n");
  const quoted = [...readFileSync("docs/faq.md", "utf8").matchAll(/^> (.*)$/gm)].map(([, text = ""]) => text);
  expect(quoted.length).toBe(5);
  expect(quoted.filter((text) => !first.includes(text))).toEqual([]);
});
