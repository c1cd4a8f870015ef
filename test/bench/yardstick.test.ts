import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { contractOf } from "../../bench/generate/contract.js";
import { jsonSchema, openApi, protos } from "../../bench/generate/forms.js";
import { inTurns, median, spentBy } from "../../bench/measure.js";
import { questions } from "../../bench/questions.js";
import { round, table, verdict } from "../../bench/tell.js";
import { answer } from "../../bench/yardstick.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { temporaryFolder } from "../support/temp-folder.js";

const top = join(import.meta.dirname, "../..");
const folder = temporaryFolder("yardstick");
mkdirSync(join(folder, "fake"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bench = (name: string, source: string) => {
  writeFileSync(join(folder, `fake/${name}.ts`), source);
  return `fake/${name}.ts`;
};
const tell = `import { tell } from ${JSON.stringify(join(top, "bench/tell.ts"))};`;

describe("a verdict", () => {
  it.each([
    [{ claim: "c", value: 2, atMost: 2 }, "- reached: c: 2 (goal ≤ 2)"],
    [{ claim: "c", value: 2.01, atMost: 2 }, "- **missed**: c: 2.01 (goal ≤ 2)"],
    [{ claim: "c", value: 99, atLeast: 100 }, "- **missed**: c: 99 (goal ≥ 100)"],
    [{ claim: "c", value: Infinity, atMost: 1 }, "- **missed**: c: – (goal ≤ 1)"],
    [{ claim: "c", value: NaN, atMost: 1 }, "- not measured: c (goal ≤ 1)"],
  ])("%j", (goal, text) => expect(verdict(goal)).toBe(text));
});

it("a table is Markdown with figures that can be read", () => {
  expect(
    table(
      ["name", "ms"],
      [
        ["a", 1234.5],
        ["longer", 0.01234],
      ],
    ),
  ).toBe(["| name   |    ms |", "| ------ | ----: |", "| a      | 1,235 |", "| longer | 0.012 |"].join("\n"));
  expect([12.345, 1e9, NaN].map(round)).toEqual(["12.3", "1,000,000,000", "–"]);
  expect([median([3, 1, 2]), median([])]).toEqual([2, NaN]);
});

describe("contenders", () => {
  it("take turns, forwards and backwards", async () => {
    const order: string[] = [];
    const given = await inTurns({ a: () => order.push("a"), b: () => order.push("b") }, 3);
    expect(order.join("")).toBe("abbaab");
    expect(given).toEqual({ a: [1, 4, 5], b: [2, 3, 6] });
  });

  it("that can't run give nothing, and are not tried again; the project's own must run", async () => {
    let tried = 0;
    const broken = () => {
      tried++;
      throw new Error("not installed");
    };
    expect(await inTurns({ "some peer": broken, other: () => 1 }, 5)).toEqual({
      "some peer": [],
      other: [1, 1, 1, 1, 1],
    });
    expect(tried).toBe(1);
    await expect(inTurns({ "Plainsight, broken": broken }, 5)).rejects.toThrow("not installed");
  });

  it("that have used up their time are not started again", async () => {
    expect(await inTurns({ slow: () => 1, quick: () => 2 }, 4, 0)).toEqual({ slow: [], quick: [] });
    expect(await inTurns({ slow: () => wait(20), quick: () => 2 }, 4, 0.015)).toMatchObject({ slow: [20] });
  });
});

describe("a process", () => {
  it("is measured with what it started", async () => {
    const busy = "const end = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < end);";
    const spent = await spentBy(["bash", "-c", '"$0" -e "$1"; true', process.execPath, busy], folder);
    expect(spent.cpu).toBeGreaterThan(0.1);
    expect(spent.wall).toBeGreaterThan(0);
    if (process.platform === "linux") expect(spent.peak).toBeGreaterThan(10);
  });

  it("that fails says why, and one that doesn't end is ended", async () => {
    await expect(spentBy(["bash", "-c", "echo the reason >&2; exit 3"], folder)).rejects.toThrow("the reason");
    expect((await spentBy(["false"], folder, { mayFail: true })).cpu).toBeGreaterThanOrEqual(0);
    await expect(spentBy(["sleep", "1000"], folder, { limit: 0.2 })).rejects.toThrow("longer than 0.2 s");
  });
});

describe("the yardstick", () => {
  it("tells every table, and what could not be run, did not end or had no time", async () => {
    const stay = (pid: string) => `import { spawn } from "node:child_process"; import { writeFileSync } from "node:fs";
      writeFileSync(${JSON.stringify(join(folder, pid))}, String(spawn("sleep", ["1000"], { stdio: "ignore" }).pid));`;
    const good = bench(
      "good",
      `import { couldNotRun, tell } from ${JSON.stringify(join(top, "bench/tell.ts"))}; couldNotRun("peer", "it is\\nabsent");
       tell("A", ["", "ms"], [["own", 1], ["peer", NaN]], [{ claim: "quick", value: 1, atMost: 2 }]);`,
    );
    const failing = bench(
      "failing",
      `${tell} ${stay("left")} tell("B", ["x"], [["1"]]); throw new Error("on purpose");`,
    );
    const hanging = bench(
      "hanging",
      `${tell} ${stay("held")} tell("C", ["x"], [["2"]]); process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);`,
    );
    const first = await answer({ first: { seconds: 60, files: [good, failing] } }, folder);
    const second = await answer({ second: { seconds: 12, files: [hanging, hanging] } }, folder);
    expect([first.unfinished, second.unfinished]).toEqual([[failing], [hanging, hanging]]);
    expect(first.text).toBe(`## 1. First

### A

|      |  ms |
| ---- | --: |
| own  |   1 |
| peer |   – |

- could not be run here: peer (it is absent)
- reached: quick: 1 (goal ≤ 2)

### B

| x   |
| --- |
| 1   |

\`bench/${failing}\` did not come to its end here: what stands above of it is all there is.

`);
    expect(second.text).toBe(`## 1. Second

### C

| x   |
| --- |
| 2   |

\`bench/${hanging}\` did not come to its end here: what stands above of it is all there is.

\`bench/${hanging}\` did not come to its end here: what stands above of it is all there is.

`);
    // Whoever inherits it may take a moment to bury it.
    for (const pid of ["left", "held"])
      await vi.waitFor(() => expect(isThere(join(folder, pid)), pid).toBe(false), 60_000);
  });

  it("answers nine questions within ten minutes, from files that are there", () => {
    expect(Object.keys(questions)).toEqual([
      "recording",
      "presence",
      "leaving",
      "disk",
      "judging",
      "generating",
      "deciding",
      "languages",
      "receiving",
    ]);
    const all = Object.values(questions);
    expect(all.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThanOrEqual(580);
    for (const file of all.flatMap(({ files }) => files)) expect(existsSync(join(top, "bench", file)), file).toBe(true);
  });

  it("says which questions there are", () => {
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "bench/run.ts", "speed"], {
      cwd: top,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([
      2,
      'There is no question "speed". There are: recording, presence, leaving, disk, judging, generating, deciding, languages, receiving\n',
    ]);
  });
});

it("peers are given the events that we are given", () => {
  const { model } = readContract(contractOf(25), "spec/events.yaml");
  const names = Array.from({ length: 25 }, (_, index) => `event_${index}`);
  const fields = ["area", "attempts", "duration", "mode", "worked"];
  const schema = JSON.parse(jsonSchema(25)) as { properties: Record<string, { properties: object }> };
  const api = JSON.parse(openApi(25)) as { components: { schemas: Record<string, { properties: object }> } };
  const files = Object.values(protos(25)).join("");
  expect(model?.events.map(({ wireName }) => wireName).sort()).toEqual([...names].sort());
  for (const [index, name] of names.entries()) {
    expect(
      model?.events
        .find(({ wireName }) => wireName === name)
        ?.fields.map(({ wireName }) => wireName)
        .sort(),
    ).toEqual(fields);
    expect(Object.keys(schema.properties[name]?.properties ?? {}).sort()).toEqual(fields);
    expect(Object.keys(api.components.schemas[name]?.properties ?? {}).sort()).toEqual(fields);
    expect(
      files.match(new RegExp(`^message Event${index} {[^]*?^}`, "m"))?.[0].match(/^ {2}\w+ \w+ = \d;$/gm),
    ).toHaveLength(5);
  }
});

const wait = (milliseconds: number) =>
  new Promise<number>((resolve) => setTimeout(() => resolve(milliseconds), milliseconds));

/** Returns whether the process whose number stands in a file is still there. */
function isThere(file: string): boolean {
  if (!existsSync(file)) return true;
  const { status } = spawnSync("bash", ["-c", `kill -0 "$(cat "$0")"`, file], { stdio: "ignore" });
  return status === 0;
}
