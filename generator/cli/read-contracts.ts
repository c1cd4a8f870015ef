import { dirname, join, resolve } from "node:path";
import type { Contract } from "../analyze.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { renderText } from "../diagnostics/render-text.js";
import { readFrozenFiles } from "../evolve/frozen-files.js";
import { fromHere } from "../output/places.js";
import { load } from "../spec/load.js";
import type { Context } from "./context.js";
import { findingsSeenFrom } from "./report/as-seen-from.js";

/** The contracts of a project, read and with their past. */
export interface Project {
  /** The folder that holds the spec folder. */
  readonly root: string;
  readonly contracts: readonly Contract[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Reads them, or prints why that can't be and returns undefined: exit code 2. */
export async function readContracts(context: Context, spec: string): Promise<Project | undefined> {
  const folder = resolve(context.cwd, spec);
  const { specs, findings } = load(folder, fromHere(context.cwd, folder));
  const { readSpec } = await context.analyze();
  const contracts = specs.map((file) => readSpec(file, readFrozenFiles(file.path, file.source)));
  const sources = new Map(contracts.map(({ spec: file, text }) => [file.source, text]));
  const broken = [
    ...findings,
    ...contracts.flatMap(({ uncheckedModel, findings: own }) => (uncheckedModel === undefined ? own : [])),
  ];
  if (broken.length > 0) {
    tell(context, dirname(folder), broken, sources);
    return undefined;
  }
  return { root: dirname(folder), contracts, sources };
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
