import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { binary, plainsight, smallProject, tree } from "./project.js";

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

/** A run that begins to write, killed a moment later. */
async function killedWhileWriting(folder: string, signal: NodeJS.Signals, after: number): Promise<void> {
  const child = spawn(process.execPath, [binary, ...run], { cwd: folder, stdio: "ignore" });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  while (child.exitCode === null && child.signalCode === null && !existsSync(join(folder, "generated/.plainsight")))
    await pause(1);
  await pause(after);
  child.kill(signal);
  await ended;
}

describe("a run that is killed while it writes", () => {
  test("leaves the old tree or the new one to the next run, whatever that is asked to do", async () => {
    const { folder, use, trees } = prepared();
    for (let round = 0; round < 8; round++) {
      use("two");
      await killedWhileWriting(folder, "SIGKILL", round * 3);
      // The next run can't generate anything: what it finds must be whole all the same.
      use("broken");
      expect(plainsight(folder, run).code).toBe(1);
      const found = tree(folder);
      const which = (["one", "two"] as const).find((name) => JSON.stringify(trees[name]) === JSON.stringify(found));
      expect(which, `round ${round}`).toBeDefined();
      expect(existsSync(join(folder, "generated/.plainsight"))).toBe(false);
      use("one");
      plainsight(folder, run);
      expect(tree(folder)).toEqual(trees.one);
    }
  });

  const canTrace = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;
  test.runIf(canTrace)("at each of its first steps", () => {
    const { folder, use, trees } = prepared();
    for (const step of [1, 2, 3, 5]) {
      use("two");
      const killed = spawnSync(
        "strace",
        [
          "-f",
          "-o",
          "/dev/null",
          "-e",
          "trace=rename",
          "-e",
          `inject=rename:signal=KILL:when=${step}`,
          process.execPath,
          binary,
          ...run,
        ],
        { cwd: folder },
      );
      expect(killed.signal ?? killed.status, `step ${step}`).not.toBe(0);
      use("broken");
      expect(plainsight(folder, run).code).toBe(1);
      expect([JSON.stringify(trees.one), JSON.stringify(trees.two)], `step ${step}`).toContain(
        JSON.stringify(tree(folder)),
      );
      use("one");
      plainsight(folder, run);
      expect(tree(folder)).toEqual(trees.one);
    }
  });

  test("by Ctrl-C ends with the old or the new tree at once", async () => {
    const { folder, use, trees } = prepared();
    for (const after of [0, 3, 9]) {
      use("two");
      await killedWhileWriting(folder, "SIGINT", after);
      expect([JSON.stringify(trees.one), JSON.stringify(trees.two)]).toContain(JSON.stringify(tree(folder)));
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
