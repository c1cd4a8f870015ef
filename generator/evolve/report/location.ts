import { lineStarts, positionOf } from "../../diagnostics/position.js";
import type { ContractDiff, Side } from "../diff.js";
import type { Finding } from "../finding.js";

/** The place of a finding, counted from 1; without lines when the newer side is a frozen version. */
export interface Location {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export function locationOf(diff: ContractDiff, { span }: Finding): Location {
  if (span === undefined || diff.text === "") return { file: diff.source };
  return { file: diff.source, ...positionOf(lineStarts(diff.text), span.start) };
}

export function spoken({ file, line, column }: Location): string {
  return line === undefined ? file : `${file}:${line}:${column}`;
}

/** `v1`, or a word for no version. */
export function versionOf({ schemaVersion }: Side): string {
  return schemaVersion === 0 ? "nothing" : `v${schemaVersion}`;
}

export const raiseCommand = "plainsight raise";
