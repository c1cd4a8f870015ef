import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import type { Model } from "../model/model.js";
import type { SpecFile } from "../spec/load.js";
import type { KnownEvents } from "../spec/parse-in-parts.js";
import { readContract } from "../spec/read-contract.js";
import { asWritten, placedByUse } from "../spec/told-once.js";
import { attachReleases } from "./attach-releases.js";
import { checkEvolution } from "./check-evolution.js";
import type { ContractFiles, FrozenFile } from "./frozen-files.js";

/** One contract that was read: its model, unless a finding is an error. */
export interface Contract extends ContractFiles {
  /** The spec as text, for showing lines of it. */
  readonly text: string;
  readonly model?: Model;
  /** The same, also when a released version forbids what it says: for comparing it. */
  readonly uncheckedModel?: Model;
  readonly findings: readonly Diagnostic[];
}

/** load → validate → build → evolve, for one contract and its released versions. Never throws. */
export function readSpec(spec: SpecFile, past: readonly FrozenFile[], today?: string, known?: KnownEvents): Contract {
  const text = decode(spec.bytes);
  if (text === undefined)
    return { spec, past, text: "", findings: [runFinding("spec-unreadable", `${spec.source} is not UTF-8 text.`)] };
  const { model, diagnostics } = readContract(text, spec.source, today, known);
  const shown = asWritten(text, spec);
  if (model === undefined) return { spec, past, text: shown, findings: placedByUse(diagnostics, spec) };
  const whole = attachReleases(model, past);
  const locks = whole.diagnostics.length > 0 ? whole.diagnostics : checkEvolution(whole.model).diagnostics;
  const kept = locks.length > 0 ? {} : { model: whole.model };
  const findings = placedByUse([...diagnostics, ...locks], spec);
  return { spec, past, text: shown, findings, uncheckedModel: whole.model, ...kept };
}

/** Undefined: it is not UTF-8. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
