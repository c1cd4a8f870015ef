import { holds } from "../../generator/language/consent/matches/index.js";
import { allSteps, asksIn } from "../../generator/language/consent/parts.js";
import type { Event } from "../../generator/model/model.js";
import { eventCall } from "../../generator/payload/call-shape.js";
import { exampleArguments } from "../../generator/payload/example-call.js";
import type { Host } from "../../templates/client/runtime/host/host.js";
import { temporaryFolder } from "../support/temp-folder.js";
import type { Generated } from "./check-contract.js";
import { exampleSetup, hostIn, keepState, type Loaded, load } from "./client.js";
import { closeFolder, factsOf, isContent, keyFor, nested, type Told, writeConfigs } from "./row-world.js";

/** One state of the world, and what the product does in it. */
export interface Row {
  readonly env?: Readonly<Record<string, string>>;
  readonly stored?: unknown;
  readonly config?: Readonly<Record<string, unknown>> | null;
  /**
   * Facts that neither a variable nor a file says. `ci`, `args`, `date` are the world's own; `config_dir: null`: there is no
   * home; `config_writable: false`: nothing can be kept. `part`: a part of consent; `trial`: an event; `program`: a contract
   * below `systems/`. The rest are facts, by their own names or by `facts.json`.
   */
  readonly context?: Readonly<Record<string, unknown>>;
  /**
   * `on`, `off`; `partial`: something is sent, and less than by default; `print`: shown, and not sent. `ask`, `local`, `error`: nothing is
   * sent. `+notice`, `+ask`: people are told, or asked, in this state.
   */
  readonly expect: string;
  readonly why: string;
}

/** The rows in which a client decides otherwise. What a product does wrong it must not do: to send against a no can't be written. */
export async function consentDeviations(
  contracts: readonly Generated[],
  rows: readonly Row[],
  told: Told = {},
): Promise<readonly string[]> {
  const deviations: string[] = [];
  const here = process.cwd();
  for (const row of rows) {
    const contract = contractOf(contracts, row);
    const [word = "", ...also] = row.expect.split("+");
    const decision = contract && (await decided(contract, row, told));
    process.chdir(here);
    const defect = row.why.includes("(defect)");
    const right = defect
      ? decision?.what !== "on" || word !== "on"
      : decision?.what === (DECISIONS[word] ?? word) &&
        (word !== "ask" || decision.also.includes("ask")) &&
        also.every((one) => decision.also.includes(one));
    if (!right)
      deviations.push(
        `consent ${JSON.stringify(row)}: ${decision === undefined ? "no such contract" : [decision.what, ...decision.also].join("+")}`,
      );
  }
  return deviations;
}

/** The meaning of each word of a row for what is sent. */
const DECISIONS: Readonly<Record<string, string>> = { ask: "off", local: "off", error: "off" };

function contractOf(contracts: readonly Generated[], { context = {} }: Row): Generated | undefined {
  const { program } = context;
  return typeof program === "string"
    ? contracts.find(({ folder }) => folder.endsWith(`/systems/${program}`))
    : contracts[0];
}

/** Returns in one word what is sent in one state; and whether people are told or asked. */
async function decided(
  contract: Generated,
  row: Row,
  told: Told,
): Promise<{ readonly what: string; readonly also: readonly string[] }> {
  const { model } = contract;
  const { env = {}, context = {} } = row;
  const { loaded, requests, lines } = await inWorld(contract, row, told);
  const { client } = loaded;
  const { part, trial } = context;
  if (typeof part === "string" && !model.consent.parts?.some(({ name }) => name === part))
    return { what: "no such part", also: [] };
  const decision = typeof part === "string" ? loaded.part?.(client, part) : loaded.consent(client);
  const { debug } = model.delivery;
  const asks = debug !== undefined && env[debug.env] !== undefined && holds(debug.when, env[debug.env] ?? "");
  const also: string[] = [];
  if (await isAsked(contract, loaded)) also.push("ask");
  let on = decision?.enabled === true;
  if (asks && debug?.sends === false && (on || debug.whenOff === true)) return { what: "print", also };
  // Where people have to be told first and can't be, and in the run that tells them, nothing is sent.
  if (on && loaded.notice !== undefined) on = loaded.notice(client);
  if (lines.includes(model.consent.notice?.text ?? "")) also.push("notice");
  const event = typeof trial === "string" ? model.events.find(({ wireName }) => wireName.endsWith(trial)) : undefined;
  if (on && typeof trial === "string")
    on = event !== undefined && (await isRecorded(contract, loaded, event, requests));
  // Where everything belongs to parts, and none of them is on, nothing is sent.
  const belongs = [...model.events, ...model.metrics];
  if (on && typeof part !== "string" && belongs.every((one) => one.part !== undefined))
    on = belongs.some((one) => one.part !== undefined && loaded.part?.(client, one.part).enabled);
  if (!on) return { what: isSentInSpite(contract, loaded) ? "partial" : "off", also };
  return { what: typeof part !== "string" && (await isLess(contract, loaded)) ? "partial" : "on", also };
}

/** A client in a row's state of the world, as the next process would find it. */
async function inWorld(contract: Generated, row: Row, told: Told) {
  const { model } = contract;
  const { env = {}, stored = null, context = {} } = row;
  const loaded = await load(contract);
  const [home, here] = [temporaryFolder("contract-home"), temporaryFolder("contract-here")];
  // A configuration without a folder of its own lies where the program was started.
  process.chdir(here);
  const config = writeConfigs(model, { home, here }, row);
  const given = new Set(allSteps(model.consent).flatMap(({ place }) => (place.kind === "given" ? [place.given] : [])));
  const requests: string[] = [];
  const lines: string[] = [];
  const { args = [], date } = context;
  const host: Partial<Host> = hostIn(home, {
    env: context["ci"] === true ? { CI: "true", ...env } : env,
    config: (name) => (given.has(name) ? (row.config?.[name] ?? null) : config(name)),
    write: (_, line) => void lines.push(line),
    send: async ({ body, url }) => {
      requests.push(body || url);
      return 204;
    },
    ...(typeof date === "string" ? { now: () => Date.parse(`${date}T12:00:00Z`) } : {}),
    ...(context["config_dir"] === null ? { home: undefined } : {}),
  });
  loaded.telemetry["setup"]?.({ ...exampleSetup(contract), facts: factsOf(model, context, told), args, host });
  await loaded.loadFullContract(loaded.client);
  const keys = model.consent.stateFile?.keys.map(({ key }) => key) ?? [];
  keepState(
    loaded,
    isContent(stored)
      ? nested(Object.fromEntries(Object.entries(stored).map(([key, value]) => [keyFor(key, keys) ?? key, value])))
      : stored,
  );
  if (context["config_writable"] === false) closeFolder(loaded.client.contract.state?.(loaded.client.host), home);
  return { loaded, requests, lines };
}

/** Returns whether a question of the contract is put to somebody who sits there. */
async function isAsked({ model }: Generated, { telemetry }: Loaded): Promise<boolean> {
  let asked = false;
  const prompt = async () => {
    asked = true;
    return undefined;
  };
  for (const { where } of asksIn(model.consent)) await telemetry["ask"]?.(where, { prompt });
  return asked;
}

/** Records an event as the product would, and waits until it has left: whether it did. */
async function isRecorded(
  { model }: Generated,
  { telemetry }: Loaded,
  event: Event,
  requests: readonly string[],
): Promise<boolean> {
  const { emitter } = eventCall(model, event);
  const values = exampleArguments(model, event);
  const every = event.schedule === undefined ? undefined : telemetry[emitter];
  if (every === undefined) await telemetry[emitter]?.(...values);
  else (every(() => values[0] ?? {}) as { stop(): void }).stop();
  await new Promise((resolve) => setImmediate(resolve));
  await telemetry["flush"]?.();
  return requests.length > 0;
}

/** Returns whether something that is sent by default is not sent now. */
async function isLess(contract: Generated, loaded: Loaded): Promise<boolean> {
  const names = (contract.model.consent.parts ?? []).map(({ name }) => name);
  if (names.length === 0) return false;
  const usual = (await inWorld(contract, { expect: "", why: "" }, {})).loaded;
  return names.some(
    (name) => usual.part?.(usual.client, name).enabled === true && loaded.part?.(loaded.client, name).enabled !== true,
  );
}

/** Returns whether something is sent although telemetry is off; what is sent once, when it is turned off, isn't. */
function isSentInSpite({ model }: Generated, { client, despite }: Loaded): boolean {
  return model.events.some(
    ({ evenWhenOff }) =>
      evenWhenOff !== undefined &&
      evenWhenOff.on === undefined &&
      despite?.(...evenWhenOff.despite)(client) !== undefined,
  );
}
