import { textBeyond } from "../../language/types/text-forms.js";
import { accepts } from "../../model/accepts.js";
import { fieldsOf } from "../../model/field-sets.js";
import type { Field, Model, Picture, Type } from "../../model/model.js";
import { placesIn } from "../../model/wire.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import type { MapTree } from "../tree.js";
import { treeAt } from "./wire-context.js";

/** The pattern of a header's text: visible ASCII, with spaces inside alone. */
const PLAIN = "^(?:[!-~](?:[ -~]{0,1022}[!-~])?)?$";

/** A header carries no line break, no letter beyond ASCII, and loses spaces at its ends: such a value would arrive as another one, or not at all. */
export function headerTexts(model: Model, root: MapTree, report: DiagnosticSink): void {
  const { wire } = model;
  const fields = [...fieldsOf(model, "common"), ...fieldsOf(model, "fields")];
  for (const header of wire.headers) {
    if (header.kind !== "picture") continue;
    if ([0, -1].some((end) => mayEndInSpace(header.picture, end, fields)))
      report.add("header-not-plain", treeAt(root, [`headers.${header.name}`]), "A header loses a space at its ends.", {
        hint: "Leave the space out, or put a text that is never empty on its other side.",
      });
    for (const { at: here } of placesIn(header.picture)) {
      if (!("kind" in here)) continue;
      const found =
        here.kind === "constant"
          ? notPlain(String(here.value))
          : here.kind === "field"
            ? beyondPlain(fields.find(({ wireName }) => wireName === here.name))
            : undefined;
      if (found === undefined) continue;
      const problem = here.kind === "field" ? `"${here.name}" may be ${found}` : `This is ${found}`;
      report.add(
        "header-not-plain",
        treeAt(root, [`headers.${header.name}`]),
        `${problem}, which a header can't carry.`,
        {
          hint: "Send it in the body, where any text is allowed.",
        },
      );
    }
  }
}

/** @param end 0: its beginning; -1: its end. */
function mayEndInSpace(picture: Picture, end: number, fields: readonly Field[]): boolean {
  switch (picture.kind) {
    case "constant":
      return String(picture.value).at(end) === " ";
    case "joined": {
      const pieces = end === 0 ? picture.pieces : picture.pieces.toReversed();
      const last = pieces.findIndex((piece) => !mayBeEmpty(piece, fields));
      return pieces.slice(0, last < 0 ? undefined : last + 1).some((piece) => mayEndInSpace(piece, end, fields));
    }
    case "line":
      // Each of its pieces can be the first or the last.
      return picture.pieces.some(
        (piece) => mayEndInSpace(piece, end, fields) || (mayBeEmpty(piece, fields) && / /.test(picture.by)),
      );
    default:
      return false;
  }
}

function mayBeEmpty(piece: Picture, fields: readonly Field[]): boolean {
  if (piece.kind === "field")
    return fields.some(({ wireName, type }) => wireName === piece.name && accepts(type.schema, ""));
  if (piece.kind === "joined" || piece.kind === "line") return piece.pieces.every((one) => mayBeEmpty(one, fields));
  return piece.kind === "constant" && piece.value === "";
}

function notPlain(text: string): string | undefined {
  // A piece of a text may begin or end with a space.
  return /^[ -~]*$/.test(text) ? undefined : JSON.stringify(text);
}

function beyondPlain(field: Field | undefined): string | undefined {
  return field === undefined ? undefined : beyond(field.type);
}

function beyond({ schema }: Type): string | undefined {
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values !== undefined) {
    const plain = new RegExp(PLAIN);
    const other = values.find((value) => typeof value === "string" && !plain.test(value));
    return other === undefined ? undefined : JSON.stringify(other);
  }
  if (schema.type !== "string") return undefined;
  const { maxLength = 1024 } = schema;
  const found = schema.pattern === undefined ? "any text" : textBeyond({ pattern: PLAIN, maxLength }, schema);
  if (found === undefined) return undefined;
  return typeof found === "string" ? "any text" : JSON.stringify(found.text);
}
