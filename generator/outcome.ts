import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { Counts } from "./model/count.js";
import type { Change } from "./output/plan.js";

/** The findings and results of a run: everything that a report is made of. */
export interface Outcome {
  /** 0 clean · 1 findings or drift · 2 could not run. */
  readonly exitCode: 0 | 1 | 2;
  /** In the order in which they are shown. */
  readonly findings: readonly Diagnostic[];
  /** Each spec's text, for showing lines of it. */
  readonly sources: ReadonlyMap<string, string>;
  /** The differences from the disk; after a write, those that there were. */
  readonly changes: readonly Change[];
  readonly written: boolean;
  /** Worth saying, and nothing wrong. */
  readonly notes?: readonly string[];
  readonly counts: RunCounts;
}

/** The counts of what was checked, and by how many rules for changes. */
export interface CheckedCounts extends Counts {
  readonly rules: number;
}

export interface RunCounts extends CheckedCounts {
  readonly files: number;
  readonly unchanged: number;
}

const nothing: RunCounts = { contracts: 0, events: 0, fields: 0, versions: 0, rules: 0, files: 0, unchanged: 0 };

/** A run that ended before there was anything to compare. */
export function stopped(
  exitCode: 1 | 2,
  findings: readonly Diagnostic[],
  sources: ReadonlyMap<string, string> = new Map(),
): Outcome {
  return { exitCode, findings, sources, changes: [], written: false, counts: nothing };
}

/** A run that found everything as it was remembered. */
export function clean(counts: CheckedCounts, files: number): Outcome {
  return {
    exitCode: 0,
    findings: [],
    sources: new Map(),
    changes: [],
    written: false,
    counts: { ...counts, files, unchanged: files },
  };
}
