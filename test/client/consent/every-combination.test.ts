import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { valueAt } from "../../../templates/client/runtime/config-value.js";
import { decide } from "../../../templates/client/runtime/consent.js";
import type { ConsentContract, Contract, Match } from "../../../templates/client/runtime/contract.js";
import { parseState, validKeys } from "../../../templates/client/runtime/state.js";
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
    for (const world of worlds) {
      const expected = oracle(spec, world);
      seen.add(`${expected.enabled} ${expected.decidedBy}`);
      const decision = decide(contract.consent, sourcesOf(world, contract));
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

function sourcesOf({ env, build, config, stored }: World, contract: Contract) {
  return {
    env,
    build,
    config: (name: string, key: string) => {
      if (config[name] === "unreadable") throw new Error("unreadable");
      return valueAt(config[name], key);
    },
    stored: () => {
      const content = stored === null ? undefined : parseState(stored);
      return content && validKeys({ contract }, content);
    },
  };
}

describe("contracts that nobody has written yet", () => {
  const value = fc.constantFrom<string | boolean>("", "0", "1", " ", "true", "false", true, false, "yes", " Off ", "x");
  const text = fc.constantFrom("", "0", "1", " ", "true", "false", "yes", " Off ", "x", "ON");
  const match = fc.oneof<fc.Arbitrary<Match>[]>(
    fc.array(value, { minLength: 1, maxLength: 3 }),
    fc.constantFrom<Match>("truthy", "falsy", "present", "non-empty"),
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
        const order = steps.map(([where, matches]) => ({ ...where, ...matches })) as ConsentContract["order"];
        const state_file = {
          keys: { s: { type: "enum", values: ["", "0", "1", " ", "true", "false", "yes", " Off ", "x"] } },
        };
        const contract = {
          ...contracts.codegraph,
          state: { path: "~/s", keys: { s: { enum: state_file.keys.s.values } } },
        };
        const consent: ConsentContract = { model, evaluated: "every-event", order, builds: {}, epoch: 1 };
        const spec: SpecConsent = { model, order: order as readonly Record<string, unknown>[], state_file };
        expect(decide(consent, sourcesOf(found as World, contract as never))).toEqual(oracle(spec, found as World));
      }),
      { numRuns: 3000 },
    );
  });
});

test("a step that decides leaves the places behind it unread", () => {
  const { client } = machine(contracts.docglow, { env: { DOCGLOW_NO_TELEMETRY: "1" } });
  const fail = () => expect.unreachable();
  expect(
    decide(client.contract.consent, { env: client.host.env, build: undefined, config: fail, stored: fail }).decidedBy,
  ).toBe("DOCGLOW_NO_TELEMETRY");
});
