import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads `wrangler.jsonc`: JSON but for comments and commas behind the last. */
export function readSettings(folder: string): unknown {
  const text = readFileSync(join(folder, "wrangler.jsonc"), "utf8");
  return JSON.parse(text.replace(/^\/\/.*$/gm, "").replace(/,(?=\s*[}\]])/g, ""));
}
