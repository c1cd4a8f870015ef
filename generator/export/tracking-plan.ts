import { escapeUnseen } from "../emit/escape.js";
import type { JsonValue } from "../model/json-schema.js";
import type { Model } from "../model/model.js";
import { fieldsSchema, metricSchema, sentences } from "../payload/event-schema.js";
import type { Exported } from "./export.js";
import { type Item, inAddress, itemsOf } from "./items.js";

/** A tracking plan as Segment's interface takes it: rules by event, in which a message's `properties` are described. */
export function segment(model: Model): Exported {
  const events = itemsOf(model).map((item) => ({
    name: item.name,
    description: sentences(item.when, item.why),
    version: 1,
    rules: message(item),
  }));
  return {
    text: json({
      name: model.product,
      display_name: model.title,
      description: model.summary,
      rules: { events, global: {}, identify_traits: [], group_traits: [] },
    }),
    lost: lostInPlans(model),
  };
}

/** A tracking plan as RudderStack keeps it: a list of rules with a key. */
export function rudder(model: Model): Exported {
  const rules = itemsOf(model).map((item) => ({
    type: "TRACK",
    key: item.name,
    description: sentences(item.when, item.why),
    version: 1,
    jsonSchema: message(item),
  }));
  return {
    text: json({ name: model.product, description: model.summary, version: "1.0.0", rules }),
    lost: lostInPlans(model),
  };
}

function message({ fields, metric }: Item): JsonValue {
  const schema = fieldsSchema(fields);
  const value = metric === undefined ? {} : { value: metricSchema(metric).properties?.["value"] };
  const properties = {
    ...schema,
    properties: { ...schema.properties, ...value },
    required: [...(schema.required ?? []), ...Object.keys(value)],
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    properties: { context: {}, traits: {}, properties: properties as unknown as JsonValue },
    required: ["properties"],
  };
}

/** A plan says what an event may hold, and nothing of what becomes of it. */
function lostInPlans(model: Model): Exported["lost"] {
  const { identifiers, metrics, events } = model;
  return [
    ...inAddress(model),
    { where: "consent", what: "who decides, and how, is not in a tracking plan" },
    {
      where: "destination",
      what: "where it goes, for how long and what happens to the IP address is not in a tracking plan",
    },
    ...identifiers.map(({ name }) => ({
      where: name,
      what: "that it is an identifier, and how it is reset, is not in a tracking plan",
    })),
    ...metrics.map(({ wireName }) => ({ where: wireName, what: "a metric becomes an event with a value" })),
    ...events.flatMap(({ wireName, rollup, limit, sample }) =>
      rollup === undefined && limit === undefined && sample === undefined
        ? []
        : [{ where: wireName, what: "how often it is sent is not in a tracking plan" }],
    ),
    {
      where: "context",
      what: "what the library adds (an address, a page, a device) is not in the contract, and a plan doesn't hold it back",
    },
  ];
}

function json(value: unknown): string {
  return `${escapeUnseen(JSON.stringify(value, null, 2))}\n`;
}
