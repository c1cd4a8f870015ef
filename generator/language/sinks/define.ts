import type { Block, Inline } from "../../emit/document.js";
import type { Dialect } from "../../emit/sql.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Model } from "../../model/model.js";

/** Keys of `forward_to` that only some sinks know. */
export type SinkKey = "url" | "secret" | "distinct_id" | "region";

/**
 * A sink: what kind of store receives the accepted events. Its file says all there is to say about it; what it does is a module of
 * the worker's runtime, which goes out only where a contract names the sink.
 */
export interface SinkDefinition {
  /** For editors and the reference page. */
  readonly about: string;
  /** As TELEMETRY.md calls it: "passed on to a Postgres database". */
  readonly called: string;
  /** Keys that it can't do without, and keys that it knows. A key beyond them would be only a sentence. */
  readonly needs: readonly SinkKey[];
  readonly knows: readonly SinkKey[];
  /** Its module in `runtime/`, without the ending, and what that exports. What only Workers can load lies outside `sinks/`: Node loads that room whole. */
  readonly file: string;
  readonly export: string;
  /** The same for the Node host, in `node/stores/`, where what runs on Workers doesn't run there. */
  readonly onNode?: { readonly file: string; readonly export: string };
  /** The user's own module that is next to `worker.js`, where the sink is made of one. */
  readonly own?: string;
  /** The vendor's price for so many stored events in a month, in dollars, where that is known. */
  readonly price?: { readonly what: string; readonly of: (events: number) => number };
  /** A backend across the network may be down: a queue stands in front of it. */
  readonly queued: boolean;
  readonly binding?: "DB" | "ANALYTICS";
  /** Dialect of the tables and views of `schema.sql`. */
  readonly sql?: Dialect;
  /** `schema.sql`, where it is in a dialect of its own. */
  readonly schema?: (model: Model) => string;
  /** The dashboards that can be made of what it stores. */
  readonly dashboards: readonly Dashboard[];
  /** Data that `contract.js` gives the worker, beside what the contract says. */
  readonly told?: (model: Model) => { readonly [key: string]: JsonValue };
  /** DEPLOY.md: the backend and its settings. */
  readonly backend: (model: Model) => readonly Block[];
  /** Commands before the first deployment, and after it. */
  readonly before?: (model: Model) => readonly string[];
  readonly after?: (model: Model) => readonly string[];
  /** Returns the way to remove what is older than so many days. */
  readonly retention: (model: Model, days: number) => readonly Block[];
  /** Returns the way to remove by hand everything stored of one identifier. */
  readonly deletion: (model: Model, identifier: string) => readonly Block[];
  /** True if the receiver itself can delete everything of one identifier, when its owner asks. */
  readonly forgets: boolean;
  /** The settings that the deployer has to give for that. */
  readonly forgetNeeds?: Inline;
}

export type Dashboard = "views.sqlite" | "views.postgres" | "posthog" | "grafana";

/** Keeps the literal's own type, so that a definition's optional parts are known where they are there. */
export function defineSink(definition: SinkDefinition): SinkDefinition {
  return definition;
}

/** `codegraph-telemetry`: the worker's name, its queue's and its database's. */
export function workerName({ product }: Pick<Model, "product">): string {
  return `${product.slice(0, 45)}-telemetry`;
}
