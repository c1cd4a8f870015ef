import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { temporary } from "./program.js";

/** The product, installed in the project of somebody who starts it by the link that npm makes. */
describe.each(["cjs", "esm"] as const)("the version that is sent, from a bundle (%s)", (format) => {
  const project = temporary();
  const own = join(project, "node_modules/codegraph");
  beforeAll(async () => {
    mkdirSync(join(project, "node_modules/.bin"), { recursive: true });
    writeFileSync(join(project, "package.json"), '{ "name": "somebodys-own", "version": "42.0.0" }');
    const outfile = join(own, "dist", format === "cjs" ? "cli.cjs" : "cli.mjs");
    await build({
      stdin: {
        contents: `import * as telemetry from "./generated/client/telemetry.js";
          telemetry.setup({ host: { send: async ({ body }) => { console.log(JSON.parse(body).codegraph_version); return 204; } } });
          telemetry.uninstall({ targets: [] });
          telemetry.flush();`,
        resolveDir: join(import.meta.dirname, "../.."),
        loader: "ts",
      },
      outfile,
      format,
      bundle: true,
      platform: "node",
      logLevel: "silent",
    });
    symlinkSync(outfile, join(project, "node_modules/.bin/codegraph"));
  });
  const run = () =>
    spawnSync(process.execPath, [join(project, "node_modules/.bin/codegraph")], {
      env: { HOME: temporary() },
      encoding: "utf8",
    });

  it.each([
    ["its own package's", '{ "name": "codegraph", "version": "0.9.12" }', "0.9.12"],
    ["none where its package states none: nothing is sent", '{ "name": "codegraph" }', ""],
    ["none where it is in no package: nothing is sent", undefined, ""],
  ])("is %s, and never that of the project it is used in", (_, text, version) => {
    const path = join(own, "package.json");
    if (text === undefined) rmSync(path, { force: true });
    else writeFileSync(path, text);
    const { stdout, stderr } = run();
    expect(stdout.trim()).toBe(version);
    // Who is sent nothing about is told nothing either.
    expect(stderr.includes("codegraph collects")).toBe(version !== "");
  });
});
