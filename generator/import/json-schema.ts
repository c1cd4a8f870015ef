import { scalar } from "../emit/yaml-scalar.js";
import {
  type Collector,
  type Data,
  type DataMap,
  type ImportedField,
  listIn,
  mapIn,
  said,
  textIn,
} from "./imported.js";
import { bounds, numberOf } from "./schema-numbers.js";
import { followed, without } from "./schema-references.js";
import { unsaid } from "./schema-words.js";

const deepest = 12;
/** The schemas that may be read of one document. References let a few lines stand for more than there is room for. */
const most = 250_000;
const tooMuch = `left out: with what its references lead to, the file holds more than ${most.toLocaleString("en")} schemas`;

/** Reads schemas of draft-04 to 2020-12, within one document. What has no counterpart in a contract is given to the collector. */
export class SchemaReader {
  readonly #root: Data;
  readonly #collector: Collector;
  /** References that are being followed: what leads back to one of them contains itself. */
  readonly #active: string[] = [];
  #read = 0;

  constructor(root: Data, collector: Collector) {
    this.#root = root;
    this.#collector = collector;
  }

  /** Follows references within the document; what leads in a circle or elsewhere is lost. */
  #resolved(schema: Data | undefined, where: string, depth = 0): DataMap {
    const map = mapIn(schema);
    const ref = textIn(map["$ref"]);
    if (ref === undefined) return map;
    const target = ref.startsWith("#") ? followed(this.#root, ref) : undefined;
    if (target === undefined || depth > deepest) {
      this.#collector.lose(where, `the reference ${ref} leads to nothing in this file`);
      return {};
    }
    return { ...this.#resolved(target, where, depth + 1), ...without(map, "$ref") };
  }

  /** An object's schema with the parts of `allOf` in it. */
  #whole(schema: Data | undefined, where: string, depth = 0): DataMap {
    const map = this.#resolved(schema, where);
    this.#read += 1 + Object.keys(mapIn(map["properties"])).length;
    if (this.#read > most || depth > deepest) {
      this.#collector.lose(
        where,
        depth > deepest ? "left out: its `allOf` goes too deep, or round in a circle" : tooMuch,
      );
      return {};
    }
    const parts = listIn(map["allOf"]).map((part) => this.#whole(part, where, depth + 1));
    if (parts.length === 0) return map;
    const all = [without(map, "allOf"), ...parts];
    return {
      ...Object.assign({}, ...parts.toReversed()),
      ...without(map, "allOf"),
      // Not assigned: a property may be called `__proto__`.
      properties: Object.fromEntries(all.flatMap((one) => Object.entries(mapIn(one["properties"])))),
      required: all.flatMap((one) => listIn(one["required"])),
    };
  }

  /** The fields of an object's schema. */
  fields(schema: Data | undefined, where: string, depth = 0): readonly ImportedField[] {
    const map = this.#whole(schema, where);
    const required = new Set(listIn(map["required"]));
    if (map["additionalProperties"] !== false && Object.keys(mapIn(map["properties"])).length > 0)
      this.#collector.lose(where, "it let any other key through; the contract lets only those through that it names");
    return Object.entries(mapIn(map["properties"])).map(([name, one]) => ({
      name,
      type: this.type(one, name, `${where}.${name}`, depth + 1),
      description: textIn(mapIn(one)["description"]) ?? textIn(mapIn(one)["title"]),
      // Draft-03 said it at the property.
      optional: !required.has(name) && mapIn(one)["required"] !== true,
    }));
  }

  type(schema: Data | undefined, name: string, where: string, depth = 0): string | undefined {
    const ref = textIn(mapIn(schema)["$ref"]);
    const isCircle = ref !== undefined && this.#active.includes(ref);
    if (depth > deepest || isCircle || this.#read > most) {
      const what = depth > deepest ? "it is nested too deeply" : "it contains itself";
      this.#collector.lose(where, this.#read > most ? tooMuch : `left out: ${what}`);
      return undefined;
    }
    if (ref !== undefined) this.#active.push(ref);
    try {
      return this.#typeWithin(schema, name, where, depth);
    } finally {
      if (ref !== undefined) this.#active.pop();
    }
  }

  #typeWithin(schema: Data | undefined, name: string, where: string, depth: number): string | undefined {
    const map = this.#whole(schema, where);
    for (const keyword of unsaid) if (keyword in map) this.#collector.lose(where, `\`${keyword}\` has no counterpart`);
    const { schema: plain, nullable } = this.#withoutNull(map, where);
    if (plain === undefined) return undefined;
    const type = this.#plainType(plain, name, where, depth);
    return type === undefined ? undefined : `${type}${nullable ? ", nullable: true" : ""}`;
  }

  /** The schema without its null, and whether it had one. Of other alternatives none is chosen. */
  #withoutNull(map: DataMap, where: string): { readonly schema: DataMap | undefined; readonly nullable: boolean } {
    const alternatives = [...listIn(map["anyOf"]), ...listIn(map["oneOf"])].map((item) => this.#whole(item, where));
    if (alternatives.length > 0) {
      const rest = alternatives.filter(
        (alternative) => alternative["type"] !== "null" && alternative["const"] !== null,
      );
      const nullable = rest.length < alternatives.length;
      if (rest.length === 1) return { schema: { ...without(map, "anyOf", "oneOf"), ...rest[0] }, nullable };
      if (rest.every((one) => "const" in one))
        return { schema: { enum: rest.map((one) => one["const"] ?? null) }, nullable };
      this.#collector.lose(
        where,
        `left out: it is one of ${rest.length} alternatives; write the one that your program sends`,
      );
      return { schema: undefined, nullable };
    }
    const types = Array.isArray(map["type"]) ? (map["type"] as readonly Data[]) : [map["type"] ?? null];
    const values = listIn(map["enum"]);
    const rest = types.filter((type) => type !== "null");
    const nullable =
      rest.length < types.filter((type) => type !== null).length || values.includes(null) || map["nullable"] === true;
    if (rest.length > 1) {
      this.#collector.lose(
        where,
        `left out: it is of several types (${rest.join(", ")}); write the one that your program sends`,
      );
      return { schema: undefined, nullable };
    }
    return {
      schema: {
        ...map,
        type: rest[0] ?? null,
        ...(values.length > 0 ? { enum: values.filter((one) => one !== null) } : {}),
      },
      nullable,
    };
  }

  #plainType(map: DataMap, name: string, where: string, depth: number): string | undefined {
    const values = listIn(map["enum"]);
    if ("const" in map) return this.#constOf(map["const"] ?? null, where);
    if (values.length === 1) return this.#constOf(values[0] ?? null, where);
    if (values.length > 1) {
      if (values.every((one) => typeof one === "string"))
        return `type: enum, values: [${[...new Set(values.map(String))].map(scalar).join(", ")}]`;
      this.#collector.lose(where, "left out: a closed set here is one of texts");
      return undefined;
    }
    const type =
      map["type"] ??
      (map["properties"] ? "object" : map["items"] ? "array" : map["pattern"] || map["format"] ? "string" : null);
    if (type === "boolean") return "type: bool";
    if (type === "integer") return `type: int${bounds(map)}`;
    if (type === "number") return numberOf(map);
    if (type === "string") return this.#textOf(map, name, where);
    if (type === "array") return this.#listOf(map, name, where, depth);
    if (type === "object") return this.#objectOf(map, where, depth);
    this.#collector.lose(
      where,
      type === null
        ? "left out: it says no type, so it let anything through"
        : `left out: no type here is like ${said(type)}`,
    );
    return undefined;
  }

  #constOf(value: Data, where: string): string | undefined {
    if (typeof value === "object" && value !== null) {
      this.#collector.lose(where, "left out: its constant is not a plain value");
      return undefined;
    }
    return `type: const, value: ${typeof value === "string" ? scalar(value) : said(value)}`;
  }

  #textOf(map: DataMap, name: string, where: string): string {
    const [format, pattern] = [textIn(map["format"]), typeof map["pattern"] === "string" ? map["pattern"] : undefined];
    if (format === "uuid") return this.#collector.identifier(name, "{ type: uuid }");
    if (format === "date-time") return "type: timestamp, timezone: any";
    if (format !== undefined)
      this.#collector.lose(where, `its format ${format} is not checked: no type here is like it`);
    const most = typeof map["maxLength"] === "number" ? said(map["maxLength"]) : "TODO";
    if (pattern === undefined) return `type: text, max_length: ${most}, justification: TODO`;
    const anchored = pattern.startsWith("^") && pattern.endsWith("$");
    if (!anchored)
      this.#collector.lose(
        where,
        "its pattern was not anchored: it let through whatever contains it; here it is the whole text",
      );
    const own = anchored ? pattern : `^(?:${pattern.replace(/^\^|\$$/g, "")})$`;
    return `type: string, pattern: '${own.replaceAll("'", "''")}', max_length: ${most}`;
  }

  #listOf(map: DataMap, name: string, where: string, depth: number): string | undefined {
    if (Array.isArray(map["items"])) {
      this.#collector.lose(where, "left out: each place of the list has a type of its own");
      return undefined;
    }
    const of = this.type(map["items"], name, `${where}[]`, depth + 1);
    const most = typeof map["maxItems"] === "number" ? said(map["maxItems"]) : "TODO";
    return of === undefined ? undefined : `type: list, of: { ${of} }, max_items: ${most}`;
  }

  #objectOf(map: DataMap, where: string, depth: number): string | undefined {
    const patterns = Object.entries(mapIn(map["patternProperties"]));
    const open = mapIn(map["additionalProperties"]);
    if (Object.keys(mapIn(map["properties"])).length === 0) {
      const [pattern, value] = patterns[0] ?? (Object.keys(open).length > 0 ? [undefined, open] : []);
      const of = value === undefined ? undefined : this.type(value, "value", `${where}.*`, depth + 1);
      if (of === undefined) {
        this.#collector.lose(where, "left out: it doesn't say what is in it");
        return undefined;
      }
      if (patterns.length > 1)
        this.#collector.lose(where, `only the first of its ${patterns.length} patterns of keys is drafted`);
      const keys =
        pattern === undefined
          ? "TODO"
          : `'${(/^\^.*\$$/.test(pattern) ? pattern : `^(?:${pattern})$`).replaceAll("'", "''")}'`;
      const most = typeof map["maxProperties"] === "number" ? said(map["maxProperties"]) : "TODO";
      return `type: map, keys: { type: string, pattern: ${keys}, max_length: TODO }, of: { ${of} }, max_items: ${most}`;
    }
    if (patterns.length > 0)
      this.#collector.lose(where, "its patterns of keys are left out; the keys that it names are drafted");
    const inner = this.fields(map, where, depth).filter((field) => field.type !== undefined);
    if (inner.length === 0) return undefined;
    const list = inner.map(
      ({ name, optional, type }) => `${scalar(name)}: { ${type}${optional ? ", optional: true" : ""} }`,
    );
    return `type: object, fields: { ${list.join(", ")} }`;
  }
}
