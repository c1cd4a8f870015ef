import type { DrawnWire, FieldSet, Picture, PictureItem, Wire } from "../../../worker/runtime/read/picture.js";

/** The place of a field in a payload: the object that holds it, and under which key. */
export interface FieldPlace {
  readonly name: string;
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** The places of a payload's fields, the objects in which nothing else may, and the lists whose order says nothing. */
export interface Places {
  readonly fields: readonly FieldPlace[];
  readonly times: readonly FieldPlace[];
  readonly objects: readonly Record<string, unknown>[];
  readonly repeats: readonly unknown[][];
}

/** The body's picture without the encoding around it: a golden payload is shown so. */
export function bodyPicture(wire: DrawnWire): Picture {
  let picture: Picture = wire.body ?? wire.each ?? { kind: "object", entries: [] };
  while (picture.kind === "json" || picture.kind === "base64" || picture.kind === "base64url") picture = picture.of;
  return picture;
}

/** Returns what travels, as a golden payload shows it. */
export function decodedBody(wire: Wire, body: string): string {
  let text = body;
  let picture = wire.format === "json" || wire.format === "form" ? wire.body : undefined;
  while (picture?.kind === "json" || picture?.kind === "base64" || picture?.kind === "base64url") {
    if (picture.kind !== "json") text = Buffer.from(text, picture.kind).toString();
    picture = picture.of;
  }
  return text;
}

/** A golden payload as it travels. */
export function encodedBody(wire: Wire, text: string): string {
  const encode = (picture: Picture): string => {
    if (picture.kind === "json") return encode(picture.of);
    if (picture.kind !== "base64" && picture.kind !== "base64url") return text;
    return Buffer.from(encode(picture.of)).toString(picture.kind);
  };
  return (wire.format === "json" || wire.format === "form") && wire.body !== undefined ? encode(wire.body) : text;
}

/**
 * Texts that hold JSON are opened, so that all of a payload can be compared, part by part. Changes the value that it is given.
 * @param drawn its picture, where it isn't the body.
 */
export function opened(wire: Wire, value: unknown, drawn?: Picture): unknown {
  if (wire.format === "prometheus-text") return value;
  const open = (picture: Picture, here: unknown): unknown => {
    if (picture.kind === "each" && Array.isArray(here) && wire.each !== undefined)
      return here.map((one: unknown) => open(wire.each as Picture, one));
    if (picture.kind === "json" || picture.kind === "base64" || picture.kind === "base64url") {
      if (typeof here !== "string") return here;
      const text = picture.kind === "json" ? here : Buffer.from(here, picture.kind).toString();
      return picture.of.kind === "object" || picture.of.kind === "list"
        ? open(picture.of, JSON.parse(text))
        : open(picture.of, text);
    }
    if (picture.kind === "list" && Array.isArray(here))
      return here.map((one: unknown, at) => {
        const item = itemOf(picture.items, at, one);
        return item === undefined || "repeat" in item ? one : open(item, one);
      });
    if (picture.kind !== "object" || !isRecord(here)) return here;
    for (const entry of picture.entries) {
      if ("spread" in entry || "repeat" in entry) continue;
      const key = keyIn(entry.key, picture, here);
      if (key !== undefined && key in here) here[key] = open(entry.value, here[key]);
    }
    return here;
  };
  return open(drawn ?? bodyPicture(wire), value);
}

/** Returns whether the event's name stands in the open, and not in an encoded text. */
export function showsName(wire: Wire): boolean {
  if (wire.format === "prometheus-text") return true;
  const shows = (picture: Picture): boolean => {
    switch (picture.kind) {
      case "event":
        return true;
      case "each":
        return wire.each !== undefined && shows(wire.each);
      case "object":
        return picture.entries.some((entry) => "key" in entry && (shows(entry.key) || shows(entry.value)));
      case "list":
        return picture.items.some((item) => !("repeat" in item) && shows(item));
      default:
        return false;
    }
  };
  return shows(bodyPicture(wire));
}

/** Returns where everything stands in an opened payload. */
export function placesIn(wire: Wire, payload: unknown, drawn?: Picture): Places {
  const fields: FieldPlace[] = [];
  const repeats: unknown[][] = [];
  const times: FieldPlace[] = [];
  const objects: Record<string, unknown>[] = [];
  const walk = (picture: Picture, here: unknown): void => {
    if (picture.kind === "each" && Array.isArray(here) && "each" in wire && wire.each !== undefined)
      for (const one of here) walk(wire.each, one);
    if (picture.kind === "json" || picture.kind === "base64" || picture.kind === "base64url") walk(picture.of, here);
    if (picture.kind === "list" && Array.isArray(here)) {
      if (picture.items.some((item) => "repeat" in item)) repeats.push(here);
      here.forEach((one: unknown, at) => {
        const item = itemOf(picture.items, at, one);
        if (item !== undefined && !("repeat" in item)) walk(item, one);
        else if (item !== undefined && "repeat" in item) itemPlace(item.value, one);
      });
    }
    if (picture.kind !== "object" || !isRecord(here)) return;
    const taken = new Set<string>();
    for (const entry of picture.entries) {
      if ("spread" in entry || "repeat" in entry) continue;
      const key = keyIn(entry.key, picture, here);
      if (key === undefined) continue;
      taken.add(key);
      if (entry.value.kind === "field") fields.push({ name: entry.value.name, holder: here, key });
      else if (entry.value.kind === "time" || entry.value.kind === "sent") times.push({ name: "", holder: here, key });
      else if (entry.value.kind === "joined" || entry.value.kind === "line")
        for (const piece of entry.value.pieces)
          if (piece.kind === "field") fields.push({ name: piece.name, holder: here, key });
      walk(entry.value, here[key]);
    }
    const sets = picture.entries.flatMap((entry): readonly FieldSet[] => ("spread" in entry ? [entry.spread] : []));
    const own = sets.some(({ of, name }) => of === "fields" && name === undefined);
    const anywhere = sets.every(({ name }) => name === undefined);
    if (sets.length > 0 && own && anywhere) objects.push(here);
    if (sets.length > 0)
      for (const key of Object.keys(here)) if (!taken.has(key)) fields.push({ name: key, holder: here, key });
    for (const entry of picture.entries) {
      if (!("repeat" in entry)) continue;
      for (const key of Object.keys(here)) {
        const name = taken.has(key) ? undefined : nameFrom(entry.key, key);
        if (name !== undefined) repeatedPlace(entry.value, here, key, name);
      }
    }
  };
  const repeatedPlace = (value: Picture, holder: Record<string, unknown>, key: string, name: string): void => {
    if (value.kind === "value" || value.kind === "text") fields.push({ name, holder, key });
    else if (value.kind === "object" && isRecord(holder[key]))
      for (const entry of value.entries)
        if (
          "value" in entry &&
          !("repeat" in entry) &&
          (entry.value.kind === "value" || entry.value.kind === "text") &&
          entry.key.kind === "constant"
        )
          fields.push({ name, holder: holder[key], key: String(entry.key.value) });
  };
  const itemPlace = (value: Picture, here: unknown): void => {
    if (value.kind === "list" && Array.isArray(here)) {
      const at = (kinds: readonly string[]) =>
        value.items.findIndex((item) => !("repeat" in item) && kinds.includes(item.kind));
      const [nameAt, valueAt] = [at(["name"]), at(["value", "text"])];
      if (nameAt >= 0 && valueAt >= 0)
        fields.push({
          name: String(here[nameAt]),
          holder: here as unknown as Record<string, unknown>,
          key: String(valueAt),
        });
    }
    if (value.kind !== "object" || !isRecord(here)) return;
    const keyOf = (kinds: readonly string[]) =>
      value.entries.flatMap((entry) =>
        "value" in entry && !("repeat" in entry) && kinds.includes(entry.value.kind) && entry.key.kind === "constant"
          ? [String(entry.key.value)]
          : [],
      )[0];
    const [nameKey, valueKey] = [keyOf(["name"]), keyOf(["value", "text"])];
    if (nameKey !== undefined && valueKey !== undefined)
      fields.push({ name: String(here[nameKey]), holder: here, key: valueKey });
  };
  if (wire.format !== "prometheus-text") walk(drawn ?? bodyPicture(wire), payload);
  return { fields, times, objects, repeats };
}

/** Finds the drawing of a list's item: by its place, or, among those that are repeated in several ways, by its constants. */
function itemOf(items: readonly PictureItem[], at: number, here: unknown): PictureItem | undefined {
  const first = items.findIndex((item) => "repeat" in item);
  if (first < 0 || at < first) return items[Math.min(at, items.length - 1)];
  const repeats = items.filter((item) => "repeat" in item);
  return repeats.find((item) => "repeat" in item && fits(item.value, here)) ?? items[Math.min(at, items.length - 1)];
}

function fits(picture: Picture, here: unknown): boolean {
  if (picture.kind === "constant") return here === picture.value;
  if (picture.kind === "list")
    return Array.isArray(here) && picture.items.every((item, at) => "repeat" in item || fits(item, here[at]));
  if (picture.kind !== "object") return true;
  return (
    isRecord(here) &&
    picture.entries.every(
      (entry) => !("key" in entry) || entry.key.kind !== "constant" || fits(entry.value, here[String(entry.key.value)]),
    )
  );
}

/** `up.version` → `version`, where it is drawn as `up.{name}`. Undefined: it is another's. */
function nameFrom(drawn: Picture, key: string): string | undefined {
  if (drawn.kind !== "joined") return key;
  const at = drawn.pieces.findIndex(({ kind }) => kind === "name");
  const text = (pieces: readonly Picture[]) =>
    pieces.map((piece) => (piece.kind === "constant" ? String(piece.value) : "")).join("");
  const [before, after] = [text(drawn.pieces.slice(0, at)), text(drawn.pieces.slice(at + 1))];
  const fits = at >= 0 && key.startsWith(before) && key.endsWith(after) && key.length >= before.length + after.length;
  return fits ? key.slice(before.length, key.length - after.length) : undefined;
}

function keyIn(
  key: Picture,
  picture: Picture & { kind: "object" },
  here: Readonly<Record<string, unknown>>,
): string | undefined {
  if (key.kind === "constant") return String(key.value);
  if (key.kind !== "event") return undefined;
  const others = new Set(
    picture.entries.flatMap((entry) =>
      "key" in entry && !("repeat" in entry) && entry.key.kind === "constant" ? [String(entry.key.value)] : [],
    ),
  );
  return Object.keys(here).find((one) => !others.has(one));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
