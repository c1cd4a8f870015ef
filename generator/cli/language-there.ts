import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../emit/javascript.js";
import { readText } from "../read-file.js";
import { readIfThere } from "./init-target.js";

/** Returns what the client in an output folder is written in, so that nobody has to state it twice; undefined where there is none. */
export function languageThere(out: string): Language | undefined {
  for (const folder of [out, ...systemsIn(out)]) {
    const client = join(folder, "client");
    if (existsSync(join(client, "telemetry.ts"))) return "ts";
    if (existsSync(join(client, "telemetry.js"))) return isCommonJs(client) ? "cjs" : "js";
  }
  return undefined;
}

/**
 * Returns what the client is written in, as `init` left it behind for whoever types `plainsight gen` by hand: in the package's scripts, or in the
 * workflow where there is no package. Undefined: nobody has said it.
 */
export function languageChosen(root: string): Language | undefined {
  for (const path of ["package.json", ".github/workflows/telemetry.yml"]) {
    const [, chosen] =
      /plainsight (?:gen|check)[^"\n]*? --language[ =](ts|js|cjs)\b/.exec(readIfThere(join(root, path)) ?? "") ?? [];
    if (chosen !== undefined) return chosen as Language;
  }
  return undefined;
}

function systemsIn(out: string): readonly string[] {
  try {
    return readdirSync(join(out, "systems")).map((name) => join(out, "systems", name));
  } catch {
    return [];
  }
}

function isCommonJs(client: string): boolean {
  try {
    return readText(join(client, "package.json")).includes('"commonjs"');
  } catch {
    return false;
  }
}
