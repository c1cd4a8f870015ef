import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { type Literal, PureCall } from "../../generator/emit/literal.js";
import type { JsonSchema } from "../../generator/model/json-schema.js";
import type { Model } from "../../generator/model/model.js";
import { schemaData } from "../../generator/targets/typescript/field-data.js";
import * as numbers from "../../templates/client/runtime/values/numbers.js";
import * as values from "../../templates/client/runtime/values/values.js";
import { modelOf } from "../evolve/read-case.js";
import { fc } from "../support/property.js";
import { modelOfSystem, systems } from "../worker/generated-worker.js";
import { randomFrom } from "../worker/random.js";
import { randomSpec } from "../worker/random-contract.js";

/** The client lets through exactly what the published schema allows, of every type that is met. */
const functions = { ...numbers, ...values } as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Evaluates the generated code. */
function made(data: Literal): unknown {
  if (data instanceof PureCall) {
    const named = functions[data.name];
    return data.args === undefined ? named : named?.(...data.args.map(made));
  }
  return Array.isArray(data) ? data.map(made) : data;
}

const models: readonly Model[] = [
  ...systems.map((system) => modelOfSystem(system)),
  ...Array.from({ length: 40 }, (_, seed) => modelOf(JSON.stringify(randomSpec(randomFrom(seed))), "spec/events.yaml")),
];
const fields = models.flatMap(({ common, events, metrics }) => [
  ...common,
  ...events.flatMap((event) => event.fields),
  ...metrics.flatMap(({ labels }) => labels),
]);
const schemas = new Map(
  fields.flatMap(({ type }) => (type.fields ? [] : [[JSON.stringify(type.schema), type.schema] as const])),
);

/** Anything, and what lies next to the schema's edges. */
function near({ enum: all = [], minimum = 0, maximum = 9, maxLength = 9, items, const: only }: JsonSchema) {
  const numbers = [minimum, maximum].flatMap((edge) => [edge - 1, edge, edge + 1, edge + 0.5]);
  const texts = ["", "a", "1.2.3", "claude", "x".repeat(maxLength), "x".repeat(maxLength + 1)];
  const known = [only ?? null, ...all, ...numbers, ...texts, true, null];
  const one = fc.oneof(fc.constantFrom<unknown>(...known), fc.stringMatching(/^[a-z0-9.+-]{0,12}$/), fc.jsonValue());
  return items === undefined ? one : fc.oneof(one, fc.array(fc.oneof(one, fc.constantFrom(...(items.enum ?? ["a"])))));
}

describe("the client's checks and the schema", () => {
  it("are compared on enough types", () => expect(schemas.size).toBeGreaterThan(60));

  it.each([...schemas.values()].map((schema) => [JSON.stringify(schema), schema] as const))("%s", (_, schema) => {
    const allowed = new Ajv({ strict: false, allErrors: false }).compile(schema);
    const take = made(schemaData(schema)) as (given: unknown) => unknown;
    fc.assert(
      fc.property(near(schema), (value) => {
        // As it travels: JSON knows one zero.
        expect(JSON.stringify(take(value))).toEqual(allowed(value) ? JSON.stringify(value) : undefined);
      }),
      { numRuns: 200 },
    );
  });
});
