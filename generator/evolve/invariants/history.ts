import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Model } from "../../model/model.js";
import type { Base } from "../base.js";
import { same } from "../contains.js";
import { refusal } from "../refusal.js";

/** What the base branch holds of the past, this one holds too, unchanged. */
export function keptHistory(model: Model, base: Base): readonly Diagnostic[] {
  return base.frozen.flatMap((released): readonly Diagnostic[] => {
    const here = model.frozen.find(({ schemaVersion }) => schemaVersion === released.schemaVersion);
    const file = `${model.source.replace(/[^/]*$/, "")}frozen/v${released.schemaVersion}.json`;
    const span = { file, start: 0, end: 0 };
    if (here === undefined)
      return [
        refusal("support-removed", `${file} is on ${base.ref} and not here.`, { ...model.at, end: model.at.start }),
      ];
    return same(here, released) ? [] : [refusal("frozen-edited", `${file} is not what it is on ${base.ref}.`, span)];
  });
}
