import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { FrozenContract } from "../model/frozen.js";
import type { Model, VersionChanges } from "../model/model.js";
import { classify } from "./classify.js";
import { readChain } from "./frozen-chain.js";
import type { FrozenFile } from "./frozen-files.js";

/** A contract together with its past: the released versions, and what each changed. */
export function attachReleases(
  model: Model,
  files: readonly FrozenFile[],
): { readonly model: Model; readonly diagnostics: readonly Diagnostic[] } {
  const { frozen, diagnostics } = readChain(files);
  return { model: { ...model, frozen, changes: changeLog(model, frozen) }, diagnostics };
}

/** Newest first; the spec itself only once it is a version of its own. */
function changeLog(model: Model, frozen: readonly FrozenContract[]): readonly VersionChanges[] {
  const newest = frozen.at(-1)?.schemaVersion ?? 0;
  const chain: readonly FrozenContract[] = model.schemaVersion > newest ? [...frozen, model] : frozen;
  return chain.map((version, index) => changesOf(chain[index - 1], version, model)).toReversed();
}

function changesOf(before: FrozenContract | undefined, version: FrozenContract, model: Model): VersionChanges {
  const entry = model.history.find((one) => one.version === version.schemaVersion);
  const findings = before === undefined ? [] : classify(before, version);
  return {
    version: version.schemaVersion,
    ...(entry?.date === undefined ? {} : { date: entry.date }),
    ...(entry === undefined ? {} : { summary: entry.change }),
    changes: findings.flatMap(({ id, impact, sentence }) =>
      impact === "refused" || (impact === "docs" && id !== "reworded") ? [] : [{ id, impact, sentence }],
    ),
  };
}
