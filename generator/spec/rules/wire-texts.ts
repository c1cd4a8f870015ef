import { mayHold, textKind } from "../../model/as-text.js";
import { fieldsOf } from "../../model/field-sets.js";
import type { FieldSet, Picture } from "../../model/model.js";
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
        ? at.pieces.flatMap((piece) => placesIn(piece).map((one) => one.at))
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
  const kinds = new Map<string, string>();
  for (const field of fields) {
    const inner = spread && set.name !== undefined && field.type.fields !== undefined ? field.type.fields : [field];
    for (const one of inner) {
      const kind = one.nullable ? undefined : textKind(one.type.schema);
      const other = kinds.get(one.wireName);
      if (kind === undefined || (other !== undefined && other !== kind)) {
        report.add("text-ambiguous", treeAt(root, path), `The receiver can't tell from the text what "${one.wireName}" was.`, {
          hint: one.nullable
            ? "A null has no text of its own: make it optional instead, or send the value as it is."
            : "It is a text in one place and something else in another: send the value as it is, or under another name.",
        });
        return;
      }
      kinds.set(one.wireName, kind);
    }
  }
}

/** Behind each placeholder stands something that its value can't hold. */
function apart(
  pieces: readonly Picture[],
  by: string | undefined,
  path: readonly string[],
  { model, root, report }: Context,
): void {
  const tell = (piece: Picture, behind: string) =>
    report.add(
      "text-ambiguous",
      treeAt(root, path),
      piece.kind === "field" && behind !== ""
        ? `"${piece.name}" may hold ${JSON.stringify(behind)} itself, so the receiver can't tell where it ends.`
        : `The receiver can't tell where one ends and the next begins.`,
      { hint: "Put a text between them that the value can't contain, or send them separately." },
    );
  const schemasOf = ({ set, name }: Extract<Picture, { readonly kind: "field" }>) =>
    fieldsOf(model, set)
      .filter(({ wireName }) => wireName === name)
      .map(({ type }) => type.schema);
  const flatten = (piece: Picture): readonly Picture[] => (piece.kind === "joined" ? piece.pieces : [piece]);
  const all =
    by === undefined
      ? [...pieces]
      : pieces.flatMap((piece, at) => [
          ...(at > 0 ? [{ kind: "constant", value: by } as const] : []),
          ...flatten(piece),
        ]);
  for (const [index, piece] of all.entries()) {
    const next = all[index + 1];
    if (piece.kind === "constant" || next === undefined) continue;
    if (next.kind !== "constant") tell(piece, "");
    else if (piece.kind === "line") {
      const mark = String(next.value).charAt(0);
      const inner = leavesOf(piece).find(
        (leaf) => leaf.kind === "field" && schemasOf(leaf).some((one) => mayHold(one, mark)),
      );
      if (inner !== undefined) tell(inner, mark);
      else if (piece.by.includes(mark)) tell(piece, "");
    } else if (piece.kind === "time" || piece.kind === "sent") {
      // The receiver looks for what ends a text from its end.
      const isLast = by === undefined && index + 2 === all.length;
      const held = { rfc3339: /^[\dTZ:.-]/, "unix-ms": /^\d/, "unix-s": /^\d/ }[piece.form];
      if (!isLast && held.test(String(next.value))) tell(piece, "");
    } else if (piece.kind === "field" || piece.kind === "event") {
      const mark = String(next.value).charAt(0);
      const schemas =
        piece.kind === "event" ? [{ enum: model.events.map(({ wireName }) => wireName) }] : schemasOf(piece);
      if (schemas.some((schema) => mayHold(schema, mark))) tell(piece, mark);
    }
  }
  if (by === undefined) return;
  // A line is read from one separator to the next: only its last piece may hold more of them than its own words do.
  for (const piece of pieces.slice(0, -1)) {
    const inner = leavesOf(piece);
    // What ends it has been looked at above.
    const open = inner.find(
      (leaf) =>
        leaf !== flatten(piece).at(-1) &&
        leaf.kind === "field" &&
        schemasOf(leaf).some((one) => mayHold(one, by.charAt(0))),
    );
    if (open !== undefined) tell(open, by.charAt(0));
    else if (hidesSeparator(piece, inner, by)) tell(piece, "");
  }
  const optional = pieces.filter((piece) =>
    flatten(piece).some((one) => one.kind === "field" && mayBeAbsent(model, one.set, one.name)),
  );
  const heads = pieces.map((piece) => {
    const [first] = flatten(piece);
    return first?.kind === "constant" ? String(first.value) : "";
  });
  if (optional.length > 0 && new Set(heads).size < heads.length)
    report.add("text-ambiguous", treeAt(root, path), "If a piece is left out, it can't be distinguished from the next one.", {
      hint: 'Begin each piece with a text of its own: ["a/{common.a}", "b/{common.b}"].',
    });
}

/** True if how often a piece holds the separator depends on its values: words end as it begins, or stand in a line of their own. */
function hidesSeparator(piece: Picture, inner: readonly Picture[], by: string): boolean {
  const words = inner.flatMap((leaf) => (leaf.kind === "constant" ? [String(leaf.value)] : []));
  if (piece.kind === "line") return words.some((one) => one.includes(by));
  const starts = Array.from({ length: by.length - 1 }, (_, at) => by.slice(0, at + 1));
  return inner.length > 1 && words.some((one) => starts.some((start) => one.endsWith(start)));
}

/** Returns what is filled in, in texts that stand in texts. */
function leavesOf(piece: Picture): readonly Picture[] {
  return piece.kind === "line" || piece.kind === "joined" ? piece.pieces.flatMap(leavesOf) : [piece];
}
