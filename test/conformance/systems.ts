import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WorkerContract } from "../../templates/worker/runtime/contract.js";

/** The five contracts, by their products' names. */
export const systems = ["codegraph", "cocoindex", "cozystack", "docglow", "jina"] as const;

const root = join(import.meta.dirname, "../..");

export function isSystem(name: string): boolean {
  return (systems as readonly string[]).includes(name);
}

/** Returns the folder of a system's generated files. */
export function generatedFolder(system: string): string {
  return system === "codegraph" ? join(root, "generated") : join(root, "generated/systems", system);
}

export function pagePath(system: string): string {
  return system === "codegraph" ? join(root, "TELEMETRY.md") : join(generatedFolder(system), "TELEMETRY.md");
}

/** The contract that was generated from: for the names and units that a table of numbers needs. */
export { modelOfSystem as contractOf } from "../support/project.js";

/** A module of a system's generated output: the real one, as a product would import it. */
export function generated<Module>(system: string, path: string): Promise<Module> {
  return import(pathToFileURL(join(generatedFolder(system), path)).href) as Promise<Module>;
}

export async function workerContract(system: string): Promise<WorkerContract> {
  return (await generated<{ contract: WorkerContract }>(system, "worker/contract.js")).contract;
}
