import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpoint } from "./endpoint.js";
import { codegraph, files, keepState, program, queued, queueOf, run, stateOf, temporary } from "./program.js";

/** The acceptance table's cases in words, each as real processes on a real disk with a real receiver. */
const table = JSON.parse(
  readFileSync(join(import.meta.dirname, "../conformance/fixtures/codegraph/behaviour.json"), "utf8"),
) as { cases: Case[] };
interface Case {
  readonly name: string;
  readonly given?: { readonly stored?: object | null; readonly env?: Record<string, string> };
  readonly expect: Record<string, unknown>;
}

/** Cases that `test/client/consent` runs: prompts and commands. */
const elsewhere = [
  "re-run does not ask again",
  "status says what decided",
  "headless paths never ask",
  "installer prompt",
];
const ran = new Set<string>(elsewhere);

/** The program reads what to do from its arguments, one after the other. */
let file: string;
beforeAll(async () => {
  file = await program(`${codegraph}
    const steps = {
      install,
      usage: () => telemetry.count("mcp_tool", "codegraph_explore", true),
      thousand: () => { for (let i = 0; i < 1000; i++) telemetry.count("mcp_tool", "codegraph_explore", true); },
      uninstall: () => telemetry.uninstall({ targets: ["claude"] }),
      index: () => telemetry.index({ languages: ["go"], fileCount: 5, durationSeconds: 1, sqliteBackend: "wasm" }),
      flush: () => telemetry.flush(),
      interval: () => telemetry.flushEvery(),
      exit: () => process.exit(0),
      tick: () => new Promise((resolve) => setTimeout(resolve, 60)),
    };
    for (const word of process.argv.slice(2)) {
      const [step, command] = word.split(":");
      if (step === "start") telemetry.commandStart(command);
      else if (step === "end") await telemetry.commandEnd(command);
      else await steps[step]();
    }`);
});

/** Runs a case of the table by its name, with its givens. */
function behaves(name: string, check: (given: Case, home: string) => Promise<void>): void {
  ran.add(name);
  it(name, async () => {
    const found = table.cases.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the table has no case "${name}"`);
    const home = temporary();
    keepState(home, found.given?.stored);
    await check(found, home);
  });
}

const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

async function receiver(answer?: Parameters<typeof endpoint>[0]) {
  const one = await endpoint(answer);
  closing.push(one.close);
  return one;
}

const recorded = (home: string, lines: readonly object[], suffix = "") => {
  mkdirSync(dirname(queueOf(home)), { recursive: true });
  writeFileSync(queueOf(home) + suffix, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
};
const waiting = { v: 1, event: "uninstall", ts: Date.UTC(2026, 5, 12, 8), props: { targets: ["claude"] } };

describe("codegraph", () => {
  behaves("off opens no socket", async ({ given }, home) => {
    const to = await receiver();
    const { stdout, stderr, code } = await run(file, {
      home,
      args: ["install", "usage", "flush", "exit"],
      env: { ...given?.env, ENDPOINT: to.url },
    });
    expect({ stdout, stderr, code, requests: to.requests.length, files: files(home) }).toEqual({
      stdout: "",
      stderr: "",
      code: 0,
      requests: 0,
      files: [],
    });
  });

  behaves("notice before first send, once", async ({ expect: { stderr_lines, stored_include } }, home) => {
    const to = await receiver();
    const { stdout, stderr } = await run(file, {
      home,
      args: ["install", "flush", "uninstall", "flush"],
      env: { ENDPOINT: to.url },
    });
    expect(stderr.trimEnd().split("\n")).toEqual(stderr_lines);
    expect(stdout).toBe("");
    expect(to.requests).toHaveLength(2);
    expect(stateOf(home)).toMatchObject(stored_include as object);
  });

  behaves("recording is silent", async (_, home) => {
    const to = await receiver();
    const { stdout, stderr } = await run(file, { home, args: ["usage", "exit"], env: { ENDPOINT: to.url } });
    expect([stdout, stderr, to.requests.length]).toEqual(["", "", 0]);
  });

  behaves("installer choice suppresses the notice", async (_, home) => {
    const to = await receiver();
    const { stderr } = await run(file, { home, args: ["install", "flush"], env: { ENDPOINT: to.url } });
    expect([stderr, to.requests.length]).toEqual(["", 1]);
  });

  behaves("deleting the state file resets the id", async ({ expect: { machine_id_not } }, home) => {
    const to = await receiver();
    rmSync(join(home, ".codegraph/telemetry.json"));
    await run(file, { home, args: ["install", "flush"], env: { ENDPOINT: to.url } });
    await run(file, { home, args: ["install", "flush"], env: { ENDPOINT: to.url } });
    const ids = to.requests.map(({ body }) => (JSON.parse(body) as { machine_id: string }).machine_id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).not.toBe(machine_id_not);
  });

  behaves("hung endpoint is cut off", async (_, home) => {
    const to = await receiver("never");
    const { code, stderr } = await run(file, {
      home,
      args: ["install", "flush"],
      env: { ENDPOINT: to.url, CODEGRAPH_TELEMETRY: "1" },
    });
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/error/i);
    expect(to.requests).toHaveLength(1);
  });

  behaves("4xx and 5xx are final", async (_, home) => {
    const to = await receiver(500);
    const { code } = await run(file, { home, args: ["install", "flush", "flush"], env: { ENDPOINT: to.url } });
    expect([code, to.requests.length, queued(home)]).toEqual([0, 1, []]);
  });

  behaves("corrupt queue", async (_, home) => {
    const to = await receiver();
    recorded(home, []);
    writeFileSync(queueOf(home), "NOT JSON{{{\n");
    const { code } = await run(file, { home, args: ["install", "flush"], env: { ENDPOINT: to.url } });
    expect([code, to.events().map(({ event }) => event), queued(home)]).toEqual([0, ["install"], []]);
  });

  behaves("two processes never send twice", async (_, home) => {
    const to = await receiver();
    recorded(home, [waiting]);
    await Promise.all(Array.from({ length: 5 }, () => run(file, { home, args: ["flush"], env: { ENDPOINT: to.url } })));
    expect(to.events()).toHaveLength(1);
  });

  const now = Date.parse("2026-06-12T12:00:00Z");
  const claimed = async (minutes: number, home: string) => {
    const to = await receiver();
    recorded(home, [waiting], `.claim-${now - minutes * 60_000}-1-1`);
    const before = new Date(now - minutes * 60_000);
    utimesSync(`${queueOf(home)}.claim-${before.getTime()}-1-1`, before, before);
    await run(file, { home, args: ["flush"], env: { ENDPOINT: to.url, NOW: new Date(now).toISOString() } });
    return to.events().length;
  };
  behaves("crashed claim returns after an hour", async (_, home) => expect(await claimed(61, home)).toBe(1));
  behaves("fresh claim is left alone", async (_, home) => {
    expect(await claimed(59, home)).toBe(0);
    expect(queued(home)).toHaveLength(1);
  });

  behaves("debug echoes the payload to stderr", async ({ given }, home) => {
    const to = await receiver();
    const { stdout, stderr } = await run(file, {
      home,
      args: ["install", "flush"],
      env: { ...given?.env, ENDPOINT: to.url },
    });
    expect(stderr).toContain(to.requests[0]?.body);
    expect(stdout).toBe("");
  });

  behaves("recording touches neither disk nor network", async (_, home) => {
    const to = await receiver();
    const { stdout } = await run(
      await program(
        `${codegraph}
      for (let i = 0; i < 1000; i++) telemetry.count("mcp_tool", "codegraph_explore", true);
      const { existsSync } = await import("node:fs");
      process.stdout.write(String(existsSync(process.env.HOME + "/.codegraph")));
    `
          .replace('const { existsSync } = await import("node:fs");', "")
          .replace("telemetry.setup", 'import { existsSync } from "node:fs"; telemetry.setup'),
      ),
      { home, env: { ENDPOINT: to.url } },
    );
    expect([stdout, to.requests.length]).toEqual(["false", 0]);
  });

  behaves("no runtime dependency is added", async () => {
    const bundled = readFileSync(file, "utf8");
    const imported = [...bundled.matchAll(/^import .* from "([^"]+)"|import\("([^"]+)"\)|require\("([^"]+)"\)/gm)].map(
      (match) => match[1] ?? match[2] ?? match[3],
    );
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !name?.startsWith("node:"))).toEqual([]);
  });

  behaves("only the one host", async (_, home) => {
    const { stdout } = await run(
      await program(`
      import * as telemetry from "./generated/client/telemetry.js";
      telemetry.setup({ host: { send: async ({ url }) => { console.log(new URL(url).host); return 204; } } });
      telemetry.install({ targets: [], scope: "local", kind: "fresh", sqliteBackend: "native" });
      telemetry.index({ languages: [], fileCount: 5, durationSeconds: 1, sqliteBackend: "wasm" });
      telemetry.count("cli_command", "affected", true);
      telemetry.uninstall({ targets: [] });
      await telemetry.flush();`),
      { home },
    );
    expect([...new Set(stdout.trim().split("\n"))]).toEqual(["telemetry.getcodegraph.com"]);
  });

  behaves("counts survive process.exit()", async (_, home) => {
    await run(file, { home, args: ["usage", "exit"] });
    expect(queued(home).map((line) => (JSON.parse(line) as { sums: object }).sums)).toEqual([
      { count: 1, error_count: 0 },
    ]);
  });

  behaves("sends at the start of long commands", async (_, home) => {
    for (const command of ["init", "index", "sync", "uninit", "upgrade"]) {
      const to = await receiver();
      recorded(home, [waiting]);
      await run(file, { home, args: [`start:${command}`, "tick", "tick", "tick"], env: { ENDPOINT: to.url } });
      expect([command, to.requests.length]).toEqual([command, 1]);
    }
  });

  behaves("does not send at the start of short commands", async (_, home) => {
    const to = await receiver();
    recorded(home, [waiting]);
    await run(file, { home, args: ["start:status", "tick", "end:status"], env: { ENDPOINT: to.url } });
    expect([to.requests.length, queued(home).length]).toEqual([0, 1]);
  });

  behaves("waits at the end of install, init, index, uninit", async (_, home) => {
    const to = await receiver("never");
    const commands = ["install", "init", "index", "uninit"];
    for (const command of commands) mkdirSync(join(home, command));
    const runs = await Promise.all(
      commands.map((command) =>
        run(file, { home: join(home, command), args: ["install", `end:${command}`], env: { ENDPOINT: to.url } }),
      ),
    );
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(to.requests).toHaveLength(4);
  });

  behaves("the interval does not keep the process alive", async (_, home) => {
    expect((await run(file, { home, args: ["interval", "usage"] })).code).toBe(0);
  });

  behaves("offline keeps a bounded file", async ({ expect: { queue_bytes_at_most } }, home) => {
    // A tenth of the table's runs, each some times as long: still much more than the cap.
    const source = `${codegraph}
      const filler = Array(11).fill("x".repeat(24));
      telemetry.setup({ host: { send: () => Promise.reject(new Error("refused")) } });
      for (let i = 0; i < 1000; i++) {
        telemetry.install({ targets: ["agent-" + i, ...filler], scope: "local", kind: "fresh", sqliteBackend: "native" });
        await telemetry.flush();
      }`;
    expect((await run(await program(source), { home })).code).toBe(0);
    const lines = queued(home).map((line) => JSON.parse(line) as { props: { targets: string[] } });
    const bytes = files(home)
      .filter((name) => name.includes("queue"))
      .reduce((sum, name) => sum + readFileSync(join(home, ".codegraph", name)).length, 0);
    expect(bytes).toBeLessThanOrEqual(queue_bytes_at_most as number);
    expect(lines.length).toBeGreaterThan(300);
    expect(lines.map(({ props }) => props.targets[0])).toContain("agent-999");
  });

  it("has a test for every case of the table", () => {
    expect(table.cases.map(({ name }) => name).filter((name) => !ran.has(name))).toEqual([]);
  });
});
