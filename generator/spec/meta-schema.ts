import { WARNINGS } from "../diagnostics/codes.js";
import { printJson } from "../emit/print-json.js";
import { matchSchema } from "../language/consent/matches/index.js";
import type { JsonValue } from "../model/json-schema.js";
import { CLIENTS } from "./structure/clients.js";
import { CONSENT } from "./structure/consent.js";
import { DASHBOARDS } from "./structure/dashboards.js";
import { DELIVERY } from "./structure/delivery.js";
import { DESTINATION } from "./structure/destination.js";
import { EVENTS, METRICS } from "./structure/events.js";
import { FIELD_DEFINITIONS } from "./structure/fields.js";
import { IDENTIFIERS } from "./structure/identifiers.js";
import { INGEST } from "./structure/ingest.js";
import { LEGAL } from "./structure/legal.js";
import { HISTORY, MATCH, PROMISES, STORES, silence } from "./structure/lists.js";
import { NAMES } from "./structure/names.js";
import { DATE, PRODUCT } from "./structure/patterns.js";
import type { Definitions, Keyed } from "./structure/resolve.js";
import { described, mapOf, record, ref, type Schema, text, texts, whole } from "./structure/schema.js";
import { WIRE } from "./structure/wire.js";

/** The keys of a spec in reading order: what you should know, what is sent, how it travels. */
const TOP_LEVEL = {
  telemetry_spec: { description: "Version of this language.", const: 1 },
  product: { description: "Names the generated files.", type: "string", pattern: PRODUCT, maxLength: 64 },
  title: text("Head of TELEMETRY.md."),
  summary: text("The first paragraph of TELEMETRY.md."),
  schema_version: whole("Raised when anything that is sent changes.", 1),
  consent_epoch: whole("Raised when more is collected, so that people are told again. 1 by default.", 1),
  why: texts("The questions the data answers.", { minItems: 1 }),
  never_collected: texts("What is never sent.", { minItems: 1 }),
  policy: text("A policy that is complied with."),
  contact: text("Whom to ask."),
  legal: described("Who answers for it before the law. Printed.", LEGAL),
  licence: text("The licence of this list: `CC0-1.0`."),
  consent: described("Who decides; `none`: nobody can turn it off.", CONSENT),
  justification: text("With `consent: none`: why there is no switch."),
  identifiers: {
    description: "`none`, or what can tell one person, machine or workload from another.",
    ...IDENTIFIERS,
  },
  destination: described("Where it goes.", DESTINATION),
  types: described("Name → type, for `type` and `of`.", mapOf(ref("namedShape"), ref("typeName"))),
  common: described("Sent with every event.", mapOf(ref("field"))),
  events: described("Name → event.", EVENTS),
  metrics: described("Name → Prometheus gauge.", METRICS),
  max_bits: {
    description: "How finely one event may tell people apart, identifiers aside.",
    type: "number",
    minimum: 0,
  },
  guarantees: { description: "Promises that are tested.", ...PROMISES },
  wire: { description: "What travels, drawn.", ...WIRE },
  delivery: described("When it is sent.", DELIVERY),
  ingest: described("What the receiver does.", INGEST),
  clients: described("The product's languages. TypeScript by default.", CLIENTS),
  dashboards: { description: "What is made of the data.", ...DASHBOARDS },
  page: texts("This product's other contracts, for the page: `[../crash/events.yaml]`.", {
    minItems: 1,
    uniqueItems: true,
  }),
  shared: described(
    "Identifier → the other contracts that use it. Filled in from theirs.",
    mapOf(texts("The contracts.", { minItems: 1, uniqueItems: true }), undefined, { minProperties: 1 }),
  ),
  queues: texts("The queues of the other contracts that share its consent. Filled in from theirs.", {
    minItems: 1,
    uniqueItems: true,
  }),
  retired: {
    ...record(
      {
        since: { description: "From which day on.", type: "string", pattern: DATE },
        why: text("Why, for people."),
      },
      ["since", "why"],
    ),
    description: "Nothing is sent any more.",
  },
  open_questions: texts("What is not decided yet."),
  silence: { description: "Warnings that don't apply, each with a reason.", ...silence(WARNINGS) },
  history: { description: "What changed, by schema_version.", ...HISTORY },
} as const satisfies Record<string, Schema>;

export const REQUIRED: ReadonlySet<string> = new Set([
  "telemetry_spec",
  "product",
  "title",
  "summary",
  "schema_version",
  "why",
  "never_collected",
  "consent",
  "identifiers",
  "destination",
  "wire",
  "delivery",
  "history",
] satisfies readonly (keyof typeof TOP_LEVEL)[]);

/** The whole: a schema of a map whose definitions are at hand. */
export interface MetaSchema extends Keyed {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly definitions: Definitions;
}

const META_SCHEMA: MetaSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "events.yaml (telemetry_spec 1)",
  description:
    "The structure of a product's telemetry contract. What structure alone can't say is checked by `plainsight check`.",
  ...record(TOP_LEVEL, [...REQUIRED], { oneOf: [{ required: ["events"] }, { required: ["metrics"] }] }),
  properties: TOP_LEVEL,
  definitions: {
    ...NAMES,
    match: MATCH,
    enableMatch: matchSchema("enable"),
    disableMatch: matchSchema("disable"),
    stores: STORES,
    ...FIELD_DEFINITIONS,
  },
};

/** The structure of a spec as JSON Schema draft-07, assembled from the field types' registry and the structure tables. */
export function metaSchema(): MetaSchema {
  return META_SCHEMA;
}

/** The text of `events.schema.json`, for editors: `# yaml-language-server: $schema=…`. */
export function metaSchemaText(): string {
  const { $schema, ...rest } = META_SCHEMA;
  const $comment = "Code generated by plainsight. DO NOT EDIT.";
  return printJson({ $schema, $comment, ...(forEditors(rest) as Schema) });
}

/** Keywords whose members are named by the contract's language, not by JSON Schema. */
const NAMED: ReadonlySet<string> = new Set(["definitions", "properties"]);

/**
 * Sets required keys apart from the properties, which says the same: editors' language server would offer each object with required
 * keys as one more item of its own, "object(…)".
 */
function forEditors(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((one: JsonValue) => forEditors(one));
  if (typeof value !== "object" || value === null) return value;
  const schema: Record<string, JsonValue> = {};
  for (const [keyword, inner] of Object.entries(value))
    schema[keyword] = NAMED.has(keyword)
      ? Object.fromEntries(Object.entries(inner as Schema).map(([name, one]) => [name, forEditors(one)]))
      : forEditors(inner as JsonValue);
  const { required, ...rest } = schema;
  if (required === undefined || !("properties" in rest)) return schema;
  return { ...rest, allOf: [...((rest["allOf"] as readonly JsonValue[] | undefined) ?? []), { required }] };
}
