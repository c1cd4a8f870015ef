import { expect, test } from "vitest";
import type { JsonValue } from "../../../generator/model/json-schema.js";
import type { Field, Model, Type } from "../../../generator/model/model.js";
import { payloadSchema } from "../../../generator/payload/payload-schema.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { wireKeys } from "../../wire-keys.js";
import { contract, FIVE } from "../five.js";
import { type Parsed, parsePage } from "./parse-page.js";

test.each(FIVE)("what the page of %s lists is what its contract allows, no more and no less", (product) => {
  const model = contract(product);
  expect(parsePage(docsTarget.generate(model)[0]?.text ?? "")).toEqual(said(model));
});

test.each(FIVE)("the JSON Schema of %s names the same events, fields and values", (product) => {
  const model = contract(product);
  const page = parsePage(docsTarget.generate(model)[0]?.text ?? "");
  const { definitions = {} } = payloadSchema(model);
  expect(Object.keys(definitions).sort()).toEqual(
    [...model.events, ...model.metrics].map(({ wireName }) => wireName).sort(),
  );
  for (const [event, schema] of Object.entries(definitions)) {
    const inner = schema.properties?.props ?? schema.properties?.labels ?? schema;
    const properties = Object.entries((typeof inner === "object" && inner.properties) || {});
    const shared = { ...page["With every event"], event: [event] };
    for (const [name, property] of properties) {
      const listed = page[event]?.[name] ?? shared[name as "event"];
      const values =
        typeof property === "object"
          ? (property.enum ?? (property.const === undefined ? undefined : [property.const]))
          : undefined;
      if (values !== undefined && Array.isArray(listed))
        expect(listed.map(unquoted), `${event}.${name}`).toEqual(values.map(String));
      expect(listed, `${event}.${name}`).toBeDefined();
    }
  }
});

/** The same, taken from the model. */
function said(model: Model): Parsed {
  const sections: (readonly [string, readonly Field[]])[] = [
    ...model.events.map(({ fields, wireName }) => [wireName, fields] as const),
    ...model.metrics.map(({ labels, wireName }) => [wireName, labels] as const),
  ];
  if (model.common.length > 0)
    sections.push([wireKeys(model).format === "json-batch" ? "With every request" : "With every event", model.common]);
  if (model.destination.urlFields.length > 0) sections.push(["In the address", model.destination.urlFields]);
  return Object.fromEntries(
    sections.map(([name, fields]) => [name, Object.fromEntries(fields.flatMap((field) => entries(field)))]),
  );
}

function entries(field: Field, within = ""): readonly (readonly [string, readonly string[] | "open"])[] {
  const name = within + field.wireName;
  return [
    [name, closed(field.type)] as const,
    ...(field.type.fields ?? []).flatMap((inner) => entries(inner, `${name}.`)),
  ];
}

function closed({ of, values }: Type): readonly string[] | "open" {
  const all = of?.values ?? values;
  return all === undefined ? "open" : all.map(written);
}

/** As the page writes it: text that looks like something else is quoted. */
function written(value: JsonValue): string {
  return typeof value === "string" && ["", "true", "false"].includes(value) ? JSON.stringify(value) : String(value);
}

function unquoted(text: string): string {
  return text.startsWith('"') ? String(JSON.parse(text)) : text;
}
