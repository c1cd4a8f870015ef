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
                : mayMeet(pathOf(model), pathOf(other))
                  ? `and "${name}" have the paths ${pathOf(model)} and ${pathOf(other)}, which may be the same one: their clients can't be told apart`
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

/** Returns whether a request may have both paths, by a placeholder of each: the receiver can't know whose it is. */
function mayMeet(one: string, other: string): boolean {
  if (!one.includes("{}") || !other.includes("{}")) return false;
  const others = other.split("/");
  const parts = one.split("/");
  return parts.length === others.length && parts.every((part, at) => fits(part, others[at] ?? ""));
}

/** Two parts of a path: if both have placeholders, they may be the same. */
function fits(one: string, other: string): boolean {
  if (one.includes("{}") === other.includes("{}")) return one === other || one.includes("{}");
  const [open, plain] = one.includes("{}") ? [one, other] : [other, one];
  const [start = "", ...rest] = open.split("{}");
  return plain.length > open.length - 2 * rest.length && plain.startsWith(start) && plain.endsWith(rest.at(-1) ?? "");
}

/** Placeholders may be anything: two paths that differ in them alone are one. */
function pathOf({ destination }: Model): string {
  return (/^https:\/\/[^/]+(\/[^?#]*)/.exec(destination.url)?.[1] ?? "/").replaceAll(/\{[^}]*\}/g, "{}");
}
