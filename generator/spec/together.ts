import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import { sinkName } from "../language/sinks/index.js";
import type { Model } from "../model/model.js";
import { foldedPath } from "../model/own-files.js";
import { fromFile, fromFolder } from "../model/relative-path.js";
import { statePath } from "../model/state-path.js";
import { distinctField } from "../model/told-by.js";

type Contracts = readonly { readonly system: string; readonly model: Model }[];

/** Returns what no contract can know by itself: what it means that the others of the project are there. */
export function judgeTogether(contracts: Contracts): readonly Diagnostic[] {
  return [...answeredFor(contracts), ...sharedFiles(contracts)];
}

/** Whether the contracts exist whose clients a worker answers, and whether it can tell them from its own. */
function answeredFor(contracts: Contracts): readonly Diagnostic[] {
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

/** Files that two contracts use by accident. Those with one consent say so on their pages, and an older contract has the files of the newer one. */
function sharedFiles(contracts: Contracts): readonly Diagnostic[] {
  const ages = contracts.map(({ system, model }) => [system, ...(model.ingest.also ?? [])]);
  return contracts.flatMap(({ system, model }, index) =>
    contracts.slice(0, index).flatMap((other): readonly Diagnostic[] => {
      const isOlder = ages.some((line) => line.includes(system) && line.includes(other.system));
      if (isOlder || consentOwner(model) === consentOwner(other.model)) return [];
      const [state, queue] = [statePath, queuePath].map((pathOf) => sameFile(pathOf, model, other.model));
      const both = [...(state ? ["state file"] : []), ...(queue ? ["queue"] : [])];
      if (both.length === 0) return [];
      const sentence = `${other.model.source} and ${model.source} have the same ${both.join(" and the same ")}, but not the same consent.`;
      const use = fromFolder(model.source.split("/").slice(0, -1).join("/"), other.model.source);
      const hint = `Give each contract its own files. If they belong to one product, write consent: { use: ${use} } here.`;
      return [{ ...runFinding("files-shared", sentence, hint), span: model.consent.at }];
    }),
  );
}

function consentOwner({ source, consent: { use } }: Model): string {
  return use === undefined ? source : fromFile(source, use);
}

function queuePath({ delivery }: Model): string | undefined {
  return delivery.queue?.file;
}

function sameFile(pathOf: (model: Model) => string | undefined, one: Model, other: Model): boolean {
  const [mine, theirs] = [one, other].map((model) => {
    const path = pathOf(model);
    return path === undefined ? undefined : foldedPath(path, model.product).join("/");
  });
  return mine !== undefined && mine === theirs;
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
