import type { JsonValue } from "./json-schema.js";
import type { FieldSet, Picture, PictureEntry, SetName, TimeForm } from "./wire.js";

type Values = { readonly [name: string]: JsonValue };

/** The values for a picture. */
export interface Filling {
  readonly event: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly sent: string;
  readonly common: Values;
  readonly fields: Values;
  /** The events, in their final form. */
  readonly each?: readonly JsonValue[];
  readonly bools?: readonly [string, string];
  /** Names that have a place of their own and are left out of their set. */
  readonly placed: Readonly<Record<SetName, readonly string[]>>;
}

interface Item {
  readonly name: string;
  readonly value: JsonValue;
}

/** Returns what stands where the picture is, filled in. Undefined: nothing does, and its key is left out. */
export function fillPicture(picture: Picture, filling: Filling, item?: Item): JsonValue | undefined {
  switch (picture.kind) {
    case "constant":
      return picture.value;
    case "event":
      return filling.event;
    case "time":
    case "sent":
      return timeIn(picture.form, filling[picture.kind]);
    case "each":
      return filling.each ?? [];
    case "field":
      return oneOf(filling[picture.set], picture.name);
    case "name":
    case "value":
      return item?.[picture.kind];
    case "text":
      return item === undefined ? undefined : asText(item.value, filling.bools);
    case "object":
      return Object.fromEntries(picture.entries.flatMap((entry) => fillEntry(entry, filling, item)));
    case "list":
      return picture.items.flatMap((one): readonly JsonValue[] => {
        if (!("repeat" in one)) return [fillPicture(one, filling, item) ?? null];
        return membersOf(one.repeat, filling).flatMap((each) => {
          const value = fillPicture(one.value, filling, each);
          return value === undefined ? [] : [value];
        });
      });
    case "json": {
      const inner = fillPicture(picture.of, filling, item);
      return inner === undefined ? undefined : JSON.stringify(inner);
    }
    case "base64":
    case "base64url": {
      const inner = fillPicture(picture.of, filling, item);
      if (inner === undefined) return undefined;
      return Buffer.from(typeof inner === "string" ? inner : JSON.stringify(inner)).toString(picture.kind);
    }
    case "joined": {
      const pieces = picture.pieces.map((piece) => fillPicture(piece, filling, item));
      return pieces.some((piece) => piece === undefined)
        ? undefined
        : pieces.map((piece) => asText(piece ?? null, filling.bools)).join("");
    }
    case "line":
      return picture.pieces
        .flatMap((piece) => {
          const filled = fillPicture(piece, filling, item);
          return filled === undefined ? [] : [asText(filled, filling.bools)];
        })
        .join(picture.by);
    default:
      return picture satisfies never;
  }
}

function fillEntry(
  entry: PictureEntry,
  filling: Filling,
  item: Item | undefined,
): readonly (readonly [string, JsonValue])[] {
  if ("spread" in entry) return membersOf(entry.spread, filling).map(({ name, value }) => [name, value]);
  const one = (each: Item | undefined): readonly (readonly [string, JsonValue])[] => {
    const key = "key" in entry ? fillPicture(entry.key, filling, each) : undefined;
    const value = "value" in entry ? fillPicture(entry.value, filling, each) : undefined;
    return key === undefined || value === undefined ? [] : [[String(key), value]];
  };
  return "repeat" in entry ? membersOf(entry.repeat, filling).flatMap(one) : one(item);
}

/** The fields of a set that are there, without those that have a place of their own. */
function membersOf({ of, name }: FieldSet, filling: Filling): readonly Item[] {
  const all = name === undefined ? filling[of] : oneOf(filling[of], name);
  if (typeof all !== "object" || all === null || Array.isArray(all)) return [];
  return Object.entries(all as Values)
    .filter(([one]) => name !== undefined || !filling.placed[of].includes(one))
    .map(([one, value]) => ({ name: one, value }));
}

function oneOf(values: Values, name: string): JsonValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function timeIn(form: TimeForm, time: string): JsonValue {
  switch (form) {
    case "rfc3339":
      return time;
    case "unix-ms":
      return Date.parse(time);
    case "unix-s":
      return Math.floor(Date.parse(time) / 1000);
    default:
      return form satisfies never;
  }
}

/** A text as it is, anything else as its JSON. */
export function asText(value: JsonValue, bools: readonly [string, string] | undefined): string {
  if (typeof value === "string") return value;
  return typeof value === "boolean" && bools !== undefined ? bools[value ? 1 : 0] : JSON.stringify(value);
}
