import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenHomes } from "../client/broken-homes.js";
import { codegraph, files, keepState, program, queued, run, stateOf } from "../client/program.js";
import { wholeCrowd } from "../client/proof/whole-crowd.js";
import { inPython, writePython } from "../python/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { pythons } from "../vectors/pythons.js";
import { go, hasGo, inGo, writeGo } from "./client.js";

const folder = temporaryFolder("go-halves");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const programs = join(import.meta.dirname, "programs");

/** `PROOF_CROWD=200 npx vitest run test/go/halves.test.ts` for a larger one. */
const recorders = Number(process.env["PROOF_CROWD"] ?? 18);

describe.runIf(isThere("Go", hasGo()))("a product of several halves, in Node, Python and Go", () => {
  const [crowded, half] = [join(folder, "crowd"), join(folder, "half")];
  beforeAll(() => {
    const place = writeGo(inGo("codegraph"), folder);
    for (const [name, main] of [
      ["crowd", "Crowd"],
      ["half", "Installs"],
    ] as const) {
      copyFileSync(join(programs, `${name}.go`), join(place, `${name}.go`));
      mkdirSync(join(folder, "cmd", name), { recursive: true });
      writeFileSync(
        join(folder, "cmd", name, "main.go"),
        `package main\n\nimport "example.test/product/telemetry"\n\nfunc main() { telemetry.${main}() }\n`,
      );
    }
    for (const name of ["crowd", "half"]) expect(go(["build", "-o", name, `./cmd/${name}`], folder)).toBe("");
  }, 300_000);

  it("counts and sends one queue together, about half of them killed at random moments: what reached the disk arrives, once", {
    timeout: 600_000,
  }, async () => {
    const others: (readonly string[])[] = [[crowded]];
    const [python] = pythons();
    if (python !== undefined) {
      writePython(inPython("codegraph"), folder);
      others.push([python[1], join(import.meta.dirname, "../python/crowd_program.py"), join(folder, "python")]);
    }
    const { identifiers } = await wholeCrowd({
      recorders,
      rounds: 20,
      senders: 3,
      atOnce: Math.min(50, recorders),
      others,
    });
    expect(identifiers).toBe(1);
  });

  let homes = 0;
  const home = () => {
    const place = join(folder, `home-${homes++}`);
    mkdirSync(place);
    return place;
  };
  const inGoHalf = (args: readonly string[], place: string, env: Readonly<Record<string, string>> = {}) =>
    new Promise<string>((resolve) => {
      const child = spawn(half, args, {
        env: { HOME: place, NODE_MAJOR: String(Number.parseInt(process.versions.node, 10)), ...env },
        stdio: ["ignore", "pipe", "ignore"],
      });
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => (said += chunk));
      child.on("close", () => resolve(said));
    });

  it("fills one queue, which together stays below its one cap", { timeout: 120_000 }, async () => {
    const place = home();
    keepState(place, { enabled: true, first_run_notice_shown: true });
    const node = await program(`${codegraph}
      import { client } from "./generated/client/client.js";
      import { persist } from "./generated/client/runtime/queue.js";
      for (let at = 0; at < 1500; at++) { install(); persist(client); }`);
    await Promise.all([
      run(node, { home: place }),
      inGoHalf(["record", "1500"], place),
      run(node, { home: place }),
      inGoHalf(["record", "1500"], place),
    ]);
    const size = files(place)
      .filter((name) => name.startsWith("telemetry-queue"))
      .reduce((sum, name) => sum + statSync(join(place, ".codegraph", name)).size, 0);
    expect(size).toBeLessThanOrEqual(256 * 1024);
    expect(size).toBeGreaterThan(128 * 1024);
    for (const line of queued(place)) expect(JSON.parse(line)).toHaveProperty("event", "install");
  });

  it("keeps one state file: an answer that is given in one counts in all, and so does an identifier", {
    timeout: 120_000,
  }, async () => {
    const place = home();
    const node = await program(`${codegraph}
      import { telemetryCommand } from "./generated/client/command.js";
      await telemetryCommand(process.argv.slice(2));`);
    const inNode = async (word: string) => (await run(node, { home: place, args: [word] })).stdout;
    const here = (word: string) => inGoHalf(["command", word], place);
    expect(await inNode("on")).toBe("Telemetry is on.\n");
    const made = await program(`${codegraph} install(); await telemetry.flush(60_000);`);
    await run(made, { home: place });
    const { machine_id: id } = stateOf(place);
    expect(await here("status")).toContain(String(id));
    expect(await here("off")).toContain("Telemetry is off.");
    expect(await inNode("status")).toContain("enabled: no");
    await Promise.all([inNode("on"), here("on"), inNode("on"), here("on")]);
    expect([await inNode("status"), await here("status")]).toEqual([
      expect.stringContaining("enabled: yes"),
      expect.stringContaining("enabled: yes"),
    ]);
    // A yes after a no is somebody new, the same one to both.
    await inGoHalf(["send", "1"], place, { ENDPOINT: "http://127.0.0.1:9/" });
    const { machine_id: other } = stateOf(place);
    expect(other).not.toBe(id);
    expect(await here("show")).toBe(await inNode("show"));
    expect(await here("status")).toContain(String(other));
  });

  it("says the same where something can't be kept", { timeout: 120_000 }, async () => {
    const node = await program(`${codegraph}
      import { telemetryCommand } from "./generated/client/command.js";
      await telemetryCommand(process.argv.slice(2));`);
    for (const [name, damage] of Object.entries(brokenHomes)) {
      const place = home();
      damage(place);
      for (const args of [["status"], ["off"]]) {
        const inNode = (await run(node, { home: place, args })).stdout;
        expect([name, await inGoHalf(["command", ...args], place)]).toEqual([name, inNode]);
      }
    }
  });
});
