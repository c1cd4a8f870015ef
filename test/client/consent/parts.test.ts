import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { partTable } from "../../../generator/language/consent/table.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { createClient, setupClient } from "../../../templates/client/runtime/client.js";
import { partDecision } from "../../../templates/client/runtime/consent/part.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { type Process, type Program, programOf } from "./program.js";

let program: Program;
const text = readFileSync(new URL("parts/events.yaml", import.meta.url), "utf8");

beforeAll(async () => {
  program = await programOf(text);
});

/** Everything that the program can record. */
function recordAll({ telemetry }: Process): void {
  telemetry["start"]?.();
  telemetry["run"]?.({ command: "build", failed: true } as never);
  telemetry["panic"]?.();
  telemetry["countBuild"]?.(true as never);
}

/** Returns what was sent: the events with their fields, and what went with them. */
function sent({ requests }: Process): readonly string[] {
  const bodies = requests.map(
    ({ body }) => JSON.parse(body) as { os?: string; events: { event: string; props: object }[] },
  );
  return bodies.flatMap(({ os, events }) => [
    ...(os === undefined ? [] : ["os"]),
    ...events.map(({ event, props }) => [event, ...Object.keys(props)].join(" ")),
  ]);
}

const level = (value: string) => ({ config: () => ({ level: value }) });

test("what belongs to parts is sent where they are on, and nothing else", async () => {
  const rows: readonly (readonly [object, object | undefined, readonly string[]])[] = [
    [{}, undefined, ["start", "run command", "build calls"]],
    [{}, { crash: true }, ["start", "run command", "panic", "build calls"]],
    [{ env: { TOOL_USAGE: "0" } }, { crash: true }, ["start"]],
    [{}, { usage: false, crash: true }, ["start"]],
    [{}, { enabled: false, crash: true }, []],
    [{ env: { DO_NOT_TRACK: "1" } }, { crash: true, usage: true }, []],
    [level("error"), undefined, ["start", "run command failed", "build calls"]],
    [level("all"), undefined, ["os", "start", "run command failed", "build calls"]],
    [level("crash"), undefined, ["start", "run command", "build calls"]],
    // What can't be told is a no, for the part that looks there alone.
    [{ config: () => ({ level: 7 }) }, undefined, ["start", "run command", "build calls"]],
    [{}, { crash: "yes" }, ["start", "run command", "build calls"]],
  ];
  for (const [host, stored, expected] of rows) {
    const one = await program.start(host);
    if (stored !== undefined) one.write(".tool/telemetry.json", stored);
    recordAll(one);
    await one.flush();
    expect({ host: JSON.stringify(host), stored, sent: sent(one).toSorted() }).toEqual({
      host: JSON.stringify(host),
      stored,
      sent: expected.toSorted(),
    });
  }
});

test("the generated client decides as the language says, in every row of each part's table", async () => {
  for (const part of program.model.consent.parts ?? []) {
    const rows = partTable(program.model.consent, part);
    expect(rows.filter(({ enabled }) => enabled).length).toBeGreaterThan(0);
    const { client: made } = await program.start();
    for (const row of rows) {
      const home = temporaryFolder("row");
      mkdirSync(join(home, ".tool"));
      if (row.stored !== null) writeFileSync(join(home, ".tool/telemetry.json"), JSON.stringify(row.stored));
      const client = createClient(made.contract, {});
      setupClient(client, { host: { env: row.env, home, config: (name) => row.config[name] } });
      const { enabled, decidedBy } = partDecision(client, part.name);
      expect({ part: part.name, row, enabled, decidedBy }).toEqual({
        part: part.name,
        row,
        enabled: row.enabled,
        decidedBy: row.decidedBy,
      });
    }
  }
});

test("a no for a part reaches what waits already", async () => {
  const one = await program.start();
  one.write(".tool/telemetry.json", { crash: true });
  recordAll(one);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(one.file(".tool/queue.jsonl")).toContain("panic");
  one.write(".tool/telemetry.json", { crash: false });
  await one.flush();
  expect(sent(one).toSorted()).toEqual(["build calls", "run command", "start"]);
});

describe("the command", () => {
  test("turns one part on and off, and says so", async () => {
    const one = await program.start();
    expect(await one.telemetryCommand(["on", "crash"])).toBe(0);
    expect(one.file(".tool/telemetry.json")).toEqual({ crash: true });
    expect(await one.telemetryCommand(["off", "usage"])).toBe(0);
    expect(await one.telemetryCommand(["on", "crash"])).toBe(0);
    expect(one.stdout).toEqual([
      "crash is on.",
      "usage is off. Everything queued was deleted.",
      "Your yes is kept, but crash stays off: usage is off.",
    ]);
    // Of one setting that several read, nobody can answer for one.
    expect(await one.telemetryCommand(["off", "error"])).toBe(2);
  });

  test("status tells each part, by the same resolver as the gate", async () => {
    const one = await program.start({ ...level("error"), env: { TOOL_USAGE: "0" } });
    expect(await one.telemetryCommand(["status"])).toBe(0);
    const lines = one.stdout.join("\n").split("\n");
    expect(lines.slice(0, 7)).toEqual([
      "enabled: yes",
      "decided_by: default",
      "parts:",
      "  all: off (config)",
      "  crash: off (part usage)",
      "  error: on (config)",
      "  usage: off (TOOL_USAGE)",
    ]);
    one.stdout.length = 0;
    await one.telemetryCommand(["status", "--json"]);
    expect(JSON.parse(one.stdout.join("\n"))).toMatchObject({
      parts: { crash: { enabled: false, decided_by: "part usage" }, error: { enabled: true, decided_by: "config" } },
    });
  });
});

test("a part's question is put where the part is not off anyway, and answers for it alone", async () => {
  const answer = (yes: boolean) => ({ prompt: async () => yes });
  const one = await program.start();
  expect(await one.telemetry["ask"]?.("first crash" as never, answer(true) as never)).toEqual({
    enabled: true,
    decidedBy: "stored",
  });
  expect(one.file(".tool/telemetry.json")).toEqual({ crash: true });
  const off = await program.start({ env: { TOOL_USAGE: "0" } });
  const asked: string[] = [];
  const prompt = async (question: string) => asked.push(question) > 0;
  expect(await off.telemetry["ask"]?.("first crash" as never, { prompt } as never)).toEqual({
    enabled: false,
    decidedBy: "part usage",
  });
  expect(asked).toEqual([]);
});

test("a program can see what holds for a part, and why", async () => {
  const { telemetry } = await program.start({ env: { TOOL_USAGE: "0" } });
  expect([telemetry["enabled"]?.(), telemetry["enabled"]?.("crash" as never)]).toEqual([true, false]);
  expect(telemetry["reason"]?.("crash" as never)).toBe("off: it needs usage, which is off");
  expect(telemetry["reason"]?.("usage" as never)).toBe("off: TOOL_USAGE says so");
});

test("the page has a table, a switch and a question for each part, and says what holds by default", () => {
  const page = docsTarget.generate(program.model).find(({ path }) => path.endsWith(".md"))?.text ?? "";
  expect(page).toContain("- **`crash`** (crash reports): off until you turn it on");
  expect(page).toContain("- **`usage`** (which commands are used): on");
  expect(page).toContain("tool telemetry off crash");
  expect(page).toContain("### The part `crash`");
  expect(page).toContain("or when `usage` is");
  expect(page).toContain("**Only where** the part `crash` is on.");
  expect(page).toContain("only where the part `error` is on");
});
