import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temp-folder.js";

const top = join(import.meta.dirname, "../..");

interface Outcome {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The generated tests of all projects, in one run: project → what failed. */
export function runSuites(projects: readonly string[]): ReadonlyMap<string, readonly string[]> {
  if (projects.length === 0) return new Map();
  const folder = temporaryFolder("contract-suites");
  symlinkSync(join(top, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [at, project] of projects.entries()) {
    mkdirSync(join(folder, String(at)));
    cpSync(join(project, "generated"), join(folder, String(at), "generated"), { recursive: true });
  }
  const report = join(folder, "report.json");
  const tool = join(top, "node_modules/vitest/vitest.mjs");
  const args = [tool, "run", "--root", folder, "--reporter=json", `--outputFile=${report}`, "--maxWorkers=2"];
  const { stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: folder, NO_COLOR: "1" },
  });
  const found = new Map<string, string[]>();
  const { testResults } = readReport(report, stderr);
  for (const [at, project] of projects.entries()) {
    const own = testResults.filter(({ name }) => name.includes(`/${at}/generated/`));
    const failed = own.flatMap(({ message, assertionResults }) => [
      ...(assertionResults.length === 0 ? [`suite: ${message}`] : []),
      ...assertionResults.filter(({ status }) => status === "failed").map(({ fullName }) => `suite: ${fullName}`),
    ]);
    found.set(project, own.length === 0 ? ["suite: it did not run"] : failed);
  }
  return found;
}

function readReport(path: string, stderr: string): Outcome {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Outcome;
  } catch {
    throw new Error(`The generated tests could not be run: ${stderr}`);
  }
}
