import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import type { Model } from "../model/model.js";

/** Returns what no contract can know by itself: whether the contracts exist whose clients its worker answers, and whether it can tell them from its own. */
export function judgeTogether(
  contracts: readonly { readonly system: string; readonly model: Model }[],
): readonly Diagnostic[] {
  const bySystem = new Map(contracts.map(({ system, model }) => [system, model]));
  return contracts.flatMap(({ system, model }) =>
    (model.ingest.also ?? []).flatMap((name): readonly Diagnostic[] => {
      const other = name === system ? undefined : bySystem.get(name);
      const problem =
        name === system
          ? "names itself in ingest.also"
          : other === undefined
            ? `names "${name}" in ingest.also, and there is no systems/${name}/events.yaml`
            : other.ingest.also !== undefined
              ? `names "${name}" in ingest.also, which answers for others itself`
              : pathOf(other) === pathOf(model)
                ? `and "${name}" have the same path ${pathOf(model)}: their clients can't be told apart`
                : undefined;
      return problem === undefined
        ? []
        : [{ ...runFinding("also-unknown", `${model.source} ${problem}.`), span: model.ingest.at }];
    }),
  );
}

/** Placeholders may be anything: two paths that differ in them alone are one. */
function pathOf({ destination }: Model): string {
  return (/^https:\/\/[^/]+(\/[^?#]*)/.exec(destination.url)?.[1] ?? "/").replaceAll(/\{[^}]*\}/g, "{}");
}
