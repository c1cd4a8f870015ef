import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { FrozenContract } from "../model/frozen.js";
import { classify } from "./classify.js";
import type { FrozenFile } from "./frozen-files.js";
import { parseFrozen } from "./frozen-text.js";
import { refusal } from "./refusal.js";

/**
 * A file from an older tool may have the outer shape of a contract and still not be one. Whoever compares versions reads all of it:
 * what fails there is no contract.
 */
function legible(contract: FrozenContract | string): FrozenContract | string {
  if (typeof contract === "string") return contract;
  try {
    classify(contract, contract);
    return contract;
  } catch {
    return "it is not whole";
  }
}

/** The released versions in some files, oldest first, and what is wrong with the files: damaged, misnamed, or one missing in between. */
export function readChain(files: readonly FrozenFile[]): {
  readonly frozen: readonly FrozenContract[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const frozen: FrozenContract[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, { version, source, text }] of files.entries()) {
    const span = { file: source, start: 0, end: 0 };
    const contract = legible(parseFrozen(text));
    const before = files[index - 1];
    if (typeof contract === "string")
      diagnostics.push(refusal("frozen-damaged", `${source} can't be read: ${contract}.`, span));
    else if (contract.schemaVersion !== version)
      diagnostics.push(refusal("frozen-damaged", `${source} holds version ${contract.schemaVersion}.`, span));
    else frozen.push(contract);
    if (before !== undefined && version > before.version + 1) {
      diagnostics.push(
        refusal(
          "support-removed",
          `Version ${before.version + 1} is missing between ${before.source} and ${source}.`,
          span,
        ),
      );
    }
  }
  return { frozen, diagnostics };
}
