import type { JsonValue } from "../model/json-schema.js";
import type { Field, Identifier, Model } from "../model/model.js";
import type { Exported } from "./export.js";
import { inAddress, isOpenText, itemsOf } from "./items.js";
import { yamlText } from "./yaml.js";

/** The thing an identifier tells apart → a category of Fides's taxonomy that its older and newer versions both have. */
const identifies: Readonly<Record<Identifier["identifies"], string>> = {
  user: "user.unique_id",
  account: "user.unique_id",
  session: "user.unique_id",
  other: "user.unique_id",
  machine: "user.device.device_id",
  organisation: "user.workplace",
  cluster: "system.operations",
  workload: "system.operations",
  project: "system.operations",
  environment: "system.operations",
  server: "system.operations",
};

/** Sources that say what the program runs on. */
const aboutDevice = new Set(["os", "arch", "node-major", "package-version", "runtime-version"]);

/** A dataset: one collection for each event, one field for each field, with a category that a person should look over. */
export function fides(model: Model): Exported {
  const { destination, product, summary, title } = model;
  const collections = itemsOf(model).map(({ name, why, fields, metric }) => ({
    name,
    description: why,
    fields: [
      ...fields.map((field) => fieldOf(field, model)),
      ...(metric === undefined
        ? []
        : [{ name: "value", description: metric.value.means ?? "The value.", data_categories: ["system.operations"] }]),
    ],
  }));
  const address =
    destination.clientIp === "stored"
      ? [
          {
            name: "request",
            description: "What the receiver keeps of a request.",
            fields: [
              { name: "client_ip", description: "The sender's address.", data_categories: ["user.device.ip_address"] },
            ],
          },
        ]
      : [];
  const dataset = {
    fides_key: `${product.replaceAll(/[^A-Za-z0-9_.-]/g, "_")}_telemetry`,
    organization_fides_key: "default_organization",
    name: title,
    description:
      destination.retention?.raw === undefined ? summary : `${summary} Kept for ${destination.retention.raw}.`,
    collections: [...collections, ...address],
  };
  return {
    text: yamlText({ dataset: [dataset] }),
    lost: [
      ...inAddress(model),
      { where: "data_categories", what: "they are suggested by a field's source, and a person should look them over" },
      { where: "consent", what: "who decides, and how, is not part of a dataset" },
      ...(destination.retention?.raw === undefined
        ? [{ where: "retention", what: "how long it is kept is not stated in the contract" }]
        : []),
    ],
  };
}

function fieldOf(field: Field, model: Model): { readonly [key: string]: JsonValue } {
  const { wireName, why, type } = field;
  const inner = type.fields ?? type.of?.fields ?? type.cases?.find((one) => one.type.fields !== undefined)?.type.fields;
  return {
    name: wireName,
    description: why === "" ? wireName : why,
    ...(inner === undefined ? { data_categories: [categoryOf(field, model)] } : {}),
    ...(inner === undefined
      ? {}
      : {
          fides_meta: { data_type: type.of === undefined ? "object" : "object[]" },
          fields: inner.map((one) => fieldOf(one, model)),
        }),
  };
}

function categoryOf(field: Field, { identifiers, metrics }: Model): string {
  const identifier = identifiers.find(({ name }) => name === field.type.identifier);
  if (identifier !== undefined) return identifies[identifier.identifies];
  if (field.from.kind === "schema-version") return "system.operations";
  if (aboutDevice.has(field.from.kind)) return "user.device";
  if (metrics.length > 0) return "system.operations";
  return isOpenText(field) ? "user.content" : "user.behavior";
}
