import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plainsight } from "../cli/project.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { codegraph, program, queued, run, temporary } from "./program.js";

/** Programs of contracts that none of the five has: one that is read once, with rollups of what no caller gives, and a small queue. */
const folder = temporaryFolder("unlike");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const spec = "spec/systems/queue/events.yaml";
  cpSync(join(import.meta.dirname, "../targets/unusual", spec), join(folder, spec));
  const text = readFileSync(join(folder, spec), "utf8");
  mkdirSync(join(folder, "spec/systems/tiny"));
  const tiny = text
    .replace("product: queue", "product: tiny")
    .replace("1MiB, when_full: drop-newest", "2KiB, when_full: drop-oldest")
    .replaceAll("~/.queue", "~/.tiny");
  writeFileSync(join(folder, "spec/systems/tiny/events.yaml"), tiny);
  mkdirSync(join(folder, "spec/systems/near"));
  const near = text.replace("product: queue", "product: near").replaceAll("~/.queue/", "C:/");
  writeFileSync(join(folder, "spec/systems/near/events.yaml"), near);
  expect(plainsight(folder, ["gen"])).toMatchObject({ code: 0 });
});

interface Line {
  readonly event: string;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly by?: Readonly<Record<string, unknown>>;
  readonly sums?: Readonly<Record<string, number>>;
}

/** Runs a program of such a contract, and reads what it left in the queue. */
async function left(
  source: string,
  env: Readonly<Record<string, string>> = { QUEUE_TELEMETRY: "1" },
  product = "queue",
): Promise<{ code: number | null; signal: string | null; stderr: string; lines: readonly Line[] }> {
  const client = join(folder, "generated/systems", product, "client/telemetry.js");
  const file = await program(`import * as telemetry from ${JSON.stringify(client)}; ${source}`);
  const home = temporary();
  const { code, signal, stderr } = await run(file, { home, env });
  const kept = join(home, `.${product}`);
  const names =
    readdirSync(home).length === 0 ? [] : readdirSync(kept).filter((name) => name.startsWith("queue.jsonl"));
  const texts = names.flatMap((name) => readFileSync(join(kept, name), "utf8").split("\n"));
  const lines = texts.filter((text) => text !== "").map((text) => JSON.parse(text) as Line);
  return { code, signal, stderr, lines };
}

const setup = `telemetry.setup({ channel: "beta", version: "1.2.3" });`;
const seen = `telemetry.seen({ note: "hello" });`;

it("a rollup has what no caller gives: of setup, the environment, the package and Node", async () => {
  const { lines } = await left(`${setup} telemetry.countUses("abc", "good", false, undefined, { bytes: 10 });`, {
    QUEUE_TELEMETRY: "1",
    CI: "2",
  });
  const node = Number.parseInt(process.versions.node, 10);
  expect(lines).toMatchObject([
    {
      by: { tool: "abc", outcome: "good", channel: "beta", ci: true, release: "1.2.3", node },
      sums: { count: 1, failed: 1, bytes: 10 },
    },
  ]);
});

it("past the last row, what has a closed set of values is kept apart, and what can't be called other is left out", async () => {
  const { lines } = await left(`${setup}
    const name = (at) => [...String(at)].map((digit) => "abcdefghij"[digit]).join("");
    for (let at = 1; at <= 600; at++) telemetry.countUses(name(at), at % 3 ? "good" : "bad", true, "1.2." + at);`);
  const others = lines.filter(({ by }) => by?.["tool"] === "other");
  const ofOutcome = others.map(({ by, sums }) => [by?.["outcome"], sums?.["count"], by?.["extra"], by?.["release"]]);
  expect(ofOutcome.sort()).toEqual([
    ["bad", 30, undefined, "1.2.3"],
    ["good", 59, undefined, "1.2.3"],
  ]);
  expect(lines.reduce((sum, { sums }) => sum + (sums?.["count"] ?? 0), 0)).toBe(600);
});

const yes = `config: () => ({ telemetry: { enabled: true } })`;
it.each([
  ["a reader that setup gives is asked", `telemetry.setup({ channel: "beta", host: { ${yes} } }); ${seen}`, {}, 1],
  [
    "a logger is no other world: a variable that is set later has no effect",
    `process.env.QUEUE_TELEMETRY = "1"; telemetry.setup({ channel: "beta", host: { log() {} } }); ${seen}`,
    {},
    0,
  ],
  [
    "a second setup brings no other world",
    `telemetry.setup({ channel: "beta", host: { env: process.env } }); ${seen}
     process.env.QUEUE_TELEMETRY = "1"; telemetry.setup({ channel: "beta" }); ${seen}`,
    {},
    0,
  ],
])("consent that is read once: %s", async (_, source, env, events) => {
  expect((await left(source, env)).lines).toHaveLength(events);
});

it("a clock that fails once leaves no count behind", async () => {
  const { lines, signal } = await left(`let calls = 0;
    telemetry.setup({ channel: "beta", version: "1.2.3", host: { now() { if (calls++ < 2) throw new Error("no"); return Date.now(); } } });
    telemetry.countUses("abc", "good", true);
    setTimeout(() => telemetry.countUses("abc", "good", true), 20);
    const { readdirSync, statSync } = await import("node:fs");
    const kept = process.env.HOME + "/.queue/";
    setInterval(() => {
      // As soon as something is kept.
      if (readdirSync(kept).some((name) => statSync(kept + name).size > 0)) process.kill(process.pid, "SIGKILL");
    }, 5);
    process.on("uncaughtException", () => {});`);
  expect([signal, lines.map(({ sums }) => sums?.["count"])]).toEqual(["SIGKILL", [2]]);
});

it("a queue of a few bytes doesn't keep a program from its end", async () => {
  const { code, lines } = await left(
    `${setup} for (let at = 0; at < 5; at++) ${seen}`,
    { QUEUE_TELEMETRY: "1" },
    "tiny",
  );
  expect([code, lines.length > 0]).toEqual([0, true]);
});

it("the longest interval that a contract may name is no storm", async () => {
  const { stderr } = await left(`${setup} telemetry.flushEvery(); setTimeout(() => {}, 20);`);
  expect(stderr).toBe("");
});

it("a folder in the place of one of its files doesn't keep a full queue from being written", async () => {
  const home = temporary();
  const file = await program(`${codegraph} install();`);
  const place = (name: string) => join(home, ".codegraph", `telemetry-queue.jsonl.${name}`);
  mkdirSync(place("seal-1-folder"), { recursive: true });
  utimesSync(place("seal-1-folder"), 1, 1);
  writeFileSync(place("seal-2-full"), `${"x".repeat(196_000)}\n`);
  await run(file, { home, env: { CODEGRAPH_TELEMETRY: "1" } });
  rmSync(place("seal-1-folder"), { recursive: true });
  expect(queued(home).filter((line) => line.includes('"install"'))).toHaveLength(1);
});

it("a process that doesn't know where its program lies loads the client", async () => {
  const { code, lines } = await left(`${setup} ${seen}`);
  expect([code, lines.length]).toEqual([0, 1]);
  const client = join(folder, "generated/systems/queue/client/telemetry.js");
  const inner = await program(`import * as telemetry from ${JSON.stringify(client)}; ${setup} console.log("loaded");`);
  const file = await program(`process.execPath = "node"; await import(String(${JSON.stringify(`file://${inner}`)}));`);
  expect(await run(file, { home: temporary() })).toMatchObject({ code: 0, stdout: "loaded\n" });
});

it("a path of another platform's is nowhere: a working directory gives no yes and gets no queue", async () => {
  const client = join(folder, "generated/systems/near/client/telemetry.js");
  const file = await program(`import * as telemetry from ${JSON.stringify(client)};
    telemetry.setup({ channel: "beta", host: { config: () => undefined } }); ${seen}`);
  for (const env of [{}, { QUEUE_TELEMETRY: "1" }]) {
    const cwd = temporary();
    mkdirSync(join(cwd, "C:"));
    writeFileSync(join(cwd, "C:", "telemetry.json"), JSON.stringify({ answer: "yes", consent_epoch: 2 }));
    expect(await run(file, { home: temporary(), cwd, env })).toMatchObject({ code: 0 });
    expect(readdirSync(cwd, { recursive: true })).toEqual(["C:", "C:/telemetry.json"]);
  }
});

it.each(["SIGTERM", "SIGINT"])(
  "a %s that comes while the turn after a record is a long one ends the program",
  async (name) => {
    const { code, signal } = await left(`${setup}
    import { stat } from "node:fs";
    import { spawn } from "node:child_process";
    const busy = (time) => { for (const end = Date.now() + time; Date.now() < end; ); };
    setTimeout(() => {}, 3000);
    setTimeout(() => stat("/", () => {
      ${seen}
      stat("/", () => {
        spawn("/bin/sh", ["-c", "sleep 0.1; kill -s ${name.slice(3)} " + process.pid]);
        busy(400);
      });
      busy(5);
    }), 50);`);
    expect([code, signal]).toEqual([null, name]);
  },
);
