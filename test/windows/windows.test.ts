import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { type Windows, windows, windowsIsHere } from "./wine.js";

const root = join(import.meta.dirname, "../..");
const tool = join(root, "dist/plainsight.mjs");

/**
 * The Windows build of Node under Wine. Wine's append isn't atomic as NTFS's is, so no test here has two programs append at once.
 */
describe.runIf(isThere("wine64 with a node.exe (in PLAINSIGHT_WINDOWS_NODE)", windowsIsHere))(
  "the tool and the client on Windows",
  () => {
    let folder: string;
    let project: string;
    let there: Windows;
    let server: Server;
    const bodies: string[] = [];

    /** CodeGraph's contract, which may be sent to this machine, with the line ends of a checkout there. */
    const contract = readFileSync(join(root, "spec/events.yaml"), "utf8").replace(
      "url: https://telemetry.getcodegraph.com/v1/events",
      "$&\n  override: { order: [{ env: CG_URL }], https_only: true, http_allowed_for: [127.0.0.1] }",
    );
    const program = `
    import * as telemetry from "./generated/client/telemetry.js";
    import { telemetryCommand } from "./generated/client/command.js";
    import { openSync, constants } from "node:fs";
    const [way, ...words] = process.argv.slice(2);
    const record = () => {
      telemetry.count("cli_command", "affected", true);
      telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" });
    };
    // Opened as other programs do it there: nobody else may open or rename it.
    const alone = (file) => openSync(file, constants.O_RDWR | 0x10000000);
    const ways = {
      end: record,
      exit: () => { record(); process.exit(7); },
      signal: () => { record(); setTimeout(() => process.kill(process.pid, "SIGTERM"), 200); },
      send: async () => { record(); await telemetry.flush(20_000); },
      flush: () => telemetry.flush(20_000),
      held: async () => { alone(words[0]); record(); await telemetry.flush(20_000); },
      open: async () => { openSync(words[0], "r"); await telemetry.flush(20_000); },
      command: async () => { process.exitCode = await telemetryCommand(words); },
    };
    await ways[way]();`;

    const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      there.run(project, ["main.mjs", ...args], {
        CG_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`,
        ...env,
      });
    /** Runs it, and holds that it ended well: or else a later line would be blamed. */
    const well = async (args: readonly string[]) =>
      expect([args[0], await run(args)]).toEqual([args[0], { code: 0, stdout: "", stderr: "" }]);
    const own = () => join(there.home, ".codegraph");
    const queue = () => join(own(), "telemetry-queue.jsonl");
    /** Returns a path as programs there write it, below the person's own folder. */
    const named = (file: string) => `C:${file.slice(file.indexOf("/users/")).replaceAll("/", "\\")}`;
    const waiting = () =>
      readdirSync(own())
        .filter((name) => name.startsWith("telemetry-queue.jsonl") && !name.includes(".spent-"))
        .flatMap((name) => readFileSync(join(own(), name), "utf8").split("\n"))
        .filter((line) => line !== "");
    const anew = () => {
      rmSync(own(), { recursive: true, force: true });
      mkdirSync(own());
      writeFileSync(join(own(), "telemetry.json"), '{"enabled":true,"first_run_notice_shown":true}');
      bodies.length = 0;
    };

    beforeAll(async () => {
      folder = temporaryFolder("windows");
      project = join(folder, "project with a space");
      mkdirSync(join(project, "spec"), { recursive: true });
      writeFileSync(join(project, "spec/events.yaml"), contract.replaceAll("\n", "\r\n"));
      writeFileSync(join(project, "package.json"), '{ "type": "module", "version": "1.2.3" }');
      writeFileSync(join(project, "main.mjs"), program);
      there = await windows(folder);
      server = createServer((request, response) => {
        let body = "";
        request.on("data", (data: Buffer) => (body += data));
        request.on("end", () => {
          bodies.push(body);
          response.writeHead(204).end();
        });
      }).listen(0, "127.0.0.1");
    }, 300_000);

    afterAll(() => {
      server?.close();
      there?.close();
    });

    it("gen writes what it writes elsewhere, byte for byte, and check agrees", async () => {
      expect(await there.run(project, [there.path(tool), "gen", "--language", "js"])).toMatchObject({
        code: 0,
        stderr: "",
      });
      expect(await there.run(project, [there.path(tool), "check", "--language", "js"])).toMatchObject({ code: 0 });
      const elsewhere = join(folder, "elsewhere");
      mkdirSync(join(elsewhere, "spec"), { recursive: true });
      writeFileSync(join(elsewhere, "spec/events.yaml"), contract.replaceAll("\n", "\r\n"));
      writeFileSync(join(elsewhere, "package.json"), readFileSync(join(project, "package.json")));
      spawnSync(process.execPath, [tool, "gen", "--language", "js"], { cwd: elsewhere });
      const files = (top: string) =>
        Object.fromEntries(
          readdirSync(join(top, "generated"), { recursive: true, withFileTypes: true })
            .filter((file) => file.isFile() && !file.parentPath.includes(".plainsight"))
            .map((file) => [
              join(file.parentPath, file.name).slice(top.length),
              readFileSync(join(file.parentPath, file.name), "latin1"),
            ]),
        );
      expect(Object.keys(files(project)).length).toBeGreaterThan(50);
      expect(files(project)).toEqual(files(elsewhere));
    }, 300_000);

    it("init begins a contract, and doesn't take the place of one", async () => {
      const empty = join(folder, "empty");
      mkdirSync(empty);
      const words = [
        "init",
        "--yes",
        "--product",
        "my-tool",
        "--url",
        "https://telemetry.example.org/v1",
        "--consent",
        "opt-in",
      ];
      expect(await there.run(empty, [there.path(tool), ...words])).toMatchObject({ code: 0 });
      const text = readFileSync(join(empty, "spec/events.yaml"), "utf8");
      expect(text).toContain("product: my-tool");
      expect(await there.run(empty, [there.path(tool), ...words])).not.toMatchObject({ code: 0 });
      expect(readFileSync(join(empty, "spec/events.yaml"), "utf8")).toBe(text);
    }, 300_000);

    it.each([
      ["end", 0],
      ["exit", 7],
      ["signal", 1],
    ])("what a program records is in the person's own folder when it ends: %s", async (way, code) => {
      anew();
      expect(await run([way])).toMatchObject({ code, stdout: "", stderr: "" });
      expect(waiting().map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
        "install",
        "usage_rollup",
      ]);
    });

    it("sends what it recorded, once, in two processes at once", async () => {
      anew();
      await run(["end"]);
      const ended = await Promise.all([run(["flush"]), run(["flush"])]);
      expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual([
        [0, ""],
        [0, ""],
      ]);
      expect(bodies.map((body) => (JSON.parse(body) as { os: string; events: object[] }).events.length)).toEqual([1]);
      expect(bodies[0]).toContain('"os":"win32"');
      // What was counted today waits for the end of the day.
      expect(waiting()).toHaveLength(1);
    });

    it("sends a queue that another process has open", async () => {
      anew();
      await well(["end"]);
      await well(["open", named(queue())]);
      expect(bodies).toHaveLength(1);
    });

    it("leaves alone what another program holds, without a word, and loses nothing that is there", async () => {
      anew();
      await well(["end"]);
      await well(["held", named(queue())]);
      expect(waiting().length).toBeGreaterThanOrEqual(2);
      bodies.length = 0;
      await well(["flush"]);
      expect(bodies.length).toBeGreaterThan(0);
    });

    it("gives back what a sender left that is gone", async () => {
      anew();
      await well(["end"]);
      renameSync(queue(), `${queue()}.claim-${Date.now() - 2 * 3_600_000}-1-1`);
      await well(["flush"]);
      expect(bodies).toHaveLength(1);
    });

    it("status, off, on, reset and show tell the truth", async () => {
      anew();
      const said = async (...words: string[]) => {
        const { code, stdout, stderr } = await run(["command", ...words]);
        expect([words, code, stderr]).toEqual([words, 0, ""]);
        return stdout;
      };
      await run(["end"]);
      expect(await said("show")).toContain('"event": "install"');
      const status = JSON.parse(await said("status", "--json")) as { enabled: boolean; files: { state: string } };
      expect(status).toMatchObject({ enabled: true });
      expect(status.files.state).toMatch(/^C:\\users\\[^/]+\\\.codegraph\\telemetry\.json$/);
      expect(await said("off")).toMatch(/Telemetry is off/);
      expect(JSON.parse(await said("status", "--json"))).toMatchObject({ enabled: false, decided_by: "stored" });
      expect(existsSync(queue())).toBe(false);
      await run(["send"]);
      expect([bodies, waiting()]).toEqual([[], []]);
      expect(await said("on")).toMatch(/Telemetry is on/);
      expect(await said("reset")).toMatch(/identifier/);
      await run(["send"]);
      expect(bodies).toHaveLength(1);
    });
  },
);
