import type { JsonValue } from "../model/json-schema.js";
import type { Field, Model, Type } from "../model/model.js";
import type { Exported } from "./export.js";
import { type Item, inAddress, itemsOf } from "./items.js";
import { yamlText } from "./yaml.js";

type Data = { readonly [key: string]: JsonValue };

/**
 * A registry of semantic conventions, as Weaver reads it: one group of attributes, and an event or a metric each that refers to them. An
 * attribute's name has the product's in front, and the event's where two events mean different things by one name.
 */
export function otel(model: Model): Exported {
  const items = itemsOf(model);
  const lost: { where: string; what: string }[] = [
    ...inAddress(model),
    { where: "consent", what: "who decides, and how, is not in a registry" },
    { where: "destination", what: "where it goes and for how long is not in a registry" },
  ];
  const attributes = new Map<string, Data>();
  const namesOf = namer(model, items);
  const groups = items.map((item): Data => {
    const refs = item.fields.flatMap((field) =>
      flat(field).map(({ field: leaf, path }) => {
        const name = `${namesOf(item, field)}${path}`;
        if (!attributes.has(name)) attributes.set(name, attributeOf(leaf, name, lost));
        return { ref: name, requirement_level: leaf.optional || leaf.onlyWhen.length > 0 ? "recommended" : "required" };
      }),
    );
    const head =
      item.metric === undefined
        ? { id: `event.${model.product}.${slug(item.name)}`, type: "event", name: item.name }
        : {
            id: `metric.${model.product}.${slug(item.name)}`,
            type: "metric",
            metric_name: item.name,
            instrument: "gauge",
            unit: item.metric.value.means === undefined ? "1" : `{${item.metric.value.means}}`,
          };
    return { ...head, stability: "development", brief: item.why, note: item.when, attributes: refs };
  });
  const registry: Data = {
    id: `registry.${model.product}`,
    type: "attribute_group",
    display_name: model.title,
    brief: model.summary,
    attributes: [...attributes.values()],
  };
  return { text: yamlText({ groups: [registry, ...groups] }), lost };
}

/** `tool.kind`, and `tool.install.kind` where another event has another `kind`. */
function namer(model: Model, items: readonly Item[]): (item: Item, field: Field) => string {
  const kinds = new Map<string, Set<string>>();
  for (const { fields } of items)
    for (const { wireName, type } of fields)
      kinds.set(wireName, (kinds.get(wireName) ?? new Set()).add(JSON.stringify(type.schema)));
  return (item, { wireName }) =>
    (kinds.get(wireName)?.size ?? 0) > 1
      ? `${model.product}.${slug(item.name)}.${wireName}`
      : `${model.product}.${wireName}`;
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");
}

/** An attribute is no object: its fields are attributes of their own. */
function flat(field: Field): readonly { readonly field: Field; readonly path: string }[] {
  if (field.type.fields === undefined) return [{ field, path: "" }];
  return field.type.fields.flatMap((inner) =>
    flat(inner).map(({ field: leaf, path }) => ({
      field: { ...leaf, optional: leaf.optional || field.optional },
      path: `.${inner.wireName}${path}`,
    })),
  );
}

function attributeOf(field: Field, name: string, lost: { where: string; what: string }[]): Data {
  const { type, why, note, nullable, example } = field;
  const lose = (what: string) => lost.push({ where: name, what });
  if (nullable) lose("an attribute can't be null; it is left out instead");
  const ownType = typeOf(type, lose);
  const said = [note, rule(type)].filter((text) => text !== undefined).join(" ");
  return {
    id: name,
    type: ownType,
    stability: "development",
    brief: why === "" ? name : why,
    ...(said === "" ? {} : { note: said }),
    ...(typeof ownType === "string" && typeof example !== "object" ? { examples: [example] } : {}),
  };
}

/** Returns what the type alone doesn't say. */
function rule(type: Type): string | undefined {
  if (type.values !== undefined || type.kind === "bool") return undefined;
  return `${type.rule.charAt(0).toUpperCase()}${type.rule.slice(1)}${type.schema.pattern === undefined ? "" : `: ${type.schema.pattern}`}.`;
}

const simple: Readonly<Record<string, string>> = {
  string: "string",
  integer: "int",
  number: "double",
  boolean: "boolean",
};

function typeOf(type: Type, lose: (what: string) => void): JsonValue {
  const texts = type.values?.filter((one): one is string => typeof one === "string") ?? [];
  if (type.values !== undefined && texts.length === type.values.length)
    return {
      allow_custom_values: false,
      members: texts.map((value, index) => ({
        id: slug(value) || `value_${index}`,
        value,
        brief: value,
        stability: "development",
      })),
    };
  const isWhole = type.values?.every(Number.isInteger) === true;
  const word = simple[String(type.schema.type ?? (isWhole ? "integer" : typeof type.values?.[0]))];
  if (type.keys !== undefined && type.of !== undefined) {
    lose("which keys it may have is not in a registry");
    return `template[${simple[String(type.of.schema.type)] ?? "string"}]`;
  }
  if (type.cases !== undefined) {
    lose(`its type depends on ${type.by}, which a registry can't say`);
    return "any";
  }
  if (type.of !== undefined) {
    if (type.of.fields !== undefined) {
      lose("a list of objects becomes a list of texts");
      return "string[]";
    }
    if (type.of.values !== undefined) lose("which values its items may have is not in a registry");
    return `${simple[String(type.of.schema.type ?? "string")] ?? "string"}[]`;
  }
  if (word === undefined) lose("its type becomes text");
  if (type.schema.pattern !== undefined || type.schema.maximum !== undefined)
    lose("its form or range is only in its note");
  return word ?? "string";
}
