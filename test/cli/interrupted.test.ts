import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";
import { binary, plainsight, smallProject, tree } from "./project.js";

const fault = join(import.meta.dirname, "fault.mjs");
const sameTree = (a: Record<string, string>, b: Record<string, string>) => JSON.stringify(a) === JSON.stringify(b);

/** Many files and little work: it is the writing that is tried here. */
const run = ["gen", "--only", "worker"];

/** Two contracts that differ in every generated file that names the product's title, and in the number of files. */
function versions(folder: string): { readonly use: (name: "one" | "two" | "broken") => void } {
  const one = readFileSync(join(folder, "spec/events.yaml"), "utf8");
  const two = one
    .replace(/^title:.*$/m, 'title: "Another title"')
    .replace(/^ {2}uninstall:$/m, "  removed:")
    .replace(/^(schema_version:).*$/m, "$1 1");
  const text = { one, two, broken: `${one}\nnonsense: true\n` };
  return { use: (name) => writeFileSync(join(folder, "spec/events.yaml"), text[name]) };
}

function prepared(): {
  folder: string;
  use: (name: "one" | "two" | "broken") => void;
  trees: Record<"one" | "two", Record<string, string>>;
} {
  const folder = smallProject();
  const { use } = versions(folder);
  const made = (name: "one" | "two") => {
    use(name);
    expect(plainsight(folder, run).out).toContain("written");
    return tree(folder);
  };
  const trees = { two: made("two"), one: made("one") };
  expect(trees.one).not.toEqual(trees.two);
  return { folder, use, trees };
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A run that gets a signal right before its change number `at` of this folder; what it changed until then is in the log. */
function signalled(folder: string, at: number, signal: NodeJS.Signals): Ended & { readonly log: readonly string[] } {
  const log = join(temporaryFolder("fault"), "log");
  const child = spawnSync(process.execPath, ["--import", pathToFileURL(fault).href, binary, ...run], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      FAULT_FOLDER: folder,
      FAULT_AT: String(at),
      FAULT_SIGNAL: signal,
      FAULT_LOG: log,
    },
  });
  expect(child.stderr).toBe("");
  return { code: child.status, signal: child.signal, log: readFileSync(log, "utf8").trim().split("\n") };
}

/** The moments at which a run is interrupted: its first and last steps, those at the journal, and some on the way. */
function moments(log: readonly string[]): readonly number[] {
  const total = log.length;
  const journal = log.flatMap((line, index) => (line.includes("journal") ? [index, index + 1, index + 2] : []));
  const onTheWay = Array.from({ length: 3 }, (_, part) => Math.round(((part + 1) * total) / 4));
  const all = [1, 2, ...onTheWay, ...journal, total - 1, total];
  return [...new Set(all)].filter((at) => at >= 1 && at <= total).sort((a, b) => a - b);
}

describe("a run that is interrupted while it writes", () => {
  test("by its death, at any of its steps: the next run leaves the old tree or the new one, and nothing else", {
    timeout: 300_000,
  }, () => {
    const { folder, use, trees } = prepared();
    use("two");
    const { log } = signalled(folder, 0, "SIGKILL");
    expect(log.filter((line) => line.startsWith("renameSync") && line.includes("journal"))).toHaveLength(1);
    use("one");
    plainsight(folder, run);
    const found = new Set<string>();
    for (const at of moments(log)) {
      use("two");
      expect(signalled(folder, at, "SIGKILL").signal, `step ${at}: the kill landed`).toBe("SIGKILL");
      // The next run can't generate anything: what it finds must be whole all the same.
      use("broken");
      expect(plainsight(folder, run).code).toBe(1);
      const which = (["one", "two"] as const).find((name) => sameTree(trees[name], tree(folder)));
      expect(which, `step ${at}: ${log[at - 1]}`).toBeDefined();
      found.add(which ?? "");
      expect(existsSync(join(folder, "generated/.plainsight")), `step ${at}: ${log[at - 1]}`).toBe(false);
      use("one");
      plainsight(folder, run);
      expect(tree(folder)).toEqual(trees.one);
    }
    expect([...found].sort()).toEqual(["one", "two"]);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("by %s: it ends with the old or the new tree at once", (signal) => {
    const { folder, use, trees } = prepared();
    use("two");
    const { log } = signalled(folder, 0, signal);
    use("one");
    plainsight(folder, run);
    for (const at of [1, 3, Math.round(log.length / 2), log.length]) {
      use("two");
      const ended = signalled(folder, at, signal);
      expect(ended.log.length, "the signal landed").toBeGreaterThanOrEqual(at);
      expect([0, signal === "SIGINT" ? 130 : 143]).toContain(ended.code);
      expect(["one", "two"].some((name) => sameTree(trees[name as "one" | "two"], tree(folder)))).toBe(true);
      expect(existsSync(join(folder, "generated/.plainsight"))).toBe(false);
      use("one");
      plainsight(folder, run);
    }
  });
});

test("runs at once leave the tree of one of them, and nothing of their own", async () => {
  const { folder, use, trees } = prepared();
  use("two");
  const codes = await Promise.all(
    Array.from(
      { length: 5 },
      () =>
        new Promise((done) =>
          spawn(process.execPath, [binary, ...run], { cwd: folder, stdio: "ignore" }).once("exit", done),
        ),
    ),
  );
  expect(codes).toEqual([0, 0, 0, 0, 0]);
  expect(tree(folder)).toEqual(trees.two);
  expect(existsSync(join(folder, "generated/.plainsight"))).toBe(false);
});
