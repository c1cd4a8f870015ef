import { groupsOf } from "../../model/field-sets.js";
import type { FieldSet, Model, Picture, PicturePlace } from "../../model/model.js";
import { placesIn } from "../../model/wire.js";
import type { DiagnosticSink, TextSpan } from "../diagnostic-sink.js";
import { at, type MapTree, type Tree } from "../tree.js";

/** The context of the rules about a request's picture. */
export interface Context {
  readonly model: Model;
  readonly root: MapTree;
  readonly report: DiagnosticSink;
}

/** Returns where a place of the picture is written; what holds it, where it can't be told. */
export function treeAt(root: MapTree, [part = "", ...path]: readonly string[]): TextSpan {
  let here: Tree = at(root, "wire") ?? root;
  for (const step of [...part.split(/\.(.*)/s).filter((one) => one !== ""), ...path]) {
    const next: Tree | undefined =
      here.kind === "map"
        ? (here.entries.get(step)?.value ?? here.entries.get(step.replaceAll("$", "$$$$"))?.value)
        : here.kind === "list"
          ? here.items[Number(step)]
          : undefined;
    if (next === undefined) return here;
    here = next;
  }
  return here;
}

/** Returns whether a place stands inside something that becomes a text. */
export function within(picture: Picture, at: PicturePlace["at"]): boolean {
  return placesIn(picture).some(
    (place) =>
      "kind" in place.at &&
      (place.at.kind === "json" || place.at.kind === "base64" || place.at.kind === "base64url") &&
      placesIn(place.at.of).some((inner) => inner.at === at),
  );
}

/** Returns whether a field isn't there in some request: it is optional, old, conditional, or another event's alone. */
export function mayBeAbsent(model: Model, set: FieldSet["of"], name: string): boolean {
  return !groupsOf(model, set).every((fields) =>
    fields.some((field) => field.wireName === name && !field.optional && !field.legacy && field.onlyWhen.length === 0),
  );
}
