import { dirname, join, resolve } from "node:path";
import type { Contract } from "../analyze.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { renderText } from "../diagnostics/render-text.js";
import { type ContractFiles, readFrozenFiles } from "../evolve/frozen-files.js";
import { fromHere } from "../output/places.js";
import { load } from "../spec/load.js";
import { toldOnce } from "../spec/told-once.js";
import type { Context } from "./context.js";
import { findingsSeenFrom } from "./report/as-seen-from.js";

/** The contracts of a project as they lie on the disk. */
export interface ProjectFiles {
  /** The folder that holds the spec folder. */
  readonly root: string;
  readonly files: readonly ContractFiles[];
}

/** The same, read and with their past. */
export interface Project extends ProjectFiles {
  readonly contracts: readonly Contract[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Finds them, or prints why that can't be and returns undefined: exit code 2. */
export async function readFiles(context: Context, spec: string): Promise<ProjectFiles | undefined> {
  const folder = resolve(context.cwd, spec);
  const { specs, findings } = await load(folder, fromHere(context.cwd, folder), context.analyze);
  if (findings.length > 0) {
    tell(context, dirname(folder), findings, new Map());
    return undefined;
  }
  const files = specs.map((file) => ({ spec: file, past: readFrozenFiles(file.path, file.source) }));
  return { root: dirname(folder), files };
}

/** Reads them, or prints why that can't be and returns undefined: exit code 2. */
export async function readContracts(context: Context, spec: string): Promise<Project | undefined> {
  const found = await readFiles(context, spec);
  if (found === undefined) return undefined;
  const { root, files } = found;
  const { readSpec } = await context.analyze();
  const contracts = files.map((one) => readSpec(one.spec, one.past));
  const sources = new Map(contracts.map(({ spec: file, text }) => [file.source, text]));
  const broken = toldOnce(contracts.filter(({ uncheckedModel }) => uncheckedModel === undefined));
  if (broken.length === 0) return { root, files, contracts, sources };
  tell(context, root, broken, sources);
  return undefined;
}

/**
 * Prints findings for a person.
 * @param root the folder by which contracts call themselves.
 */
export function tell(
  context: Context,
  root: string,
  findings: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
): void {
  const seen = findingsSeenFrom({ root, cwd: context.cwd }, { findings, sources });
  context.err(`${renderText(seen.findings, seen.sources, context.isTerminal ? context.width : undefined)}\n`);
}

/** A project's file as the person at the prompt would name it. */
export function shown(context: Context, { root }: Project, file: string): string {
  return fromHere(context.cwd, join(root, file));
}

export const specOption = [
  "--spec <dir>",
  "the folder of the contracts: events.yaml, systems/NAME/events.yaml",
  "spec",
] as const;
