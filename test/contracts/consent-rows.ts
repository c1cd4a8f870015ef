import { holds } from "../../generator/language/consent/matches/index.js";
import { allSteps } from "../../generator/language/consent/parts.js";
import type { Model } from "../../generator/model/model.js";
import type { Host } from "../../templates/client/runtime/host/host.js";
import { temporaryFolder } from "../support/temp-folder.js";
import type { Generated } from "./check-contract.js";
import { exampleSetup, hostIn, keepState, type Loaded, load } from "./client.js";

/** One state of the world, and what the product does in it. */
export interface Row {
  readonly env?: Readonly<Record<string, string>>;
  readonly stored?: unknown;
  readonly config?: Readonly<Record<string, unknown>> | null;
  /** What neither a variable nor a file says: `{ "ci": true }`. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** `print`: shown instead of sent. `on+notice`, `on+ask`: on, and something is shown. `ask`, `local`, `error`: nothing is sent. */
  readonly expect: string;
  readonly why: string;
}

/** The rows in which a client decides otherwise. What a product does wrong can't be written, and isn't asked for. */
export async function consentDeviations(
  contracts: readonly Generated[],
  rows: readonly Row[],
): Promise<readonly string[]> {
  const [contract] = contracts;
  if (contract === undefined) return [];
  const deviations: string[] = [];
  for (const row of rows) {
    if (row.why.includes("(defect)")) continue;
    const decision = await decided(contract, row);
    const word = row.expect.replace(/\+.*/, "");
    const wanted = DECISIONS[word] ?? word;
    if (!decision.includes(wanted)) deviations.push(`consent ${JSON.stringify(row)}: ${decision.join(", ")}`);
  }
  return deviations;
}

/** What each word of a row means for what is sent. */
const DECISIONS: Readonly<Record<string, string>> = { ask: "off", local: "off", error: "off" };

/** All that can be said of one state. */
async function decided(
  contract: Generated,
  { env = {}, stored = null, config, context = {} }: Row,
): Promise<readonly string[]> {
  const loaded = await load(contract);
  const { args = [] } = context;
  const facts = factsOf(contract.model, context);
  const given = new Set(
    allSteps(contract.model.consent).flatMap(({ place }) => (place.kind === "given" ? [place.given] : [])),
  );
  // A state file in a form that is only read is a configuration.
  const inFiles =
    contract.model.consent.stateFile === undefined && stored !== null && typeof stored === "object" ? stored : {};
  const host: Partial<Host> = hostIn(temporaryFolder("contract-home"), {
    env: context["ci"] === true ? { CI: "true", ...env } : env,
    config: (name) => (given.has(name) ? (config?.[name] ?? null) : configNamed(name, { ...inFiles, ...config })),
  });
  loaded.telemetry["setup"]?.({ ...exampleSetup(contract), facts, args, host });
  keepState(
    loaded,
    stored === null || typeof stored !== "object" ? stored : nested(stored as Readonly<Record<string, unknown>>),
  );
  const { debug } = contract.model.delivery;
  const shown =
    debug !== undefined && env[debug.env] !== undefined && holds(debug.when, env[debug.env] ?? "") ? ["print"] : [];
  const { part } = context;
  const spite = await inSpiteOf(contract, loaded);
  const parts = (contract.model.consent.parts ?? []).map(({ name }) => loaded.part?.(loaded.client, name).enabled);
  const decide = typeof part === "string" ? loaded.part?.(loaded.client, part) : loaded.consent(loaded.client);
  // Some of it is on, and some isn't.
  const some = typeof part !== "string" && decide?.enabled && parts.includes(false);
  if (shown.length > 0 && !decide?.enabled && debug?.whenOff !== true) shown.pop();
  return [
    decide?.enabled ? "on" : "off",
    ...shown,
    ...(spite && !decide?.enabled ? ["partial"] : []),
    ...(some ? ["partial"] : []),
  ];
}

/** Whether something is sent although telemetry is off. */
async function inSpiteOf({ model }: Generated, { client, despite }: Loaded): Promise<boolean> {
  return model.events.some(
    ({ evenWhenOff }) => evenWhenOff !== undefined && despite?.(...evenWhenOff.despite)(client) !== undefined,
  );
}

/** Every fact that the contract asks for: what a row doesn't name doesn't hold. */
export function factsOf(
  { consent }: Model,
  context: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, boolean>> {
  const names = allSteps(consent).flatMap(({ place }) => (place.kind === "fact" ? [place.fact] : []));
  return Object.fromEntries(
    names.map((name) => [name, context[name] === true || (typeof context[name] === "string" && context[name] !== "")]),
  );
}

/** A row names keys; which configuration they stand in, only a contract with several has to say. */
function configNamed(name: string, config: Row["config"]): unknown {
  if (config === null || config === undefined || Object.keys(config).length === 0) return undefined;
  const own = config[name];
  return nested((typeof own === "object" && own !== null ? own : config) as Readonly<Record<string, unknown>>);
}

/** `{ "a.b": 1 }` as it stands in a file: `{ "a": { "b": 1 } }`. */
function nested(flat: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const root: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split(".");
    let here = root;
    for (const key of keys.slice(0, -1)) {
      here[key] ??= {};
      here = here[key] as Record<string, unknown>;
    }
    here[keys.at(-1) ?? ""] = value;
  }
  return root;
}
