import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readContract } from "../../../generator/spec/read-contract.js";
import { clientTarget } from "../../../generator/targets/typescript/typescript.js";
import { temporary } from "../program.js";

const root = join(import.meta.dirname, "../../..");

/** The client of a system's contract with one text in it changed: what its own contract has no room for. Gives its folder. */
export async function changedClient(
  system: string,
  ...changes: readonly (readonly [string, string])[]
): Promise<string> {
  const path = `spec/systems/${system}/events.yaml`;
  let yaml = readFileSync(join(root, path), "utf8");
  for (const [old, now] of changes) {
    if (!yaml.includes(old)) throw new Error(`${path} has no ${old}`);
    yaml = yaml.replace(old, () => now);
  }
  const { model, diagnostics } = readContract(yaml, path);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const folder = temporary();
  for (const { path: name, text } of await clientTarget.generate(model)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  cpSync(join(root, "templates/client/runtime"), join(folder, "client/runtime"), { recursive: true });
  return join(folder, "client");
}
