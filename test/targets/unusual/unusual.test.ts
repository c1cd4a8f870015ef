import { spawnSync } from "node:child_process";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, plainsight } from "../../cli/project.js";

const top = join(import.meta.dirname, "../../..");

function run(folder: string, tool: string, ...args: readonly string[]) {
  const script = join(top, "node_modules", tool);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: "utf8",
    timeout: 240_000,
    env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  return { code: status, out: `${stdout}${stderr}` };
}

it("contracts with what none of the five has: generated, compiled, and whole by their own tests", () => {
  const folder = emptyFolder();
  cpSync(join(import.meta.dirname, "spec"), join(folder, "spec"), { recursive: true });
  symlinkSync(join(top, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(top, "tsconfig.json"), include: ["generated"], exclude: ["generated/**/worker"] }),
  );
  expect(plainsight(folder, ["gen"])).toMatchObject({ code: 0, err: "" });
  expect(plainsight(folder, ["check"])).toMatchObject({ code: 0 });
  expect(run(folder, "typescript/bin/tsc", "-p", "tsconfig.json")).toEqual({ code: 0, out: "" });
  const { code, out } = run(folder, "vitest/vitest.mjs", "run", "--root", folder);
  expect(out).toMatch(/Tests +[0-9]+ passed/);
  expect({ code, out }).toMatchObject({ code: 0 });
}, 300_000);
