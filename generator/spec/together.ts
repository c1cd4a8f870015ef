import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import { sinkName } from "../language/sinks/index.js";
import type { Model } from "../model/model.js";
import { distinctField } from "../model/told-by.js";

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
                : (unlikeStore(name, model, other) ?? unlikeLimit(name, model, other));
      return problem === undefined
        ? []
        : [{ ...runFinding("also-unknown", `${model.source} ${problem}.`), span: model.ingest.at }];
    }),
  );
}

/** One worker has one store: the page of the other contract speaks of it, too. */
function unlikeStore(name: string, model: Model, other: Model): string | undefined {
  if (sinkName(model) === "analytics-engine")
    return `has the sink analytics-engine, which knows the columns of its own events alone, and not those of "${name}"`;
  return JSON.stringify(model.ingest.forwardTo) === JSON.stringify(other.ingest.forwardTo) &&
    distinctField(model) === distinctField(other)
    ? undefined
    : `and "${name}" have one worker and so one store: ingest.forward_to must be the same in both`;
}

/** Cloudflare counts by the numbers in this worker's settings. */
function unlikeLimit(name: string, { ingest }: Model, { ingest: { rateLimit } }: Model): string | undefined {
  return rateLimit === undefined ||
    (ingest.rateLimit?.requests === rateLimit.requests && ingest.rateLimit.window === rateLimit.window)
    ? undefined
    : `and "${name}" have one worker, which counts by its own ingest.rate_limit: requests and window must be the same in both`;
}

/** Placeholders may be anything: two paths that differ in them alone are one. */
function pathOf({ destination }: Model): string {
  return (/^https:\/\/[^/]+(\/[^?#]*)/.exec(destination.url)?.[1] ?? "/").replaceAll(/\{[^}]*\}/g, "{}");
}
