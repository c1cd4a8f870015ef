import { type DrawnFormatName, FORMATS } from "../language/wire/formats/index.js";
import type { Apart } from "./apart.js";

/** The fields of every event, or those of one. */
export type SetName = "common" | "fields";

/** A set of fields: all of `common`, all of the event's own, or an object or a map among them. */
export interface FieldSet {
  readonly of: SetName;
  /** The object or map among them. */
  readonly name?: string;
}

export type TimeForm = "rfc3339" | "unix-ms" | "unix-s";

/** The picture of one place in a request. */
export type Picture =
  /** Always the same. */
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  /** The event's name. */
  | { readonly kind: "event" }
  /** The time at which it happened; `sent`: when the request was made. */
  | { readonly kind: "time" | "sent"; readonly form: TimeForm }
  /** The list of events. */
  | { readonly kind: "each" }
  /** One field. */
  | { readonly kind: "field"; readonly set: SetName; readonly name: string }
  /** Inside what is repeated: the field's name, its value, or its value as text. */
  | { readonly kind: "name" | "value" | "text" }
  | { readonly kind: "object"; readonly entries: readonly PictureEntry[] }
  | { readonly kind: "list"; readonly items: readonly PictureItem[] }
  /** The picture's own JSON, as text; or its text, or JSON, encoded. */
  | { readonly kind: "json" | "base64" | "base64url"; readonly of: Picture }
  /** One text of several pieces. */
  | { readonly kind: "joined"; readonly pieces: readonly Picture[] }
  /** Pieces with something between them; a piece with an absent field is left out. */
  | { readonly kind: "line"; readonly pieces: readonly Picture[]; readonly by: string };

export type PictureEntry =
  | { readonly key: Picture; readonly value: Picture }
  /** Every field of a set, under its name. */
  | { readonly spread: FieldSet }
  /** An entry for each field of a set. */
  | { readonly repeat: FieldSet; readonly key: Picture; readonly value: Picture };

/** `repeat`: an item for each field of a set. */
export type PictureItem = Picture | { readonly repeat: FieldSet; readonly value: Picture };

export type WireHeader =
  /** Sent only when the variable is set, and only over https. */
  | { readonly name: string; readonly kind: "secret"; readonly env: string }
  | { readonly name: string; readonly kind: "picture"; readonly picture: Picture };

/** A request drawn: what stands in its query, its headers, its body, and in each event of the body. */
export interface DrawnWire {
  readonly format: DrawnFormatName;
  /** The product's own code decides the real form; this says it in words. What is drawn is what people are shown. */
  readonly described?: string;
  /** An object, one level deep. */
  readonly query?: Picture;
  readonly headers: readonly WireHeader[];
  readonly body?: Picture;
  readonly each?: Picture;
  /** The spelling of no and yes where a value becomes text. */
  readonly bools?: readonly [string, string];
  readonly apart?: Readonly<Partial<Record<SetName, Apart>>>;
}

export type Wire =
  | DrawnWire
  /** One sample per line. */
  | { readonly format: "prometheus-text"; readonly headers: readonly WireHeader[] };

/** Returns the name of the part of a request that is keys and values is called, where there is one. */
export function flatPart(wire: Pick<DrawnWire, "format">): "body" | "each" | undefined {
  return FORMATS[wire.format].flat;
}

/** Returns what the body is, as its header says. */
export function contentType(wire: Wire): string {
  const isLine =
    "body" in wire && wire.body !== undefined && (wire.body.kind === "joined" || wire.body.kind === "line");
  return isLine ? "text/plain" : FORMATS[wire.format].type;
}

/** Returns whether the product's own code sees to the form in which it travels. */
export function isInWords(wire: Wire): boolean {
  return "described" in wire && wire.described !== undefined;
}

/** The parts of a request that are drawn, by the key under which they are written. */
export function picturesOf(wire: Wire): readonly (readonly [path: string, picture: Picture])[] {
  const headers = wire.headers.flatMap((header) =>
    header.kind === "picture" ? [[`headers.${header.name}`, header.picture] as const] : [],
  );
  if (wire.format === "prometheus-text") return headers;
  const { query, body, each } = wire;
  return [
    ...(query === undefined ? [] : [["query", query] as const]),
    ...headers,
    ...(body === undefined ? [] : [["body", body] as const]),
    ...(each === undefined ? [] : [["each", each] as const]),
  ];
}

/** One place of a picture, and the keys that lead to it. */
export interface PicturePlace {
  readonly path: readonly string[];
  readonly at: Picture | { readonly spread: FieldSet } | { readonly repeat: FieldSet; readonly value: Picture };
}

/** Every place of a picture, what holds others first. Keys that are no constant stand as they are written. */
export function placesIn(picture: Picture, path: readonly string[] = []): readonly PicturePlace[] {
  const here: PicturePlace = { path, at: picture };
  switch (picture.kind) {
    case "object":
      return [here, ...picture.entries.flatMap((entry) => entryPlaces(entry, path))];
    case "list":
      return [
        here,
        ...picture.items.flatMap((item, index) =>
          "repeat" in item
            ? [{ path: [...path, String(index)], at: item }, ...placesIn(item.value, [...path, String(index)])]
            : placesIn(item, [...path, String(index)]),
        ),
      ];
    case "json":
    case "base64":
    case "base64url":
      return [here, ...placesIn(picture.of, path)];
    case "joined":
    case "line":
      return [here, ...picture.pieces.flatMap((piece) => placesIn(piece, path))];
    case "constant":
    case "event":
    case "time":
    case "sent":
    case "each":
    case "field":
    case "name":
    case "value":
    case "text":
      return [here];
    default:
      return picture satisfies never;
  }
}

function entryPlaces(entry: PictureEntry, path: readonly string[]): readonly PicturePlace[] {
  if ("spread" in entry) return [{ path, at: entry }];
  if ("repeat" in entry) return [{ path, at: entry }, ...placesIn(entry.key, path), ...placesIn(entry.value, path)];
  const key = entry.key.kind === "constant" ? String(entry.key.value) : writtenText(entry.key);
  const inside = placesIn(entry.value, [...path, key]);
  return entry.key.kind === "constant" ? inside : [...placesIn(entry.key, [...path, key]), ...inside];
}

/** A placeholder as it is written, without the dollar: `event`, `time.unix-ms`, `common.version`. */
export function writtenText(picture: Picture): string {
  switch (picture.kind) {
    case "constant":
      return String(picture.value);
    case "time":
    case "sent":
      return `$${picture.kind}${picture.form === "rfc3339" ? "" : `.${picture.form}`}`;
    case "field":
      return `$${picture.set}.${picture.name}`;
    case "joined":
      return picture.pieces
        .map((piece) => (piece.kind === "constant" ? String(piece.value) : `{${writtenText(piece).slice(1)}}`))
        .join("");
    default:
      return `$${picture.kind}`;
  }
}

/** All places of a request. */
export function wirePlaces(wire: Wire): readonly PicturePlace[] {
  return picturesOf(wire).flatMap(([path, picture]) => placesIn(picture, [path]));
}

/** Returns whether several events travel in one request. */
export function isBatch(wire: Wire): boolean {
  return wire.format !== "prometheus-text" && wire.each !== undefined;
}

/** Returns whether what goes with every event stands once, beside the list of events. */
export function isCommonBeside(wire: Wire): boolean {
  return wire.format !== "prometheus-text" && isBatch(wire) && !(wire.each !== undefined && draws(wire.each, "common"));
}

/** Returns whether a part of the request holds anything of a set. */
function draws(picture: Picture, set: SetName): boolean {
  return placesIn(picture).some(({ at }) => setOf(at)?.of === set);
}

/** The set that stands at a place, whole or one field of it. */
export function setOf(at: PicturePlace["at"]): FieldSet | undefined {
  if ("spread" in at) return at.spread;
  if ("repeat" in at) return at.repeat;
  return at.kind === "field" ? { of: at.set, name: at.name } : undefined;
}

/** Returns whether a request says which event it is about. */
export function namesEvents(wire: Wire): boolean {
  return wire.format === "prometheus-text" || wirePlaces(wire).some(({ at }) => "kind" in at && at.kind === "event");
}

/** Returns where the time of an event stands, if it is sent: the keys that lead to it. */
export function timePlace(wire: Wire): readonly string[] | undefined {
  return wirePlaces(wire).find(({ at }) => "kind" in at && at.kind === "time")?.path;
}

/** Returns what stands inside objects of a set and has a place of its own. */
export function apartIn(wire: Wire, set: SetName): Apart | undefined {
  return wire.format === "prometheus-text" ? undefined : wire.apart?.[set];
}

/** The fields that have a place of their own, and are left out of their set; so are objects of which nothing is left. */
export function placedByName(wire: Wire): Readonly<Record<SetName, readonly string[]>> {
  const named = (set: SetName) => [
    ...new Set([
      ...wirePlaces(wire).flatMap(({ at }) => {
        const found = setOf(at);
        return found?.of === set && found.name !== undefined ? [found.name] : [];
      }),
      ...(apartIn(wire, set)?.emptied ?? []).flatMap((path) => (path.length === 1 ? path : [])),
    ]),
  ];
  return { common: named("common"), fields: named("fields") };
}

/** Returns whether a request is but an object of constants, the event's name and whole sets of fields. */
export function drawsPlainly(wire: Wire): boolean {
  if (wire.format !== "json" || wire.headers.length > 0 || wire.query !== undefined || wire.each !== undefined)
    return false;
  const isPlain = (picture: Picture): boolean =>
    picture.kind === "object" &&
    picture.entries.every((entry) => {
      if ("spread" in entry) return entry.spread.name === undefined;
      if ("repeat" in entry || entry.key.kind !== "constant") return false;
      return entry.value.kind === "constant" || entry.value.kind === "event" || isPlain(entry.value);
    });
  return wire.body !== undefined && isPlain(wire.body);
}
