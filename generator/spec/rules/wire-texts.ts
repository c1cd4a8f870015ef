import { accepts } from "../../model/accepts.js";
import { mayBeBool, mayHold, textKind } from "../../model/as-text.js";
import { fieldsOf } from "../../model/field-sets.js";
import type { JsonSchema, JsonValue } from "../../model/json-schema.js";
import type { FieldSet, Picture, Wire } from "../../model/model.js";
import { flatPart, placedByName, placesIn, setOf } from "../../model/wire.js";
import { type Context, mayBeAbsent, treeAt, within } from "./wire-context.js";

/** Checks that a text can be told from what is next to it, and from what else it could have been. */
export function textsOf(part: string, picture: Picture, context: Context): void {
  const { model } = context;
  const { wire } = model;
  if (wire.format === "prometheus-text") return;
  const flat = part === "query" || part === flatPart(wire) || part.startsWith("headers.");
  const places = placesIn(picture, [part]);
  const inside = new Set(
    places.flatMap(({ at }) =>
      "kind" in at && (at.kind === "joined" || at.kind === "line")
        ? at.pieces.flatMap((piece) => placesIn(piece).map((place) => place.at))
        : [],
    ),
  );
  for (const { path, at: here } of places) {
    const asText =
      "repeat" in here
        ? placesIn(here.value).some(({ at }) => "kind" in at && at.kind === "text")
        : flat || inside.has(here);
    const set = setOf(here);
    if (asText && set !== undefined && !within(picture, here)) textable(set, !("kind" in here), path, context);
    if ("kind" in here && here.kind === "joined") apart(here.pieces, undefined, path, context);
    if ("kind" in here && here.kind === "line") apart(here.pieces, here.by, path, context);
  }
}

function textable(set: FieldSet, spread: boolean, path: readonly string[], { model, root, report }: Context): void {
  const placed = placedByName(model.wire)[set.of];
  const fields = fieldsOf(model, set.of).filter(({ wireName }) =>
    set.name === undefined ? !placed.includes(wireName) : wireName === set.name,
  );
  const types = new Map<string, JsonSchema[]>();
  for (const field of fields) {
    const [name, type] = [field.wireName, field.type];
    const within = spread && set.name !== undefined;
    const inner: readonly (readonly [string, JsonSchema, boolean])[] =
      within && type.fields !== undefined
        ? type.fields.map((one) => [one.wireName, one.type.schema, one.nullable])
        : [[name, (within ? valuesOf(type.schema) : undefined) ?? type.schema, field.nullable]];
    for (const [one, schema, nullable] of inner) {
      const all = [...(types.get(one) ?? []), nullable ? { anyOf: [schema, { const: null }] } : schema];
      types.set(one, all);
      const hint = unreadable({ anyOf: all }, model.wire);
      if (hint === undefined) continue;
      const says = `The receiver can't tell from the text what "${one}" was.`;
      report.add("text-ambiguous", treeAt(root, path), says, { hint });
      return;
    }
  }
}

/** The values of a map. */
function valuesOf({ additionalProperties }: JsonSchema): JsonSchema | undefined {
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

/** Returns what to write instead where a value can't be known again from its text. */
function unreadable(schema: JsonSchema, wire: Wire): string | undefined {
  if (accepts(schema, null))
    return "A null has no text of its own: make it optional instead, or send the value as it is.";
  const kind = textKind(schema);
  if (kind === undefined)
    return "It is a text in one place and something else in another: send the value as it is, or under another name.";
  const spelt =
    kind === "json" && mayBeBool(schema) ? boolsOf(wire).find((text) => mayBeSpelt(schema, text)) : undefined;
  return (
    spelt && `${spelt} is one of bools, and a number here: send them under two names, or spell the booleans in words.`
  );
}

/** Returns whether a value that is no boolean has this text. */
function mayBeSpelt(schema: JsonSchema, text: string): boolean {
  const value = parsed(text);
  return value !== undefined && typeof value !== "boolean" && accepts(schema, value);
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** The pieces of a text, and how a finding about one of them is told. */
interface Pieces {
  readonly pieces: readonly Picture[];
  /** What separates the pieces of a line; absent where they are joined as they are. */
  readonly by: string | undefined;
  readonly path: readonly string[];
  readonly context: Context;
}

/** Behind each placeholder stands something that its value can't hold. */
function apart(pieces: readonly Picture[], by: string | undefined, path: readonly string[], context: Context): void {
  const text = { pieces, by, path, context };
  endsOfPieces(text);
  if (by === undefined) return;
  separators(text, by);
  absentPieces(text);
}

/** Each value ends where the constant behind it begins. */
function endsOfPieces(text: Pieces): void {
  const { pieces, by } = text;
  const whole =
    by === undefined
      ? pieces
      : pieces.flatMap((piece, at) => [
          ...(at > 0 ? [{ kind: "constant", value: by } as const] : []),
          ...flatten(piece),
        ]);
  for (const [index, piece] of whole.entries()) {
    const next = whole[index + 1];
    if (piece.kind === "constant" || next === undefined) continue;
    if (next.kind !== "constant") tell(text, piece, "");
    // The receiver looks for what ends a text from its end.
    else endOfPiece(text, piece, String(next.value), by === undefined && index + 2 === whole.length);
  }
}

function endOfPiece(text: Pieces, piece: Picture, behind: string, isLast: boolean): void {
  const { context } = text;
  const mark = behind.charAt(0);
  switch (piece.kind) {
    case "line": {
      const inner = leavesOf(piece).find((leaf) => holdsMark(leaf, mark, context));
      if (inner !== undefined) tell(text, inner, mark);
      else if (piece.by.includes(mark)) tell(text, piece, "");
      return;
    }
    case "time":
    case "sent": {
      const held = { rfc3339: /^[\dTZ:.-]/, "unix-ms": /^\d/, "unix-s": /^\d/ }[piece.form];
      if (!isLast && held.test(behind)) tell(text, piece, "");
      return;
    }
    case "field":
      if (holdsMark(piece, mark, context)) tell(text, piece, mark);
      return;
    case "event": {
      const names = context.model.events.map(({ wireName }) => wireName);
      if (mayHold({ enum: names }, mark)) tell(text, piece, mark);
      return;
    }
    case "constant":
    case "each":
    case "name":
    case "value":
    case "text":
    case "object":
    case "list":
    case "json":
    case "base64":
    case "base64url":
    case "joined":
      return;
    default:
      piece satisfies never;
  }
}

/** A line is read from one separator to the next: only its last piece may hold more of them than its own words do. */
function separators(text: Pieces, by: string): void {
  const mark = by.charAt(0);
  for (const piece of text.pieces.slice(0, -1)) {
    const inner = leavesOf(piece);
    // What ends it has been looked at above.
    const open = inner.find((leaf) => leaf !== flatten(piece).at(-1) && holdsMark(leaf, mark, text.context));
    if (open !== undefined) tell(text, open, mark);
    else if (hidesSeparator(piece, inner, by)) tell(text, piece, "");
  }
}

/** A piece may be left out only where the others begin with texts of their own. */
function absentPieces({ pieces, path, context: { model, root, report } }: Pieces): void {
  const optional = pieces.filter((piece) =>
    flatten(piece).some((leaf) => leaf.kind === "field" && mayBeAbsent(model, leaf.set, leaf.name)),
  );
  const heads = pieces.map((piece) => {
    const [first] = flatten(piece);
    return first?.kind === "constant" ? String(first.value) : "";
  });
  if (optional.length === 0 || new Set(heads).size === heads.length) return;
  report.add(
    "text-ambiguous",
    treeAt(root, path),
    "If a piece is left out, it can't be distinguished from the next one.",
    {
      hint: 'Begin each piece with a text of its own: ["a/{common.a}", "b/{common.b}"].',
    },
  );
}

function tell({ path, context: { root, report } }: Pieces, piece: Picture, behind: string): void {
  const says =
    piece.kind === "field" && behind !== ""
      ? `"${piece.name}" may hold ${JSON.stringify(behind)} itself, so the receiver can't tell where it ends.`
      : "The receiver can't tell where one ends and the next begins.";
  report.add("text-ambiguous", treeAt(root, path), says, {
    hint: "Put a text between them that the value can't contain, or send them separately.",
  });
}

/** Returns whether a field's value may hold a character, as it is spelt. */
function holdsMark(leaf: Picture, mark: string, { model }: Context): boolean {
  if (leaf.kind !== "field") return false;
  const bools = boolsOf(model.wire);
  return fieldsOf(model, leaf.set).some(
    ({ wireName, type: { schema } }) =>
      wireName === leaf.name &&
      (mayHold(schema, mark) || (mayBeBool(schema) && bools.some((text) => text.includes(mark)))),
  );
}

function boolsOf(wire: Wire): readonly string[] {
  return ("bools" in wire ? wire.bools : undefined) ?? [];
}

function flatten(piece: Picture): readonly Picture[] {
  return piece.kind === "joined" ? piece.pieces : [piece];
}

/** True if how often a piece holds the separator depends on its values: words end as it begins, or stand in a line of their own. */
function hidesSeparator(piece: Picture, inner: readonly Picture[], by: string): boolean {
  const words = inner.flatMap((leaf) => (leaf.kind === "constant" ? [String(leaf.value)] : []));
  if (piece.kind === "line") return words.some((word) => word.includes(by));
  const starts = Array.from({ length: by.length - 1 }, (_, at) => by.slice(0, at + 1));
  return inner.length > 1 && words.some((word) => starts.some((start) => word.endsWith(start)));
}

/** Returns what is filled in, in texts that stand in texts. */
function leavesOf(piece: Picture): readonly Picture[] {
  return piece.kind === "line" || piece.kind === "joined" ? piece.pieces.flatMap(leavesOf) : [piece];
}
