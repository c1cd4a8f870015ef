import { existsUnder } from "../model/cases.js";
import type { Field, FieldSet, Picture, PictureEntry, TimeForm } from "../model/model.js";
import { fieldSchema, fieldsSchema, isRequired, type MessageSchema } from "./event-schema.js";
import { type Drawn, fieldOf, isNeeded, membersOf, neededOf } from "./picture-fields.js";

/** The parts of a repeated item in its picture: the possible name, and the value. */
interface Repeated {
  readonly name: MessageSchema;
  readonly value: MessageSchema;
  /** Of a map: so many entries at most. */
  readonly most?: number;
}

const repeated = (field: Field): Repeated => ({ name: { const: field.wireName }, value: fieldSchema(field) });

const TIMES: Readonly<Record<TimeForm, MessageSchema>> = {
  rfc3339: {
    type: "string",
    pattern:
      "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?Z$",
    maxLength: 27,
  },
  "unix-ms": { type: "integer", minimum: 0, maximum: 253402300799999 },
  "unix-s": { type: "integer", minimum: 0, maximum: 253402300799 },
};

/** Returns what may stand where the picture is. */
export function pictureSchema(picture: Picture, drawn: Drawn, item?: Repeated): MessageSchema {
  switch (picture.kind) {
    case "constant":
      return { const: picture.value };
    case "event":
      return { description: "Which event this is.", const: drawn.event?.wireName ?? "" };
    case "time":
      return { description: "When it happened, in UTC.", ...TIMES[picture.form] };
    case "sent":
      return { description: "When it was sent, in UTC.", ...TIMES[picture.form] };
    case "each":
      return { type: "array", ...(drawn.each === undefined ? {} : { items: drawn.each }) };
    case "field": {
      const field = fieldOf(picture, drawn);
      return field === undefined ? {} : fieldSchema(field);
    }
    case "name":
      return item?.name ?? { type: "string" };
    case "value":
      return item?.value ?? {};
    case "object":
      return objectSchema(picture.entries, drawn, item);
    case "list":
      return listSchema(picture, drawn, item);
    case "json":
      return { type: "string", description: "JSON, as text." };
    case "base64":
    case "base64url":
      return { type: "string", description: `In ${picture.kind}.` };
    case "text":
      // The text of a text is the text itself.
      return item !== undefined && isText(item.value) ? item.value : { type: "string" };
    case "joined":
      return { type: "string", pattern: `^${picture.pieces.map(patternOf).join("")}$` };
    case "line":
      return { type: "string" };
    default:
      return picture satisfies never;
  }
}

function isText({ const: only, enum: values, type }: MessageSchema): boolean {
  return (
    type === "string" || typeof only === "string" || (values?.every((value) => typeof value === "string") ?? false)
  );
}

/** Of a text that is put together, the fixed pieces. */
function patternOf(piece: Picture): string {
  return piece.kind === "constant" ? String(piece.value).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&") : "[\\s\\S]*";
}

function objectSchema(entries: readonly PictureEntry[], drawn: Drawn, item?: Repeated): MessageSchema {
  const properties: Record<string, MessageSchema | boolean> = {};
  const required: string[] = [];
  let more: MessageSchema | boolean = false;
  let allOf: readonly MessageSchema[] = [];
  const add = (name: string, schema: MessageSchema, needed: boolean) => {
    properties[name] = schema;
    if (needed) required.push(name);
  };
  let spread = false;
  let names: MessageSchema | undefined;
  let most: number | undefined;
  for (const entry of entries) {
    if ("spread" in entry) {
      // All that is spread in one object is one set of fields: a condition may depend on any of them.
      if (spread) continue;
      spread = true;
      const sets = entries.flatMap((one) => ("spread" in one ? [one.spread] : []));
      const inner = fieldsSchema(together(sets.flatMap((set) => membersOf(set, drawn))));
      Object.assign(properties, inner.properties);
      required.push(...(inner.required ?? []));
      allOf = inner.allOf ?? [];
      const open = sets.map((set) => openSchema(set, drawn)).find((one) => one !== undefined);
      more = open?.value ?? more;
      names = open?.name ?? names;
      most = open?.most ?? most;
    } else if ("repeat" in entry) {
      for (const field of membersOf(entry.repeat, drawn))
        add(
          keyOf(entry.key, field, drawn),
          pictureSchema(entry.value, drawn, repeated(field)),
          isRequired(field) && existsUnder(field) === undefined,
        );
      const open = openSchema(entry.repeat, drawn);
      if (open === undefined) continue;
      more = pictureSchema(entry.value, drawn, open);
      most = open.most;
      if (entry.key.kind === "name") names = open.name;
    } else if (entry.key.kind === "event") {
      const name = drawn.event?.wireName ?? "";
      add(name, pictureSchema(entry.value, drawn, item), true);
    } else if (entry.key.kind === "constant") {
      // What this event doesn't have can't stand there.
      if (entry.value.kind === "field" && fieldOf(entry.value, drawn) === undefined) continue;
      add(String(entry.key.value), pictureSchema(entry.value, drawn, item), isNeeded(entry.value, drawn));
    } else more = pictureSchema(entry.value, drawn, item);
  }
  return {
    type: "object",
    properties,
    required,
    additionalProperties: more as false,
    ...(most === undefined || entries.some(isUnnamed) ? {} : { maxProperties: Object.keys(properties).length + most }),
    ...(names && { propertyNames: { anyOf: [...Object.keys(properties).map((name) => ({ const: name })), names] } }),
    ...(allOf.length === 0 ? {} : { allOf }),
  };
}

/** A key that only a request names. */
function isUnnamed(entry: PictureEntry): boolean {
  return "key" in entry && !("repeat" in entry) && entry.key.kind !== "event" && entry.key.kind !== "constant";
}

/** The key of a field that is repeated: its name, alone or within a text. */
function keyOf(key: Picture, field: Field, drawn: Drawn): string {
  if (key.kind === "joined") return key.pieces.map((piece) => keyOf(piece, field, drawn)).join("");
  if (key.kind === "event") return drawn.event?.wireName ?? "";
  return key.kind === "constant" ? String(key.value) : field.wireName;
}

/** A field whose condition depends on one that stands elsewhere may be absent, for all that this object can tell. */
function together(fields: readonly Field[]): readonly Field[] {
  const here = new Set(fields.map(({ wireName }) => wireName));
  return fields.map((field) => {
    const when = existsUnder(field) ?? [];
    const hangsOn = field.type.by === undefined ? when : [...when, { wireName: field.type.by }];
    if (hangsOn.every(({ wireName }) => here.has(wireName))) return field;
    const { by: _, cases: __, ...type } = field.type;
    return { ...field, type, onlyWhen: [], optional: true };
  });
}

/** Returns what the keys and the values of a map may be that is spread or repeated, beside the names that are known. */
function openSchema({ of, name }: FieldSet, drawn: Drawn): Repeated | undefined {
  if (name === undefined) return undefined;
  const field = membersOf({ of }, drawn, true).find(({ wireName }) => wireName === name);
  if (field === undefined || field.type.fields !== undefined) return undefined;
  const { additionalProperties, maxProperties, propertyNames } = fieldSchema(field);
  return {
    ...(maxProperties === undefined ? {} : { most: maxProperties }),
    name: { type: "string", ...propertyNames },
    value: typeof additionalProperties === "object" ? additionalProperties : {},
  };
}

function listSchema(picture: Picture & { kind: "list" }, drawn: Drawn, item?: Repeated): MessageSchema {
  const fixed = picture.items.filter((one): one is Picture => !("repeat" in one));
  // Nothing in it can be absent, so each item has its place.
  const whole = item !== undefined || fixed.every((one) => isNeeded(one, drawn));
  if (fixed.length === picture.items.length && fixed.length > 0 && whole)
    return {
      type: "array",
      items: fixed.map((one) => pictureSchema(one, drawn, item)),
      additionalItems: false,
      minItems: fixed.length,
    };
  const items = picture.items.flatMap((item): readonly MessageSchema[] => {
    if (!("repeat" in item)) return [pictureSchema(item, drawn)];
    const open = openSchema(item.repeat, drawn);
    const all = open === undefined ? membersOf(item.repeat, drawn).map(repeated) : [open];
    return all.map((one) => pictureSchema(item.value, drawn, one));
  });
  const needed = picture.items.flatMap((item) =>
    "repeat" in item
      ? neededOf(item.repeat, drawn).map((field) => ({ contains: pictureSchema(item.value, drawn, repeated(field)) }))
      : [],
  );
  return {
    type: "array",
    ...(items.length === 0
      ? { maxItems: 0 }
      : { items: items.length === 1 ? (items[0] as MessageSchema) : { anyOf: items } }),
    ...(needed.length === 0 ? {} : { allOf: needed }),
  };
}
