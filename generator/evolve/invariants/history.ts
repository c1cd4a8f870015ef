import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { same } from "../../language/types/contains.js";
import type { Model } from "../../model/model.js";
import type { Base } from "../base.js";
import { refusal } from "../refusal.js";

/** Checks that this branch holds the base branch's past unchanged. */
export function keptHistory(model: Model, base: Base): readonly Diagnostic[] {
  const damaged = base.damaged.filter(
    (version) => !model.frozen.some(({ schemaVersion }) => schemaVersion === version),
  );
  const file = (version: number) => `${model.source.replace(/[^/]*$/, "")}frozen/v${version}.json`;
  const missing = (version: number) =>
    refusal("support-removed", `${file(version)} is on ${base.ref} and not here.`, {
      ...model.at,
      end: model.at.start,
    });
  const kept = base.frozen.flatMap((released): readonly Diagnostic[] => {
    const here = model.frozen.find(({ schemaVersion }) => schemaVersion === released.schemaVersion);
    if (here === undefined) return [missing(released.schemaVersion)];
    const name = file(released.schemaVersion);
    return same(here, released)
      ? []
      : [refusal("frozen-edited", `${name} is not what it is on ${base.ref}.`, { file: name, start: 0, end: 0 })];
  });
  return [...damaged.map(missing), ...kept];
}
