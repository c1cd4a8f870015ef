import { isDeepStrictEqual } from "node:util";
import { fieldsOf } from "../../generator/model/field-sets.js";
import type { Model } from "../../generator/model/model.js";
import { withInner } from "../../generator/payload/call-shape.js";
import type { Host } from "../../templates/client/runtime/host/host.js";
import type { Carried } from "../../templates/client/runtime/send/carried.js";
import { decodedBody, opened, placesIn } from "../../templates/tests/runtime/agreement/places.js";
import type { Wire } from "../../templates/worker/runtime/read/picture.js";
import { temporaryFolder } from "../support/temp-folder.js";
import type { Generated } from "./check-contract.js";
import { exampleSetup, hostIn, keepState, load } from "./client.js";
import { factsOf } from "./row-world.js";

/** One call, and the body that it is to put on the wire. */
export interface Emission {
  readonly setup?: Readonly<Record<string, unknown>> & { readonly host?: Partial<Host> };
  readonly call: readonly [emitter: string, ...values: unknown[]];
  readonly body: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: string;
  readonly stored?: unknown;
}

/** Returns how a call's requests differ from what is expected. */
export async function emissionDeviations(
  contracts: readonly Generated[],
  emission: Emission,
): Promise<readonly string[]> {
  const [emitter] = emission.call;
  for (const contract of contracts) {
    const loaded = await load(contract);
    if (typeof (loaded.telemetry[emitter] ?? loaded.telemetry[`${emitter}Every`]) !== "function") continue;
    const bodies = await sentBy(contract, emission);
    const differences =
      bodies.length === 1 ? different(contract.model, emission.body, bodies[0] ?? "") : `${bodies.length} requests`;
    return differences === undefined ? [] : [`emit ${emitter}: ${differences}`];
  }
  return [`emit ${emitter}: no such emitter`];
}

async function sentBy(
  contract: Generated,
  { call, setup = {}, env, now, stored }: Emission,
): Promise<readonly string[]> {
  const bodies: string[] = [];
  const loaded = await load(contract);
  const row = loaded.consentTable.find(({ enabled }) => enabled);
  let clock = Date.parse(now ?? "2026-06-12T12:00:00Z");
  const { host: own, ...fields } = setup;
  const host = hostIn(temporaryFolder("contract-home"), {
    env: { ...row?.env, ...env },
    config: (name) => row?.config[name],
    now: () => clock,
    ...(row?.build == null ? {} : { build: row.build }),
    send: async ({ body, url }) => {
      // Where there is no body, all of it stands in the address.
      bodies.push(body || new URL(url).search.slice(1));
      return 204;
    },
    ...own,
  });
  const { telemetry } = loaded;
  telemetry["setup"]?.({ ...exampleSetup(contract), args: [], facts: factsOf(contract.model), ...fields, host });
  await loaded.loadFullContract(loaded.client);
  keepState(loaded, stored ?? row?.stored);
  const [emitter, ...given] = call;
  const values = given.length === 1 && Array.isArray(given[0]) ? (given[0] as unknown[]) : given;
  if (contract.model.delivery.mode === "periodic")
    await telemetry["reportOnce"]?.(() => telemetry[emitter]?.(...values));
  else {
    const byTheClock = telemetry[`${emitter}Every`] ?? (/Every$/.test(emitter) ? telemetry[emitter] : undefined);
    // What isn't due at the first start is asked again when it is.
    for (const look of byTheClock === undefined ? [] : [0, 1]) {
      clock += look * firstDue(contract.model);
      (byTheClock?.(...values.map((fields) => () => fields)) as { stop(): void } | undefined)?.stop();
    }
    const given = byTheClock === undefined ? await telemetry[emitter]?.(...values) : undefined;
    // What goes along in the program's own request is handed to it.
    if (contract.model.delivery.mode === "carried") return carriedIn(given as Carried | undefined);
    await new Promise((resolve) => setImmediate(resolve));
    clock += 2 * 86_400_000;
    await telemetry["flush"]?.();
  }
  return bodies;
}

function carriedIn({ headers = {}, query, body }: Partial<Carried> = {}): readonly string[] {
  const [first] = Object.values(headers);
  return [body ?? query ?? first].filter((text) => text !== undefined);
}

/** Returns the time after the first start at which everything by the clock is due; a moment where it is due at once. */
function firstDue({ events }: Model): number {
  return Math.max(1, ...events.map(({ schedule }) => (schedule?.firstAfter ?? 0) + (schedule?.jitter ?? 0)));
}

/** Returns why two bodies aren't the same; what the client finds out by itself need only be of one form. */
function different(model: Model, expected: unknown, body: string): string | undefined {
  const wire = model.wire as Wire;
  const isForm = wire.format === "form" && wire.body?.kind === "object";
  const inPairs = wire.format === "query" || isForm || /^(?:GET|HEAD)$/.test(model.destination.method ?? "");
  // A request without a body has none; what its address holds is told by pairs.
  if (inPairs && expected === "" && wire.format === "json") return undefined;
  if (inPairs && typeof expected !== "string") return differentPairs(expected, body);
  const sent = typeof expected === "string" ? body.trimEnd() : opened(wire, JSON.parse(decodedBody(wire, body)));
  const wanted = typeof expected === "string" ? expected.trimEnd() : opened(wire, structuredClone(expected));
  const own = new Set(
    [...fieldsOf(model, "common"), ...fieldsOf(model, "fields")]
      .flatMap(withInner)
      .filter(({ from }) => !["call", "setup"].includes(from.kind))
      .map(({ wireName }) => wireName),
  );
  const [found, known] = [placesIn(wire, sent), placesIn(wire, wanted)];
  for (const kind of ["fields", "times"] as const)
    for (const [at, { name, holder, key }] of found[kind].entries()) {
      const examples = known.fields.filter((one) => one.name === name);
      const example = kind === "times" ? known.times[at] : (examples.find((one) => one.key === key) ?? examples[0]);
      if (example === undefined) continue;
      const value = example.holder[example.key];
      if (kind === "fields" && !own.has(name)) alignInside(holder[key], value, own);
      else if (value !== undefined && sameForm(value, holder[key])) holder[key] = value;
    }
  return isDeepStrictEqual(sent, wanted) ? undefined : `sent ${JSON.stringify(sent)}`;
}

/** The same of what the client finds out inside of objects and lists. */
function alignInside(sent: unknown, example: unknown, own: ReadonlySet<string>): void {
  if (typeof sent !== "object" || sent === null || typeof example !== "object" || example === null) return;
  const [holder, wanted] = [sent as Record<string, unknown>, example as Record<string, unknown>];
  for (const key of Object.keys(holder))
    if (own.has(key) && !Array.isArray(sent) && sameForm(wanted[key], holder[key])) holder[key] = wanted[key];
    else alignInside(holder[key], wanted[key], own);
}

/** The same of names and values in lines, one for each event, or in an address. */
function differentPairs(expected: unknown, body: string): string | undefined {
  const wanted = [expected].flat() as readonly Readonly<Record<string, unknown>>[];
  const sent = body
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Object.fromEntries(new URLSearchParams(line)));
  const made = sent.map((one, at) =>
    Object.fromEntries(
      Object.entries(one).map(([key, value]) => {
        const example = wanted[at]?.[key];
        const isMade = typeof example === "string" && /^[0-9a-fA-F-]{8,}$/.test(example) && sameForm(example, value);
        return [key, isMade ? example : value];
      }),
    ),
  );
  return isDeepStrictEqual(made, wanted) ? undefined : `sent ${JSON.stringify(sent)}`;
}

/** Two texts of as many characters of the same kinds, two numbers, or the like. */
function sameForm(a: unknown, b: unknown): boolean {
  if (typeof a !== typeof b) return false;
  return (
    typeof a !== "string" || typeof b !== "string" || a === b || !/^[0-9a-fA-F-]{8,}$/.test(a) || a.length === b.length
  );
}
