import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Checks, Rules } from "../../templates/html/rules.js";
import type { Example, Host, WorkerContract } from "../../templates/worker/runtime/contract.js";
import type { Model } from "../model/model.js";
import { readRuntime } from "../output/read-runtime.js";
import { htmlTarget } from "../targets/html/html.js";
import { rulesOf } from "../targets/html/rules.js";
import { workerTarget } from "../targets/worker/worker.js";
import { printValidation } from "../validation/print-validation.js";

/** A contract, ready to receive: made anew, so that it is never older than the spec. */
export interface DevFiles {
  readonly contract: WorkerContract;
  /** The generated modules that `contract` was loaded from, by file name. */
  readonly modules: Readonly<Record<string, string>>;
  readonly pages: NonNullable<Host["pages"]>;
  readonly rules: Rules;
  readonly checks: Checks;
  /** telemetry.html. */
  readonly html: string;
  /** A request that is accepted. */
  readonly example: Example;
}

/** Imports a module, from where modules are imported. */
export type Load = (specifier: string) => Promise<unknown>;

/** @param templates the tool's own folder of them. */
export async function partsOf(model: Model, templates: string, load: Load): Promise<DevFiles> {
  const files = new Map(workerTarget.generate(model).map(({ path, text }) => [path.replace(/^worker\//, ""), text]));
  const modules = Object.fromEntries([...files].filter(([path]) => /^[^/]+\.js$/.test(path)));
  const embedded = readRuntime(join(templates, "html")).map(({ path, text }) => [path, text] as const);
  const [page] = htmlTarget.generate(model, Object.fromEntries(embedded));
  const { contract, checks, pages, example } = await loaded(modules, load);
  return {
    contract,
    checks,
    modules,
    pages,
    rules: rulesOf(model, printValidation(model).checks),
    html: page?.text ?? "",
    example,
  };
}

/** Modules import each other, so they have to lie somewhere; only until they are loaded. */
async function loaded(
  modules: Readonly<Record<string, string>>,
  load: Load,
): Promise<Pick<DevFiles, "contract" | "checks" | "pages" | "example">> {
  const folder = mkdtempSync(join(tmpdir(), "plainsight-dev-"));
  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
    const imported = (name: string) => load(pathToFileURL(join(folder, name)).href);
    const { contract } = (await imported("contract.js")) as { contract: WorkerContract };
    const { pages, example } = (await imported("pages.js")) as Pick<DevFiles, "pages" | "example">;
    return { contract, pages, example, checks: { ...((await imported("validators.js")) as Checks) } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The live page's own files. */
export function pageFiles(
  templates: string,
): Readonly<Record<"page.html" | "page.css" | "page.js" | "receive.js", string>> {
  const read = (name: string) => readFileSync(join(templates, "dev", name), "utf8");
  return {
    "page.html": read("page.html"),
    "page.css": read("page.css"),
    "page.js": read("page.js"),
    "receive.js": read("receive.js"),
  };
}
