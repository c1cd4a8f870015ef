import { type Diagnostic, byPosition } from "../diagnostics/diagnostic.js";
import type { Model } from "../model/model.js";
import { buildModel } from "./build-model.js";
import { parseSpec } from "./parse.js";
import { reportAbout } from "./report.js";

export interface ReadContract {
  /** Only when no finding is an error. */
  readonly model?: Model;
  /** Everything that was found, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a contract: the text of a spec becomes a model, or findings that say why not. Pure, and never throws.
 * @param file the spec's path as shown to people, with forward slashes.
 */
export function readContract(text: string, file: string): ReadContract {
  const report = reportAbout(file);
  const tree = parseSpec(text, report);
  if (tree === undefined || tree.kind !== "map") return { diagnostics: report.found };
  const model = buildModel(tree, report, new Set());
  const diagnostics = [...report.found].sort(byPosition);
  return diagnostics.some(({ severity }) => severity === "error") ? { diagnostics } : { model, diagnostics };
}
