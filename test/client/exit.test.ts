import { beforeAll, describe, expect, it } from "vitest";
import { endpoint } from "./endpoint.js";
import { codegraph, program, queued, run, temporary } from "./program.js";

/** Ways in which a process ends right after it counted. What was counted reaches the disk, and the end stays what it was. */
const ways = {
  "process.exit() in the same tick": "process.exit(7)",
  "running out of work": "",
  "an exception that nobody catches": "throw new Error('of the program')",
  "a rejection that nobody handles": "Promise.reject(new Error('of the program'))",
  SIGTERM: "process.kill(process.pid, 'SIGTERM'); setTimeout(() => undefined, 5000)",
  SIGINT: "process.kill(process.pid, 'SIGINT'); setTimeout(() => undefined, 5000)",
  SIGHUP: "process.kill(process.pid, 'SIGHUP'); setTimeout(() => undefined, 5000)",
  "SIGTERM where the program ends itself":
    "process.on('SIGTERM', () => process.exit(3)); process.kill(process.pid, 'SIGTERM'); setTimeout(() => undefined, 5000)",
  "SIGKILL after the burst":
    "setImmediate(() => setImmediate(() => process.kill(process.pid, 'SIGKILL'))); setTimeout(() => undefined, 5000)",
} as const;

let file: string;
let bare: string;
beforeAll(async () => {
  const ends = `({ ${Object.entries(ways)
    .map(([name, code]) => `${JSON.stringify(name)}() { ${code} }`)
    .join(",\n")} })[process.argv[2]]();`;
  file = await program(`${codegraph} telemetry.count("cli_command", "affected", true); install(); ${ends}`);
  bare = await program(ends);
});

const lines = (home: string) =>
  queued(home)
    .map((line) => (JSON.parse(line) as { event: string }).event)
    .sort();

describe("what was counted survives", () => {
  it.each(Object.keys(ways))("%s", async (way) => {
    const home = temporary();
    const [with_, without] = await Promise.all([
      run(file, { home, args: [way] }),
      run(bare, { home: temporary(), args: [way] }),
    ]);
    expect([with_.code, with_.signal, with_.stdout]).toEqual([without.code, without.signal, without.stdout]);
    expect(lines(home)).toEqual(["install", "usage_rollup"]);
  });

  it("recorded by an exit handler, however late it was registered", async () => {
    const source = `${codegraph} if (process.argv[2] === "before") install();
      process.on("exit", () => { telemetry.count("cli_command", "affected", true); install(); });`;
    const file = await program(source);
    const [home, other] = [temporary(), temporary()];
    await Promise.all([run(file, { home }), run(file, { home: other, args: ["before"] })]);
    expect([lines(home), lines(other)]).toEqual([
      ["install", "usage_rollup"],
      ["install", "install", "usage_rollup"],
    ]);
  });

  it("recorded when nothing else is left to do: that gives the process nothing to do", async () => {
    const home = temporary();
    const source = `${codegraph} let left = 20;
      process.on("beforeExit", () => { if (left-- === 0) process.exit(9); telemetry.count("cli_command", "affected", true); });`;
    expect((await run(await program(source), { home })).code).toBe(0);
    expect(lines(home)).toEqual(["usage_rollup"]);
  });

  it("recorded by a timer of a process that then waits", async () => {
    const home = temporary();
    const source = `${codegraph} setTimeout(() => { install(); setTimeout(() => process.kill(process.pid, "SIGKILL"), 400); }, 20);`;
    expect((await run(await program(source), { home })).signal).toBe("SIGKILL");
    expect(lines(home)).toEqual(["install"]);
  });

  it("a worker thread, a cluster's child, and their parents", async () => {
    const home = temporary();
    const source = `${codegraph}
      import { isMainThread, Worker } from "node:worker_threads";
      import cluster from "node:cluster";
      import { fileURLToPath } from "node:url";
      telemetry.count("cli_command", isMainThread ? (cluster.isPrimary ? "parent" : "child") : "thread", true);
      if (isMainThread && cluster.isPrimary) {
        new Worker(fileURLToPath(import.meta.url));
        cluster.fork().on("message", () => undefined);
      } else if (isMainThread) setTimeout(() => process.disconnect(), 50);`;
    expect((await run(await program(source), { home })).code).toBe(0);
    const names = queued(home).map((line) => (JSON.parse(line) as { by: { name: string } }).by.name);
    expect(names.sort()).toEqual(["child", "parent", "thread"]);
  });

  it("a thread that is terminated right after its burst", async () => {
    const home = temporary();
    const source = `${codegraph}
      import { isMainThread, parentPort, Worker } from "node:worker_threads";
      import { fileURLToPath } from "node:url";
      if (isMainThread) { const worker = new Worker(fileURLToPath(import.meta.url)); worker.on("message", () => worker.terminate()); }
      else { telemetry.count("cli_command", "thread", true); setImmediate(() => setImmediate(() => parentPort.postMessage("done"))); setTimeout(() => undefined, 5000); }`;
    await run(await program(source), { home });
    expect(lines(home)).toEqual(["usage_rollup"]);
  });
});

describe("a signal belongs to the program", () => {
  const cleaning = `process.once("SIGTERM", () => setTimeout(() => { console.log("cleaned up"); process.exit(5); }, 50));`;
  /** As libraries do it: whoever finds only himself listening ends the process. */
  const polite = `const hear = () => {
      if (process.listenerCount("SIGTERM") > 1) return;
      process.removeListener("SIGTERM", hear);
      process.kill(process.pid, "SIGTERM");
    };
    process.on("SIGTERM", hear);`;
  const now = `process.kill(process.pid, "SIGTERM"); setTimeout(() => process.exit(9), 5000);`;
  const later = `setTimeout(() => process.kill(process.pid, "SIGTERM"), 50); setTimeout(() => process.exit(9), 5000);`;

  it.each([
    ["a clean-up that takes its time, in the burst", `${cleaning} install(); ${now}`, [5, null, "cleaned up\n"]],
    ["a clean-up that was registered after it", `install(); ${cleaning} ${now}`, [5, null, "cleaned up\n"]],
    ["a library that ends it where nobody else listens", `${polite} install(); ${now}`, [null, "SIGTERM", ""]],
    ["the same, long after the burst", `${polite} install(); ${later}`, [null, "SIGTERM", ""]],
    [
      "a computation, long after the burst",
      // On a busy machine the program alone may take longer than any time that was chosen.
      `install(); setInterval(() => { if (process.listenerCount("SIGTERM") === 0) { ${now} for (;;); } }, 50);`,
      [null, "SIGTERM", ""],
    ],
  ])("%s", async (_, source, ends) => {
    const home = temporary();
    const { code, signal, stdout } = await run(await program(`${codegraph} ${source}`), { home });
    expect([code, signal, stdout]).toEqual(ends);
    expect(lines(home)).toEqual(["install"]);
  });
});

describe("a program that waits", () => {
  it.each(["Infinity", "NaN", "-1", "1e12"])(
    "for a flush of %s milliseconds is told nothing about it",
    async (within) => {
      const to = await endpoint();
      const home = temporary();
      const file = await program(`${codegraph} install(); await telemetry.flush(${within}); console.log("after");`);
      const { code, stdout, stderr } = await run(file, { home, env: { ENDPOINT: to.url } });
      expect([code, stdout, stderr.includes("Warning")]).toEqual([0, "after\n", false]);
      expect(to.requests).toHaveLength(Number(within) > 0 ? 1 : 0);
      await to.close();
    },
  );

  it("sends in the background, once it has stayed for a while", async () => {
    const to = await endpoint();
    const source = `${codegraph} install(); telemetry.commandStart("index"); if (process.argv[2]) setTimeout(() => undefined, 3000);`;
    const file = await program(source);
    await run(file, { home: temporary(), env: { ENDPOINT: to.url } });
    expect(to.requests).toHaveLength(0);
    await run(file, { home: temporary(), env: { ENDPOINT: to.url }, args: ["stays"] });
    expect(to.requests).toHaveLength(1);
    await to.close();
  });
});

describe("a send on its way when the process ends", () => {
  it("is done with if it was handed over, and goes back if not", async () => {
    const slow = await endpoint("never");
    const source = `${codegraph}
      telemetry.setup({ host: { send: (request) => process.argv[2] === "over" ? send({ ...request, url: ENDPOINT }) : new Promise(() => undefined) } });
      install();
      telemetry.flush(60_000);
      setTimeout(() => process.exit(0), 3000);`;
    const file = await program(source);
    const left = await Promise.all(
      ["over", "never left"].map(async (what) => {
        const home = temporary();
        await run(file, { home, args: [what], env: { ENDPOINT: slow.url } });
        return lines(home);
      }),
    );
    expect(left).toEqual([[], ["install"]]);
    expect(slow.requests).toHaveLength(1);
    await slow.close();
  });

  it("what was not in the request that was handed over goes back", async () => {
    const slow = await endpoint("never");
    const file = await program(`${codegraph}
      telemetry.setup({ host: { send: (request) => send({ ...request, url: ENDPOINT }) } });
      for (let at = 0; at < 130; at++) install();
      telemetry.flush(60_000);
      setTimeout(() => process.exit(0), 3000);`);
    const home = temporary();
    await run(file, { home, env: { ENDPOINT: slow.url } });
    const sent = (JSON.parse(slow.requests[0]?.body ?? "{}") as { events?: unknown[] }).events?.length ?? 0;
    expect([slow.requests.length, sent > 0 && sent < 130, sent + lines(home).length]).toEqual([1, true, 130]);
    await slow.close();
  });

  it("off reaches a process that runs already, and nothing comes back at its exit", async () => {
    const to = await endpoint();
    const home = temporary();
    const source = `${codegraph}
      import { telemetryCommand } from "./generated/client/command.js";
      if (process.argv[2] === "off") await telemetryCommand(["off"]);
      else {
        install();
        await new Promise((resolve) => setTimeout(resolve, 30));
        console.log("recorded");
        await new Promise((resolve) => process.stdin.on("data", resolve));
        telemetry.count("cli_command", "affected", true);
        install();
        await telemetry.flush();
        process.exit(0);
      }`;
    const file = await program(source);
    const { spawn } = await import("node:child_process");
    const daemon = spawn(process.execPath, [file, "run"], {
      env: { HOME: home, ENDPOINT: to.url },
      stdio: ["pipe", "pipe", "inherit"],
    });
    await new Promise((resolve) => daemon.stdout.once("data", resolve));
    expect(lines(home)).toEqual(["install"]);
    expect((await run(file, { home, args: ["off"] })).code).toBe(0);
    expect(lines(home)).toEqual([]);
    daemon.stdin.write("go\n");
    await new Promise((resolve) => daemon.once("close", resolve));
    expect([lines(home), to.requests]).toEqual([[], []]);
    await to.close();
  });
});
