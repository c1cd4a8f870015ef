import { readFileSync, rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Client } from "../../../templates/client/runtime/client.js";
import { config } from "../../../templates/client/runtime/config/config-value.js";
import {
  anyExcept,
  type ConsentStep,
  decide,
  exactly,
  falsy,
  type Match,
  nonEmpty,
  stored,
  truthy,
} from "../../../templates/client/runtime/consent/consent.js";
import { orNothing } from "../../../templates/client/runtime/consent/or-nothing.js";
import { present } from "../../../templates/client/runtime/consent/present.js";
import type { Contract } from "../../../templates/client/runtime/contract.js";
import { oneOf } from "../../../templates/client/runtime/values/values.js";
import { fc } from "../../support/property.js";
import { contracts, machine, type System, specs } from "./machine.js";
import { oracle, type SpecConsent, type World } from "./oracle.js";

const texts = [
  "",
  " ",
  "0",
  "1",
  "2",
  "00",
  "0 ",
  " 1",
  "true",
  "TRUE",
  "false",
  "False",
  " yes ",
  "YES",
  "no",
  "on",
  "off",
  "maybe",
];
const values: readonly unknown[] = [
  true,
  false,
  null,
  0,
  1,
  "",
  "true",
  "false",
  "FALSE",
  " false ",
  "yes",
  "no",
  "0",
  "1",
  {},
  [],
  [true],
];
const states = [null, "", "{not json", "[]", "[true]", "null", "true", '"yes"', "{}", '{"x":1}', "\u0000"];

for (const [name, contract] of Object.entries(contracts)) {
  const spec = (parse(readFileSync(specs[name as System], "utf8")) as { consent: SpecConsent }).consent;

  test(`${name}: every environment, configuration, state and build decides as the language says`, () => {
    const worlds = everyWorld(spec);
    expect(worlds.length).toBeGreaterThan(5);
    const seen = new Set<string>();
    const decided = inWorlds(contract);
    // One file after another, since the disk is what takes time.
    for (const world of worlds.toSorted((a, b) => ((a.stored ?? "") < (b.stored ?? "") ? -1 : 1))) {
      const expected = oracle(spec, world);
      seen.add(`${expected.enabled} ${expected.decidedBy}`);
      const decision = decided(world);
      if (decision.enabled !== expected.enabled || decision.decidedBy !== expected.decidedBy)
        expect({ world, decision }).toEqual({ world, decision: expected });
    }
    // Whoever can decide did, at least once; a step that only denies never granted.
    for (const step of spec.order ?? []) {
      const who = String(step["env"] ?? ("config" in step ? "config" : "stored"));
      expect(seen).toContain(`false ${who}`);
      expect(seen.has(`true ${who}`)).toBe(
        "enable_when" in step || ("env" in step === false && !("disable_when" in step)),
      );
    }
  });
}

/** All of them, for contracts of four places at most. */
function everyWorld(spec: SpecConsent): World[] {
  const steps = spec.order ?? [];
  let worlds: World[] = [undefined, "unknown", "constructor", ...Object.keys(spec.builds ?? {})].map((build) => ({
    env: {},
    config: {},
    stored: null,
    ...(build === undefined ? {} : { build }),
  }));
  const widen = (more: (world: World) => World[]) => {
    worlds = worlds.flatMap((world) =>
      world.build === undefined || world.build === Object.keys(spec.builds ?? {})[0]
        ? [world, ...more(world)]
        : [world],
    );
  };
  for (const step of steps) {
    if (typeof step["env"] === "string") {
      const variable = step["env"];
      widen((world) => texts.map((text) => ({ ...world, env: { ...world.env, [variable]: text } })));
    } else if (typeof step["config"] === "string") {
      const config = step["config"];
      const path = String(step["key"]).split(".");
      const contents = [
        {},
        null,
        "unreadable",
        { other: true },
        ...values.map((value) => path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value)),
      ];
      widen((world) => contents.map((content) => ({ ...world, config: { ...world.config, [config]: content } })));
    } else {
      const key = String(step["stored"]);
      const all = [...states, ...[...values, "unset"].map((value) => JSON.stringify({ [key]: value }))];
      widen((world) => all.map((stored) => ({ ...world, stored })));
    }
  }
  return worlds;
}

/** Asks the resolver on a machine that is made anew for each world. */
function inWorlds(contract: Contract) {
  const { client, place, writeState } = machine(contract);
  const { home, now } = client.host;
  const host = { ...client.host, home, now };
  let lies: string | null | undefined;
  return ({ env, build, config, stored }: World) => {
    if (lies !== stored && stored !== null) writeState(stored);
    else if (stored === null) rmSync(place, { force: true });
    lies = stored;
    const read = (name: string) => {
      if (config[name] === "unreadable") throw new Error("unreadable");
      return config[name];
    };
    client.host = { ...host, env, build, config: read };
    return decide(client);
  };
}

describe("contracts that nobody has written yet", () => {
  const value = fc.constantFrom<string | boolean>("", "0", "1", " ", "true", "false", true, false, "yes", " Off ", "x");
  const text = fc.constantFrom("", "0", "1", " ", "true", "false", "yes", " Off ", "x", "ON");
  const match = fc.oneof(
    fc.array(value, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("truthy", "falsy", "present", "non-empty"),
    fc.record({ any_except: fc.array(text, { minLength: 1, maxLength: 2 }) }),
  );
  const when = fc.record({ enable_when: match, disable_when: match }, { requiredKeys: ["disable_when"] });
  const place = fc.oneof(
    fc.constantFrom({ env: "A" }, { env: "B" }),
    fc.constantFrom({ config: "c.yml", key: "a.b" }, { config: "c.yml", key: "a" }),
    fc.constant({ stored: "s" }),
  );
  const order = fc.array(fc.tuple(place, when), { maxLength: 4 });
  const world = fc.record({
    env: fc.dictionary(fc.constantFrom("A", "B"), text),
    config: fc.oneof(
      fc.constant({}),
      fc.constant({ "c.yml": "unreadable" }),
      fc.record({ "c.yml": fc.oneof(fc.record({ a: value }), fc.record({ a: fc.record({ b: value }) })) }),
    ),
    stored: fc.oneof(
      fc.constant(null),
      value.map((s) => JSON.stringify({ s })),
    ),
  });

  test("decide as the oracle says", () => {
    fc.assert(
      fc.property(order, fc.constantFrom<"opt-in" | "opt-out">("opt-in", "opt-out"), world, (steps, model, found) => {
        const values = ["", "0", "1", " ", "true", "false", "yes", " Off ", "x"];
        const state_file = { keys: { s: { type: "enum", values } } };
        const order = steps.map(([where, matches]) => ({ ...where, ...matches }) as Written);
        const consent = {
          ...(model === "opt-out" && { optOut: true as const }),
          order: order.map(asGenerated(values, order, model)),
        };
        const spec: SpecConsent = {
          model,
          order: order as readonly object[] as readonly Record<string, unknown>[],
          state_file,
        };
        expect(inWorlds({ ...contracts.codegraph, consent })(found as World)).toEqual(oracle(spec, found as World));
      }),
      { numRuns: 3000 },
    );
  });
});

interface Written {
  readonly env?: string;
  readonly config?: string;
  readonly key?: string;
  readonly stored?: string;
  readonly enable_when?: WrittenMatch;
  readonly disable_when?: WrittenMatch;
}
type WrittenMatch =
  | readonly unknown[]
  | "truthy"
  | "falsy"
  | "present"
  | "non-empty"
  | { readonly any_except: readonly string[] };

/** A step as it is written in a contract, and as it is generated. */
const same: typeof orNothing = (find) => find;

function asGenerated(
  values: readonly string[],
  order: readonly Written[],
  model: string,
): (written: Written, at: number) => ConsentStep {
  const isAbove = (key: string) => order.some((other) => other.key?.startsWith(`${key}.`) === true);
  const isOff = (at: number) =>
    model === "opt-in" && order.slice(at + 1).every((later) => later.enable_when === undefined);
  return ({ env, config: name, key = "", stored: kept = "", enable_when, disable_when }, at) => ({
    ...(env === undefined
      ? name === undefined
        ? { by: "stored", find: (isOff(at) ? orNothing : same)(stored(kept, oneOf(values))) }
        : { by: "config", find: config(name, key, ...kindsOf({ enable_when, disable_when }, isAbove(key))) }
      : { by: env }),
    ...(enable_when && { enable: matchOf(enable_when) }),
    ...(disable_when && { disable: matchOf(disable_when) }),
  });
}

/** Returns the kinds of values a step is about, where both sides name theirs one by one. */
function kindsOf(
  { enable_when, disable_when }: { readonly [Side in "enable_when" | "disable_when"]: WrittenMatch | undefined },
  above: boolean,
): readonly string[] {
  const written = [enable_when, disable_when].filter((side) => side !== undefined);
  const named = written.every(Array.isArray) ? written.flat().map((value) => typeof value) : undefined;
  return above ? [...(named ?? ["string", "boolean", "number"]), "object"] : (named ?? []);
}

function matchOf(written: WrittenMatch): Match {
  if (Array.isArray(written)) return exactly(...written);
  if (typeof written === "object") return anyExcept(...(written as { any_except: readonly string[] }).any_except);
  return { truthy, falsy, present, "non-empty": nonEmpty }[written];
}

test("a step that decides leaves the places behind it unread", () => {
  const fail = () => expect.unreachable();
  const { client } = machine(contracts.docglow, { env: { DOCGLOW_NO_TELEMETRY: "1" }, config: fail });
  const watched: Client = { ...client, contract: { ...client.contract, state: fail } };
  expect(decide(watched).decidedBy).toBe("DOCGLOW_NO_TELEMETRY");
});
