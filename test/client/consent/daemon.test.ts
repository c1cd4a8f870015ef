import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temp-folder.js";

/** Returns the queue files and the log in a home. */
function traces(home: string): string[] {
  return readdirSync(join(home, ".codegraph")).filter((name) => name !== "telemetry.json");
}

test("off reaches a process that is already counting: what is queued goes, and nothing comes back, not even at its exit", async () => {
  const folder = temporaryFolder("daemon");
  const compile = (name: string, contents: string) =>
    build({
      stdin: { contents, resolveDir: process.cwd(), loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      outfile: join(folder, name),
      logLevel: "error",
    });
  await compile(
    "daemon.mjs",
    `import { count, setup } from "./generated/client/telemetry.js";
     setup({ version: "1.0.0" });
     const counting = setInterval(() => { count("cli_command", "index", true); process.stdout.write("."); }, 2);
     process.stdin.on("end", () => { count("cli_command", "index", true); clearInterval(counting); process.exit(0); }).resume();`,
  );
  await compile(
    "command.mjs",
    `import { telemetryCommand } from "./generated/client/command.js"; process.exitCode = await telemetryCommand(process.argv.slice(2));`,
  );
  const env = { HOME: temporaryFolder("home") };

  const daemon = spawn(process.execPath, [join(folder, "daemon.mjs")], { env, stdio: ["pipe", "pipe", "inherit"] });
  const counts = (more: number) =>
    new Promise<void>((resolve) => {
      let seen = 0;
      const look = (chunk: Buffer) => {
        seen += chunk.length;
        if (seen < more) return;
        daemon.stdout.off("data", look);
        resolve();
      };
      daemon.stdout.on("data", look);
    });
  await counts(20);
  expect(traces(env.HOME)).not.toEqual([]);

  const off = spawnSync(process.execPath, [join(folder, "command.mjs"), "off"], { env, encoding: "utf8" });
  expect([off.status, off.stderr]).toEqual([0, ""]);
  await counts(20);
  const ended = new Promise((resolve) => daemon.on("close", resolve));
  daemon.stdin.end();
  expect(await ended).toBe(0);
  expect(traces(env.HOME)).toEqual([]);
});
