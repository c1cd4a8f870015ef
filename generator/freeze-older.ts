import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { freeze, printFrozen } from "./evolve/frozen-text.js";
import { type Data, mapIn } from "./import/imported.js";
import { olderContracts } from "./import/older-versions.js";
import type { Document } from "./import/schema-versions.js";
import { parseDocument } from "./spec/parse-document.js";
import { readContract } from "./spec/read-contract.js";

/** One older version of a contract: the text of its frozen file, or what stands against it. */
export interface OlderVersion {
  readonly version: number;
  readonly text?: string;
  readonly findings: readonly Diagnostic[];
}

/** The older versions of schemas as frozen files of the contract that was drafted from them, or a sentence that says why there are none. */
export function freezeOlder(
  documents: readonly Document[],
  decided: string,
  source: string,
): readonly OlderVersion[] | string {
  const older = olderContracts(documents, mapIn(dataIn(decided)), dataIn);
  if (typeof older === "string") return older;
  return older.map(({ contract, version }) => {
    // JSON is YAML.
    const { diagnostics, model } = readContract(
      JSON.stringify(contract, null, 2),
      `${source} as of version ${version}`,
    );
    const findings = diagnostics.filter(({ severity }) => severity === "error");
    return { version, findings, ...(model === undefined ? {} : { text: printFrozen(freeze(model)) }) };
  });
}

function dataIn(text: string): Data {
  const parsed = parseDocument(text);
  return "data" in parsed ? (parsed.data as Data) : null;
}
