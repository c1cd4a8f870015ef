/** Each event is what its emitter sends, is allowed by the schema, and passes the worker whole; and nothing beside it does. */
export declare function agreement(product: Product): void;

/** Tests what a program gets back where it uses the receiver's answer. */
export declare function answers(product: Product): void;

/** Tests that the client does what the contract says in each state of the world: it sends, or it sends nothing at all. */
export declare function truthTable(product: Product): void;

/** Holds the product to the promises that its contract makes, by their names in the contract. */
export declare function guarantees(product: Product, promised: readonly string[]): void;

/** One event with example values: the call that sends it, and what the call puts on the wire. */
export interface Golden {
  readonly event: string;
  readonly emitter: string;
  readonly arguments: readonly unknown[];
  /** By the clock: so many milliseconds after the first start. */
  readonly dueAfter?: number;
  /** So many calls make the total: one by default. */
  readonly times?: number;
  readonly payload: Readonly<Record<string, unknown>> | string;
  readonly around?: Product["around"];
  /** The data that the worker passes on. */
  readonly forwarded: Readonly<Record<string, unknown>> | string;
  readonly evenWhenOff?: true;
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
  readonly args?: readonly string[];
  readonly facts?: Readonly<Record<string, boolean>>;
  readonly enabled: boolean;
  readonly decidedBy: string;
}

/** Everything that the suites are told about one product. */
export interface Product {
  /** The client as a fresh process would import it. */
  readonly load: () => Promise<{ readonly telemetry: object; readonly client: object }>;
  readonly client: object;
  readonly worker: object;
  /** The product's own copies of what its programs and its receiver run. */
  readonly runtime: {
    readonly createClient: Run;
    readonly setupClient: Run;
    readonly consent: Run;
    readonly handle: Run;
    readonly parts: object;
  };
  readonly schemas: URL;
  readonly golden: readonly Golden[];
  readonly setup: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  /** Wire names of what the client fills in by itself. */
  readonly filledIn: readonly string[];
  readonly path: string;
  readonly around: { readonly query: string; readonly headers: Readonly<Record<string, string>> };
  readonly consent: readonly ConsentRow[];
  readonly granting?: ConsentRow;
  readonly runBefore?: Run;
  readonly facts?: Readonly<Record<string, boolean>>;
  readonly ends?: string;
  readonly parts?: Readonly<Record<string, { readonly table: readonly ConsentRow[]; readonly decide: Run }>>;
  readonly withoutSwitch?: true;
  readonly mode: string;
  readonly builds: Readonly<Record<string, string>>;
  /** The generated client's folder. */
  readonly folder: URL;
}

/** The client's module: emitters and controls by name. */
export type Telemetry = object;

/** Any arguments: the suites know. */
type Run = (...values: never[]) => unknown;
