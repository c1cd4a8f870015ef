import { expression } from "../../model/expression.js";
import { fieldsOf } from "../../model/field-sets.js";
import type { FieldSet, Model, Picture, Type } from "../../model/model.js";
import { placedByName, placesIn, writtenText } from "../../model/wire.js";
import { INHERITED } from "../structure/names.js";
import { type Context, mayBeAbsent, treeAt } from "./wire-context.js";
import { type Names, Siblings } from "./wire-siblings.js";

function namesOf(model: Model, set: FieldSet): Names {
  if (set.name === undefined) {
    const placed = new Set(placedByName(model.wire)[set.of]);
    const whose = { common: "common", fields: "an event" }[set.of];
    return {
      names: new Map(
        fieldsOf(model, set.of).flatMap(({ wireName }) =>
          placed.has(wireName) ? [] : [[wireName, `the field "${wireName}" of ${whose}`]],
        ),
      ),
    };
  }
  const types = fieldsOf(model, set.of)
    .filter(({ wireName }) => wireName === set.name)
    .map(({ type }) => type);
  const names = new Map(
    types.flatMap(({ fields = [] }) =>
      fields.map(({ wireName }): [string, string] => [wireName, `the field "${wireName}" of "${set.name}"`]),
    ),
  );
  const maps = types.filter(({ fields }) => fields === undefined);
  return maps.length === 0 ? { names } : { names, open: (name) => maps.some((type) => isKeyOf(type, name)) };
}

function isKeyOf({ schema }: Type, name: string): boolean {
  const keys = (schema as { propertyNames?: { pattern?: string; enum?: readonly unknown[] } }).propertyNames;
  if (keys?.enum !== undefined) return keys.enum.includes(name);
  return keys?.pattern === undefined || expression(keys.pattern).test(name);
}

/** Returns the text before and behind a name in a key. */
function aroundName(key: Picture): readonly [before: string, after: string] {
  if (key.kind !== "joined") return ["", ""];
  const at = key.pieces.findIndex(({ kind }) => kind === "name");
  const text = (pieces: readonly Picture[]) =>
    pieces.map((piece) => (piece.kind === "constant" ? String(piece.value) : "")).join("");
  return [text(key.pieces.slice(0, at)), text(key.pieces.slice(at + 1))];
}

/** A key that several texts fit is read by the one that says more: none of another set may look so. */
function takenForAnother(picture: Picture & { kind: "object" }, model: Model): string | undefined {
  const repeats = picture.entries.flatMap((entry) => {
    if (!("repeat" in entry)) return [];
    const [before, after] = aroundName(entry.key);
    return [{ before, after, names: underKey(entry.key, namesOf(model, entry.repeat)).names }];
  });
  return repeats
    .flatMap((repeat) => [...repeat.names.keys()].map((name) => [repeat, name] as const))
    .find(([one, name]) =>
      repeats.some(
        ({ before, after }) =>
          before.length + after.length > one.before.length + one.after.length &&
          name.startsWith(before) &&
          name.endsWith(after),
      ),
    )?.[1];
}

/** The keys that are made of a set's names, where those stand inside a text. */
function underKey(key: Picture, { names, open }: Names): Names {
  const [before, after] = aroundName(key);
  const filled = new Map([...names].map(([name, what]) => [`${before}${name}${after}`, what]));
  if (open === undefined) return { names: filled };
  const isOpen = (name: string) =>
    name.startsWith(before) &&
    name.endsWith(after) &&
    name.length >= before.length + after.length &&
    open(name.slice(before.length, name.length - after.length));
  return { names: filled, open: isOpen };
}

/** No two things that stand side by side may have one name. */
export function collisions(picture: Picture & { kind: "object" }, path: readonly string[], context: Context): void {
  const { model } = context;
  const keys = new Siblings(context);
  for (const entry of picture.entries) {
    if ("spread" in entry) keys.add(namesOf(model, entry.spread), path);
    else if ("repeat" in entry) keys.add(underKey(entry.key, namesOf(model, entry.repeat)), path);
    else drawnKey(entry.key, keys, path, context);
  }
  const lost = takenForAnother(picture, model);
  if (lost !== undefined) keys.tell(lost, "what is repeated beside it under a longer text", path);
}

/** A key that is drawn as such: a text, or the event's name. */
function drawnKey(key: Picture, keys: Siblings, path: readonly string[], { model, root, report }: Context): void {
  if (key.kind === "constant" && INHERITED.includes(String(key.value)))
    report.add(
      "reserved-name",
      treeAt(root, [...path, String(key.value)]),
      `"${key.value}" is a name that every object already has.`,
      { hint: "Choose another key." },
    );
  else if (key.kind === "constant")
    keys.add({ names: new Map([[String(key.value), "another entry"]]) }, [...path, String(key.value)]);
  else if (key.kind === "event")
    keys.add({ names: new Map(model.events.map(({ wireName }) => [wireName, "the event"])) }, [...path, "$event"]);
  else
    report.add(
      "wire-misplaced",
      treeAt(root, [...path, writtenText(key)]),
      "A key is a text, $event, or a set of fields.",
      { hint: insteadOf(key) },
    );
}

/** Returns how a key is drawn that was meant to be made of something. */
function insteadOf(key: Picture): string {
  const kinds = new Set(placesIn(key).map(({ at }) => ("kind" in at ? at.kind : "")));
  if (kinds.has("event")) {
    const around = writtenText(key).replace("{event}", "start");
    return `A key holds the event's name alone: call the event as the key is to be, events: { ${around}: … }, and draw { $event: … }.`;
  }
  if (kinds.has("field"))
    return "A key that a value decides is the key of a map: declare { type: map, keys: …, of: …, max_items: 9 }, and draw { $fields.NAME: }.";
  return kinds.has("time") || kinds.has("sent")
    ? "A time is a value: { ts: $time }."
    : "Only inside what is repeated a key may be $name.";
}

/** Returns whether two drawings have another constant at the same place, or each its value where the other has nothing. */
function areToldApart(picture: Picture, other: Picture): boolean {
  const constants = constantsOf(other);
  const [own, others] = [valuePath(picture), valuePath(other)];
  if (own !== undefined && others !== undefined && !reaches(other, own) && !reaches(picture, others)) return true;
  return [...constantsOf(picture)].some(([place, value]) => constants.has(place) && constants.get(place) !== value);
}

/** The keys that lead to what is repeated; undefined: it stands elsewhere, or in a text. */
function valuePath(picture: Picture): readonly string[] | undefined {
  if (picture.kind === "value" || picture.kind === "text") return [];
  if (picture.kind !== "object") return undefined;
  for (const entry of picture.entries) {
    if (!("value" in entry) || "repeat" in entry || entry.key.kind !== "constant") continue;
    const inner = valuePath(entry.value);
    if (inner !== undefined) return [String(entry.key.value), ...inner];
  }
  return undefined;
}

/** Returns whether something may stand behind these keys. */
function reaches(picture: Picture, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (picture.kind !== "object") return picture.kind !== "constant";
  return picture.entries.some((entry) => {
    if (!("value" in entry) || "repeat" in entry || entry.key.kind !== "constant") return true;
    return entry.key.value === key && reaches(entry.value, rest);
  });
}

function constantsOf(picture: Picture, path = ""): ReadonlyMap<string, unknown> {
  if (picture.kind === "constant") return new Map([[path, picture.value]]);
  if (picture.kind === "object")
    return new Map(
      picture.entries.flatMap((entry) =>
        "value" in entry && !("repeat" in entry) && entry.key.kind === "constant"
          ? [...constantsOf(entry.value, `${path}/${entry.key.value}`)]
          : [],
      ),
    );
  if (picture.kind !== "list" || picture.items.some((item) => "repeat" in item)) return new Map();
  return new Map(picture.items.flatMap((item, index) => [...constantsOf(item as Picture, `${path}/${index}`)]));
}

/** A fixed place in a list holds nothing optional: without it, what follows would stand in its place. */
export function holes(
  picture: Picture & { kind: "list" },
  path: readonly string[],
  { model, root, report }: Context,
): void {
  const repeats = picture.items.flatMap((item) => ("repeat" in item ? [item.value] : []));
  const kinds = new Set(repeats.map((value) => JSON.stringify(value)));
  const apart = repeats.every((repeat, index) => repeats.slice(0, index).every((other) => areToldApart(repeat, other)));
  if (kinds.size > 1 && !(apart && repeats.every((value) => JSON.stringify(value).includes('{"kind":"name"}'))))
    report.add("wire-misplaced", treeAt(root, path), "A list repeats two forms that can't be told apart.", {
      hint: "Give them the same form, put them into two lists, or give each its own constant in the same position: [ { $fields.server: [server, $name, $value] }, { $fields.php: [php, $name, $value] } ].",
    });
  for (const [index, item] of picture.items.entries()) {
    if ("repeat" in item || item.kind !== "field") continue;
    if (mayBeAbsent(model, item.set, item.name))
      report.add(
        "wire-misplaced",
        treeAt(root, [...path, String(index)]),
        `"${item.name}" may be absent, but has a fixed place in a list.`,
        {
          hint: "Make it required, or put it into an object.",
        },
      );
  }
}
