import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../../support/temp-folder.js";

export interface GeneratedWorker {
  /** The folder that DEPLOY.md speaks of. */
  readonly folder: string;
  remove(): void;
}

/** A contract's worker as the command writes it. `change`: what is different in this test's copy of the contract. */
export async function writeWorker(
  spec = "spec/events.yaml",
  change: (yaml: string) => string = (yaml) => yaml,
): Promise<GeneratedWorker> {
  const top = temporaryFolder("worker");
  const copy = join(top, "spec/events.yaml");
  mkdirSync(dirname(copy));
  writeFileSync(copy, change(readFileSync(spec, "utf8")));
  const command = [join(process.cwd(), "dist/plainsight.mjs"), "gen", "--only", "worker"];
  await promisify(execFile)(process.execPath, command, { cwd: top });
  return { folder: join(top, "generated/worker"), remove: () => rmSync(top, { recursive: true, force: true }) };
}

/** The contract with another sink, and with what that one knows. */
export function withSink(yaml: string, sink: string): string {
  const keys: Readonly<Record<string, string>> = {
    http: "url: https://store.example.com/in, secret: KEY",
    "prometheus-import": "url: https://store.example.com/api/v1/import/prometheus",
    postgres: "secret: DATABASE",
  };
  const written = [`sink: ${sink}`, ...(keys[sink] === undefined ? [] : [keys[sink]])].join(", ");
  return yaml.replace(/forward_to:\n(?: {4,}.*\n)+/, `forward_to: { ${written} }\n`);
}
