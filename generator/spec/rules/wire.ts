import { modeOf } from "../../model/delivery.js";
import { fieldsOf, groupsOf } from "../../model/field-sets.js";
import type { FieldSet, Model, Picture, PicturePlace, Type, Wire } from "../../model/model.js";
import { flatPart, isBatch, namesEvents, picturesOf, placedByName, placesIn, setOf } from "../../model/wire.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { at } from "../tree.js";
import type { Judged } from "./rule.js";
import { emptied, spreadSets } from "./wire-apart.js";
import { type Context, mayBeAbsent, treeAt, within } from "./wire-context.js";
import { headerTexts } from "./wire-header-texts.js";
import { headerNames, headersOfMetrics } from "./wire-headers.js";
import { collisions, holes } from "./wire-names.js";
import { textsOf } from "./wire-texts.js";

/** Checks that a picture can be filled in, and read back without doubt. */
export function wire({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("wire", "events", "metrics", "common", "types", "identifiers")) return;
  const drawn = model.wire;
  headerNames(drawn, root, report);
  headerTexts(model, root, report);
  if (drawn.format === "prometheus-text") {
    headersOfMetrics(model, root, report);
    return;
  }
  const context = { model, root, report };
  const before = report.found.length;
  bodyDrawn(context);
  eventsNamed(context);
  for (const [part, picture] of picturesOf(drawn)) {
    inItsPlace(part, picture, context);
    for (const place of placesIn(picture, [part])) {
      knownField(place, context);
      if ("kind" in place.at && place.at.kind === "object") collisions(place.at, place.path, context);
      if ("kind" in place.at && place.at.kind === "list") holes(place.at, place.path, context);
    }
    textsOf(part, picture, context);
  }
  // What is wrong with the picture may be why something has no place in it.
  if (report.found.length > before) return;
  losses(context);
  emptied(context);
  spreadSets(context);
}

/** A request without a body draws none, and any other does. */
function bodyDrawn({ model, root, report }: Context): void {
  const { wire } = model;
  if (wire.format === "prometheus-text") return;
  const { method = "POST" } = model.destination;
  const place = at(root, "wire") ?? root;
  const key = flatPart(wire) === "each" ? "each" : "body";
  const without = method === "GET" || method === "HEAD";
  // What somebody else's request carries need not have a body, but events that are drawn have their place in one.
  const carried =
    modeOf(model).rides && wire.each === undefined && (wire.query !== undefined || wire.headers.length > 0);
  if (!without && !carried && wire[key] === undefined)
    report.add("missing-key", place, `wire has no ${key}.`, {
      hint: `Add ${key}: ${key === "body" && wire.each !== undefined ? "{ events: $each }" : "{ event: $event, $fields: }"}.`,
    });
  for (const part of without ? (["body", "each"] as const) : [])
    if (wire[part] !== undefined)
      report.add("wire-misplaced", treeAt(root, [part]), `A ${method} has no body.`, {
        hint: "Move it to query, or choose POST or PUT.",
      });
  if (without && wire.query === undefined && wire.headers.length === 0)
    report.add("missing-key", place, "wire has neither query nor headers.", {
      hint: "Add query: { e: $event, $fields: }.",
    });
}

function eventsNamed({ model, root, report }: Context): void {
  if (model.events.length < 2 || namesEvents(model.wire)) return;
  const drawn = at(root, "wire", "query") !== undefined && at(root, "wire", "body") === undefined ? "query" : "body";
  report.add(
    "event-not-named",
    at(root, "wire") ?? root,
    "There are several events, and wire has no $event that tells them apart.",
    {
      hint: `Add $event to wire, as a value or as a key: ${drawn}: { event: $event, $common: , $fields: }.`,
    },
  );
}

/** Checks that each thing is in a part of the request where it may be. */
function inItsPlace(part: string, picture: Picture, { model, root, report }: Context): void {
  const { wire } = model;
  if (wire.format === "prometheus-text") return;
  const misplaced = (path: readonly string[], message: string, hint: string) =>
    report.add("wire-misplaced", treeAt(root, path), message, { hint });
  const places = placesIn(picture, [part]);
  const kinds = (kind: string) => places.filter(({ at }) => "kind" in at && at.kind === kind);
  const lists = kinds("each");
  if (part !== "body")
    for (const { path } of lists) misplaced(path, "$each is only allowed in the body.", "Put it there.");
  else if (wire.each !== undefined && lists.length !== 1)
    misplaced(
      [part],
      lists.length === 0 ? "each is drawn, and $each is nowhere in the body." : "$each is in the body twice.",
      "Put $each where the list of events is: body: { $common: , events: $each }.",
    );
  else if (wire.each === undefined && lists.length > 0)
    misplaced(
      lists[0]?.path ?? [part],
      "$each is here, and no event is drawn.",
      "Add each: { event: $event, $fields: }.",
    );
  if (part !== "each" && isBatch(wire))
    for (const { path, at } of places) {
      const isEventsOwn = setOf(at)?.of === "fields" || ("kind" in at && (at.kind === "event" || at.kind === "time"));
      if (isEventsOwn)
        misplaced(path, "This belongs to one event, but a request contains several.", "Put it into each.");
    }
  const flat = part === "query" || part === flatPart(wire);
  if (flat && picture.kind !== "object") {
    if (part !== "body" || !["base64", "base64url", "json", "line", "joined"].includes(picture.kind))
      misplaced([part], `${part} is a map of keys and values here.`, "Write { key: value }.");
  } else if (flat) {
    for (const { path, at } of places) {
      const deep = path.length > 1 && "kind" in at && (at.kind === "object" || at.kind === "list");
      if (deep && !within(picture, at))
        misplaced(path, "This format has only one level.", "Use { $json: … } for what has more.");
    }
  }
  if (part.startsWith("headers."))
    for (const { path, at } of places)
      if ((!("kind" in at) || at.kind === "object" || at.kind === "list") && !within(picture, at))
        misplaced(path, "A header holds one text.", "Write a text, with fields written as {common.NAME}.");
}

function knownField({ path, at: here }: PicturePlace, { model, root, report }: Context): void {
  const set = setOf(here);
  if (set?.name === undefined) return;
  const namesakes = fieldsOf(model, set.of).filter(({ wireName }) => wireName === set.name);
  if (namesakes.length === 0) {
    // What stands in the path is told where the address is written.
    if (path.at(-1)?.startsWith("{$") === true) return;
    const names = [...new Set(fieldsOf(model, set.of).map(({ wireName }) => `${set.of}.${wireName}`))];
    report.add("unknown-placeholder", treeAt(root, path), `Nothing fills $${set.of}.${set.name} in.`, {
      hint: hintFor(set, names, model),
    });
  } else if (!("kind" in here) && namesakes.some(({ type }) => !isSet(type))) {
    report.add(
      "wire-misplaced",
      treeAt(root, path),
      `"${set.name}" is neither an object nor a map, so it has no fields to spread.`,
      {
        hint: `Write NAME: $${set.of}.${set.name}.`,
      },
    );
  }
}

/** Returns what was meant, or how a field inside of another gets a place of its own. */
function hintFor({ of, name = "" }: FieldSet, names: readonly string[], model: Model): string {
  const outer = names.find((one) => `${of}.${name}`.startsWith(`${one}.`));
  if (outer === undefined)
    return names.length === 0 ? "Nothing is declared there." : suggestion(`${of}.${name}`, names, "Fields");
  const [inner, holder] = [`${of}.${name}`.slice(outer.length + 1), outer.slice(of.length + 1)];
  const holders = fieldsOf(model, of).filter(({ wireName }) => wireName === holder);
  const isObject = holders.every(({ type }) => type.fields !== undefined);
  const known = holders.flatMap(({ type }) => (type.fields ?? []).map(({ wireName }) => `${outer}.${wireName}`));
  if (isObject) return suggestion(`${of}.${name}`, known, "Fields");
  const all = holders.some(({ type }) => isSet(type)) ? ` All that "${holder}" holds is drawn as { $${outer}: }.` : "";
  return `Only what an object holds has a place of its own, and "${holder}" isn't one. Declare ${inner} next to it, and draw $${of}.${inner}.${all}`;
}

function isSet({ fields, schema }: Type): boolean {
  return fields !== undefined || (schema.type === "object" && schema.properties === undefined);
}

/** Every declared field travels somewhere. */
function losses({ model, report }: Context): void {
  const placed = placedByName(model.wire);
  for (const set of ["common", "fields"] as const) {
    const whole = wholeOf(model.wire, { of: set });
    const named = { common: ["common"], fields: model.events.map(({ wireName }) => wireName) }[set];
    const groups = groupsOf(model, set).map((fields, at) => ({ of: named[at] ?? "", fields }));
    for (const { of, fields } of groups)
      for (const field of fields) {
        const named = placed[set].includes(field.wireName);
        const beside = named ? absentBeside(model, { of: set, name: field.wireName }) : undefined;
        if (beside !== undefined)
          report.add(
            "field-not-sent",
            field.at,
            `"${field.wireName}" is sent only inside a text, which is left out if "${beside}" is absent.`,
            {
              hint: `Add $${set}.${field.wireName} in a separate place, too, or make "${beside}" required in every event.`,
            },
          );
        const sent = named ? isDrawn(model.wire, { of: set, name: field.wireName }) : whole;
        if (sent) continue;
        report.add(
          "field-not-sent",
          field.at,
          `wire has no place for "${field.wireName}" of ${of === "common" ? "common" : `"${of}"`}.`,
          {
            hint: `Add { $${set}: } to wire for all of them, or $${set}.${field.wireName} for this one.`,
          },
        );
        if (!named) break;
      }
  }
}

/** A field that may be absent and takes another one's only place along, since both stand in one text. */
function absentBeside(model: Model, { of, name }: FieldSet): string | undefined {
  let lost: string | undefined;
  let alone = false;
  const isHere = (picture: Picture) => picture.kind === "field" && picture.set === of && picture.name === name;
  const visit = (picture: Picture): void => {
    if (picture.kind !== "joined") {
      alone ||= isHere(picture);
      return;
    }
    const others = picture.pieces.filter((piece) => piece.kind === "field" && !isHere(piece));
    const absent = others.find((piece) => piece.kind === "field" && mayBeAbsent(model, piece.set, piece.name));
    if (!picture.pieces.some(isHere)) return;
    if (absent?.kind === "field") lost = absent.name;
    else alone = true;
  };
  const texts = picturesOf(model.wire).flatMap(([, picture]) => placesIn(picture));
  const pieces = new Set(texts.flatMap(({ at }) => ("kind" in at && at.kind === "joined" ? at.pieces : [])));
  for (const { at } of texts) if ("kind" in at && !pieces.has(at)) visit(at);
  return alone ? undefined : lost;
}

function isDrawn(wire: Wire, set: FieldSet): boolean {
  return (
    picturesOf(wire).some(([, picture]) =>
      placesIn(picture).some(
        ({ at }) => "kind" in at && at.kind === "field" && at.set === set.of && at.name === set.name,
      ),
    ) || wholeOf(wire, set)
  );
}

/** Returns whether a set is spread, or repeated with its names and its values, in one place or in two lists side by side. */
function wholeOf(wire: Wire, { of, name }: FieldSet): boolean {
  const places = picturesOf(wire).flatMap(([, picture]) => placesIn(picture));
  const same = (set: FieldSet) => set.of === of && set.name === name;
  if (places.some(({ at }) => "spread" in at && same(at.spread))) return true;
  const drawn = places.flatMap(({ at }) =>
    "repeat" in at && same(at.repeat) ? [...("key" in at ? [at.key as Picture] : []), at.value] : [],
  );
  const kinds = new Set(drawn.flatMap((picture) => placesIn(picture).map(({ at }) => ("kind" in at ? at.kind : ""))));
  return kinds.has("name") && (kinds.has("value") || kinds.has("text"));
}
