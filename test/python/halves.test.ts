import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { brokenHomes } from "../client/broken-homes.js";
import { codegraph, files, keepState, program, queued, run, stateOf } from "../client/program.js";
import { wholeCrowd } from "../client/proof/whole-crowd.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { describeInPython, pythons } from "../vectors/pythons.js";
import { inPython, writePython } from "./client.js";
import { codegraphIn, runPython } from "./program.js";

const folder = temporaryFolder("python-halves");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `PROOF_CROWD=200 npx vitest run test/python/halves.test.ts` for a larger one. */
const recorders = Number(process.env["PROOF_CROWD"] ?? 16);
describeInPython(
  (_, python) => {
    writePython(inPython("codegraph"), folder);
    const other = [python, join(import.meta.dirname, "crowd_program.py"), join(folder, "python")];

    it("counts and sends one queue together, about half of them killed at random moments: what reached the disk arrives, once", {
      timeout: 600_000,
    }, async () => {
      const { identifiers } = await wholeCrowd({
        recorders,
        rounds: 20,
        senders: 4,
        atOnce: Math.min(50, recorders),
        others: [other],
      });
      expect(identifiers).toBe(1);
    });

    let homes = 0;
    const home = () => {
      const place = join(folder, `home-${homes++}`);
      mkdirSync(place);
      return place;
    };
    const inPythonHalf = (source: string, place: string) =>
      runPython(python, `${codegraphIn(folder)}${source}`, { home: place });

    it("fills one queue, which together stays below its one cap", { timeout: 120_000 }, async () => {
      const place = home();
      keepState(place, { enabled: true, first_run_notice_shown: true });
      const node = await program(`${codegraph}
        import { client } from "./generated/client/client.js";
        import { persist } from "./generated/client/runtime/queue.js";
        for (let at = 0; at < 1500; at++) { install(); persist(client); }`);
      const here = "for _ in range(1500): install()";
      await Promise.all([
        run(node, { home: place }),
        inPythonHalf(here, place),
        run(node, { home: place }),
        inPythonHalf(here, place),
      ]);
      const size = files(place)
        .filter((name) => name.startsWith("telemetry-queue"))
        .reduce((sum, name) => sum + statSync(join(place, ".codegraph", name)).size, 0);
      expect(size).toBeLessThanOrEqual(256 * 1024);
      expect(size).toBeGreaterThan(128 * 1024);
      for (const line of queued(place)) expect(JSON.parse(line)).toHaveProperty("event", "install");
    });

    it("keeps one state file: an answer that is given in one counts in all, and so does an identifier", async () => {
      const place = home();
      const node = await program(`${codegraph}
        import { telemetryCommand } from "./generated/client/command.js";
        await telemetryCommand(process.argv.slice(2));`);
      const inNode = async (word: string) => (await run(node, { home: place, args: [word] })).stdout;
      const here = async (word: string) =>
        (await inPythonHalf(`telemetry.telemetry_command(["${word}"])`, place)).stdout;
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
      await inPythonHalf("install()\ntelemetry.flush(20)", place);
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
          const { stdout, stderr } = await run(node, { home: place, args });
          const here = await inPythonHalf(`telemetry.telemetry_command(${JSON.stringify(args)})`, place);
          expect([name, here.stdout, here.stderr]).toEqual([name, stdout, stderr]);
        }
      }
    });
  },
  { title: "a product of two halves, in Node and in Python %s", found: pythons().slice(0, 1) },
);
