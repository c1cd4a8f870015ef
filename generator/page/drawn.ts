import { type Block, code, enumerate, type Inline, paragraph, prose, say, strong, table } from "../emit/document.js";
import { shown } from "../emit/shown.js";
import { FORMATS } from "../language/wire/formats/index.js";
import { addressAsShown } from "../model/in-path.js";
import type { FieldSet, Model, Picture, PicturePlace } from "../model/model.js";
import { isBatch, picturesOf, placesIn, setOf } from "../model/wire.js";
import { shapeOf, type WireShape } from "../model/wire-shape.js";

/** Returns how a request is made up, place by place where the example doesn't show it. */
export function drawn(model: Model): readonly Block[] {
  const { wire } = model;
  if (wire.format === "prometheus-text")
    return [
      paragraph(
        "A report is text in Prometheus' exposition format: one sample per line, without comments and times. These are all the metrics that it can hold.",
      ),
    ];
  const words: readonly Block[] =
    wire.described === undefined
      ? []
      : [
          paragraph(
            say`${strong("In another form:")} ${wire.described === "" ? "how it really travels" : say`${prose(wire.described)}. This`} is the work of the product's own code, and no generated test checks it. It holds this:`,
          ),
        ];
  const shape = shapeOf(wire);
  if (shape !== undefined) return [...words, ...besideExample(shape, wire), ...outside(model)];
  const holds = isBatch(wire) ? "Events are sent together" : "Each event is a request of its own";
  const hasBody = wire.body !== undefined || wire.each !== undefined;
  return [
    ...words,
    paragraph(
      `${holds}, ${hasBody ? FORMATS[wire.format].says : "without a body"}. This is what a request holds, place by place:`,
    ),
    table(["Place", "What it holds"], rows(model)),
    ...outside(model),
  ];
}

/** Returns what the body does not hold although it holds all the others: who reads the body alone would look for it. */
function outside({ wire }: Model): readonly Block[] {
  const inBody = (part: string) => part === "body" || part === "each";
  const places = picturesOf(wire).flatMap(([part, picture]) =>
    placesIn(picture, [part]).flatMap((place) => {
      const set = setOf(place.at);
      return set === undefined ? [] : [{ part, path: place.path, set }];
    }),
  );
  const hasSet = (of: FieldSet["of"]) =>
    places.some(({ part, set }) => inBody(part) && set.of === of && set.name === undefined);
  const isDrawn = (wanted: FieldSet) =>
    places.some(({ part, set }) => inBody(part) && set.of === wanted.of && set.name === wanted.name);
  const said = new Set<string>();
  return places.flatMap(({ part, path, set }): readonly Block[] => {
    const name = `${set.of}.${set.name ?? ""}`;
    if (inBody(part) || set.name === undefined || !hasSet(set.of) || isDrawn(set) || said.has(name)) return [];
    said.add(name);
    return [paragraph(say`${code(set.name)} is sent ${partInWords(part, path)}, and not in the body.`)];
  });
}

function partInWords(part: string, path: readonly string[]): Inline {
  if (part.startsWith("headers.")) return say`in the header ${code(part.slice("headers.".length))}`;
  return path[1]?.startsWith("{$") === true ? "in the path of the address" : "in the query of the address";
}

/** The example shows how such a request is made up. This is what it doesn't show. */
function besideExample(shape: WireShape, wire: Model["wire"]): readonly Block[] {
  const said = [
    ...(shape.kind === "flat" && shape.eventKey === undefined ? ["The event's name is not sent."] : []),
    ...(wire.format === "json" && wire.body?.kind === "base64url" ? ["The object travels encoded as base64url."] : []),
  ];
  return said.length === 0 ? [] : [paragraph(said.join(" "))];
}

function rows({ wire }: Model): readonly (readonly Inline[])[] {
  const list = picturesOf(wire)
    .flatMap(([part, picture]) => placesIn(picture, [part]))
    .find(({ at }) => "kind" in at && at.kind === "each")?.path;
  return picturesOf(wire).flatMap(([part, picture]) =>
    placesIn(picture, [part]).flatMap((place) => {
      const words = wordsFor(place, picture);
      return words === undefined ? [] : [[pathOf(place.path, list), words]];
    }),
  );
}

/** `events[].type`, `header User-Agent`, `?v`. */
function pathOf([part = "", ...path]: readonly string[], list: readonly string[] | undefined): Inline {
  const keys = path
    .map((step) => (/^\d+$/.test(step) ? "[]" : step))
    .join(".")
    .replaceAll(".[]", "[]");
  if (part.startsWith("headers.")) return say`header ${code(part.slice("headers.".length))}`;
  if (part === "query" && keys.startsWith("{$")) return say`in the path of the address, ${code(addressAsShown(keys))}`;
  if (part === "query") return say`in the address, ${code(`?${keys}`)}`;
  if (part === "each" && list !== undefined) {
    const outer = list.slice(1).join(".");
    return code(`${outer}[]${keys === "" ? "" : `.${keys}`}`);
  }
  return keys === "" ? "the whole body" : code(keys);
}

function wordsFor({ at }: PicturePlace, picture: Picture): Inline | undefined {
  if ("spread" in at) return say`${setWords(at.spread)}, under their names`;
  if ("repeat" in at) return say`for ${setWords(at.repeat)}, one by one: ${drawnItem(at)}`;
  switch (at.kind) {
    case "constant":
      return isPiece(at, picture) ? undefined : say`always ${code(JSON.stringify(at.value))}`;
    case "event":
      return "the event's name";
    case "time":
      return say`when it happened${FORM_WORDS[at.form]}`;
    case "sent":
      return say`when it was sent${FORM_WORDS[at.form]}`;
    case "field":
      return isPiece(at, picture) ? undefined : code(at.name);
    case "json":
      return "JSON, as text, of what follows";
    case "base64":
    case "base64url":
      return `in ${at.kind}, what follows`;
    case "joined":
    case "line":
      return isPiece(at, picture) ? undefined : say`a text made of ${enumerate(namesIn(at), "and")}`;
    case "each":
      return "the list of events";
    case "name":
    case "value":
    case "text":
    case "object":
    case "list":
      return undefined;
    default:
      return at satisfies never;
  }
}

const FORM_WORDS = {
  rfc3339: "",
  "unix-ms": ", in milliseconds since 1970",
  "unix-s": ", in seconds since 1970",
} as const;

function setWords({ of, name }: FieldSet): Inline {
  if (name !== undefined) return say`what ${code(name)} holds`;
  return { common: "the fields of every event", fields: "the event's own fields" }[of];
}

function drawnItem(at: { readonly value: Picture }): Inline {
  const kinds = new Set(placesIn(at.value).map((place) => ("kind" in place.at ? place.at.kind : "")));
  const parts = [
    ...("key" in at || kinds.has("name") ? ["its name"] : []),
    ...(kinds.has("value") ? ["its value"] : []),
    ...(kinds.has("text") ? ["its value as text"] : []),
  ];
  return enumerate(parts, "and");
}

/** Returns whether it stands inside a text, a constant key aside, or inside what is repeated. */
function isPiece(at: Picture, picture: Picture): boolean {
  return placesIn(picture).some(
    (outer) =>
      ("kind" in outer.at &&
        (outer.at.kind === "joined" || outer.at.kind === "line") &&
        outer.at.pieces.some((piece) => placesIn(piece).some((inner) => inner.at === at))) ||
      ("repeat" in outer.at && placesIn(outer.at.value).some((inner) => inner.at === at)) ||
      ("repeat" in outer.at && "key" in outer.at && outer.at.key === at),
  );
}

function namesIn(at: Picture): readonly Inline[] {
  return placesIn(at).flatMap((place): readonly Inline[] => {
    if (!("kind" in place.at)) return [];
    if (place.at.kind === "field") return [code(place.at.name)];
    if (place.at.kind === "event") return ["the event's name"];
    return place.at.kind === "constant" && String(place.at.value).trim() !== "" ? [shown(String(place.at.value))] : [];
  });
}
