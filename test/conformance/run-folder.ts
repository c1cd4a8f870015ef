import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { failed, type Outcome } from "./outcome.js";
import { runPayload } from "./payload.js";
import { isSystem, systems } from "./systems.js";
import { tables } from "./tables.js";

/** Runs every system's cases in a folder, or those of one system. Never throws: what can't be run is a failure. */
export async function runFolder(folder: string, only?: string): Promise<readonly Outcome[]> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    return [failed(folder, "a folder of cases", "no such folder")];
  const found = systemFolders(folder).filter(([name]) => only === undefined || name === only);
  if (only !== undefined && !isSystem(only)) return [failed(only, `one of ${systems.join(", ")}`, "no such system")];
  if (found.length === 0)
    return [failed(folder, "a folder for each system", only ? `no cases of ${only}` : "no folders")];
  const outcomes: Outcome[] = [];
  for (const [name, path] of found) {
    if (!isSystem(name)) outcomes.push(failed(path, `one of ${systems.join(", ")}`, `no contract called ${name}`));
    else outcomes.push(...(await runSystem(name, path)));
  }
  return outcomes;
}

/** A folder of systems' folders; or, where it holds cases itself, one system's folder of that name. */
function systemFolders(folder: string): [string, string][] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry): [string, string] => [entry.name, join(folder, entry.name)]);
  if (folders.length > 0) return folders.sort();
  const name = basename(folder);
  return isSystem(name) && entries.length > 0 ? [[name, folder]] : [];
}

async function runSystem(system: string, folder: string): Promise<readonly Outcome[]> {
  const files = readdirSync(folder)
    .filter((name) => !name.startsWith(".") && !name.endsWith(".md"))
    .sort();
  if (files.length === 0) return [failed(`${system}`, "cases", "an empty folder")];
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const label = `${system}/${file}`;
    try {
      outcomes.push(...(await runFile(system, folder, file, files)));
    } catch (error) {
      outcomes.push(failed(label, "a run without a throw", String(error)));
    }
  }
  return outcomes;
}

async function runFile(
  system: string,
  folder: string,
  file: string,
  files: readonly string[],
): Promise<readonly Outcome[]> {
  const label = `${system}/${file}`;
  if (file.endsWith(".expect.json")) return runPayload(system, folder, file.slice(0, -".expect.json".length));
  const run = Object.hasOwn(tables, file) ? tables[file] : undefined;
  if (run) return run(readJson(join(folder, file)) as never, system, folder);
  const name = file.replace(/\.(json|txt)$/, "");
  if (files.includes(`${name}.expect.json`)) return [];
  return [
    failed(
      label,
      `a table (${Object.keys(tables).join(", ")}) or a body with ${name}.expect.json beside it`,
      "neither",
    ),
  ];
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
