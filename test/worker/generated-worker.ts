import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Model } from "../../generator/model/model.js";
import { workerTarget } from "../../generator/targets/worker/worker.js";
import type { Host, WorkerContract } from "../../templates/worker/runtime/contract.js";
import { temporaryFolder } from "../support/temp-folder.js";

const root = join(import.meta.dirname, "../..");

export { FIVE as systems, modelOf, modelOfSystem } from "../support/project.js";

/** A worker's files in a folder of their own, as a product would have them. */
export interface GeneratedWorker {
  readonly folder: string;
  readonly contract: WorkerContract;
  readonly pages: NonNullable<Host["pages"]>;
  readonly text: (file: string) => string;
  readonly remove: () => void;
}

export async function generateWorker(model: Model, { withRuntime = false } = {}): Promise<GeneratedWorker> {
  const folder = temporaryFolder("worker");
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const { path, text } of workerTarget.generate(model)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const part of withRuntime ? ["runtime", "node"] : [])
    cpSync(join(root, "templates/worker", part), join(folder, "worker", part), { recursive: true });
  const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(join(folder, "worker", name)).href);
  const { contract } = (await load("contract.js")) as Pick<GeneratedWorker, "contract">;
  const { pages } = (await load("pages.js")) as Pick<GeneratedWorker, "pages">;
  return {
    folder,
    contract,
    pages,
    text: (file) => readFileSync(join(folder, file), "utf8"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
