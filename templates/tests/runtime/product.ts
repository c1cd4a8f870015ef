import type { Client, createClient, setupClient } from "../../client/runtime/client.js";
import type { consent } from "../../client/runtime/consent/consent.js";
import type { Contract } from "../../client/runtime/contract.js";
import type { Host } from "../../client/runtime/host/host.js";
import type { WorkerContract } from "../../worker/runtime/contract.js";
import type { handle } from "../../worker/runtime/handle.js";
import type { Parts } from "../../worker/runtime/parts.js";

/** One event with example values: the call that sends it, and the whole body that the call puts on the wire. */
export interface Golden {
  readonly event: string;
  readonly emitter: string;
  readonly arguments: readonly unknown[];
  /** By the clock: what makes the fields is given, and it is due so many milliseconds after the first start. */
  readonly dueAfter?: number;
  /** So many calls make the total: one by default. */
  readonly times?: number;
  /** A request's body: an object, or one line of Prometheus text. */
  readonly payload: Readonly<Record<string, unknown>> | string;
  /** The address and the headers, where that is another than the product's. */
  readonly around?: Product["around"];
  /** The data that the worker passes on: common and own fields together, or the line. */
  readonly forwarded: Readonly<Record<string, unknown>> | string;
  /** It is sent although telemetry is off. */
  readonly evenWhenOff?: true;
  /** The part of consent that it belongs to. */
  readonly part?: string;
  /** Fields whose absence costs the event. */
  readonly required: readonly string[];
}

/** One state of the world and what the contract says about it. */
export interface ConsentRow {
  readonly env: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly stored: Readonly<Record<string, unknown>> | null;
  readonly build: string | null;
  /** The words of the command line, and the facts, where the contract looks at any. */
  readonly args?: readonly string[];
  readonly facts?: Readonly<Record<string, boolean>>;
  readonly enabled: boolean;
  readonly decidedBy: string;
}

/** The client's module: emitters by name, and the controls that its delivery has. */
export type Telemetry = Readonly<Record<string, (...values: never[]) => unknown>> & {
  readonly setup: (given: { readonly host?: Partial<Host>; readonly [field: string]: unknown }) => void;
  readonly flush?: (within?: number) => Promise<void>;
  readonly reportOnce?: (collect: () => void) => Promise<void>;
};

/** A part of consent. */
export interface PartOfProduct {
  readonly table: readonly ConsentRow[];
  readonly decide: (client: Client) => { readonly enabled: boolean; readonly decidedBy: string };
}

/** Everything that the suites are told about one product. */
export interface Product {
  /** The client as a fresh process would import it. */
  readonly load: () => Promise<{ readonly telemetry: Telemetry; readonly client: Client }>;
  readonly client: Contract;
  readonly worker: WorkerContract;
  /** The product's own copies of what its programs and its receiver run. */
  readonly runtime: {
    readonly createClient: typeof createClient;
    readonly setupClient: typeof setupClient;
    readonly consent: typeof consent;
    readonly handle: typeof handle;
    readonly parts: Parts;
  };
  /** The folder of its JSON Schemas: of a whole payload, and of each event. */
  readonly schemas: URL;
  readonly golden: readonly Golden[];
  /** Example values for `setup`. */
  readonly setup: Readonly<Record<string, unknown>>;
  /** The environment where fields are filled in from it as in the examples. */
  readonly env: Readonly<Record<string, string>>;
  /** Wire names of what the client fills in by itself: their values differ from machine to machine. */
  readonly filledIn: readonly string[];
  /** The endpoint's path, with its placeholders filled with examples. */
  readonly path: string;
  /** The rest of a request that the contract draws: the query of its address, and headers. */
  readonly around: { readonly query: string; readonly headers: Readonly<Record<string, string>> };
  readonly consent: readonly ConsentRow[];
  /** A state in which everything may be sent, where that isn't just any in which something may. */
  readonly granting?: ConsentRow;
  /** The facts that must hold for an event to be sent, beside what consent asks about. */
  readonly facts?: Readonly<Record<string, boolean>>;
  /** The first day on which something is no longer sent. */
  readonly ends?: string;
  /** Plays an earlier run, where a contract sends nothing in the run that shows its notice: it showed it. */
  readonly runBefore?: (client: Client) => boolean;
  /** Part of consent → its truth table, and what the client says about it. */
  readonly parts?: Readonly<Record<string, PartOfProduct>>;
  /** The contract has no switch at all. */
  readonly withoutSwitch?: true;
  readonly mode: "immediate" | "queued" | "periodic" | "carried";
  readonly builds: Readonly<Record<string, "normal" | "compiled-out" | "locked-off">>;
  /** The generated client's folder. */
  readonly folder: URL;
}
