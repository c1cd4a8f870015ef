import type { ContractDiff } from "../diff.js";
import { github, json, sarif } from "./machines.js";
import { markdown } from "./markdown.js";
import { text } from "./text.js";

/** The formats of a diff. */
export const diffFormats = { text, json, github, sarif, markdown } as const satisfies Record<
  string,
  (diffs: readonly ContractDiff[]) => string
>;
