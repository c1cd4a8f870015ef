import type { Match } from "../model/model.js";
import { at, itemsOf, type Tree, textOf, textsOf } from "./tree.js";

/** When a value that was found counts. */
export function buildMatch(tree: Tree): Match {
  const values = at(tree, "any_except");
  if (values !== undefined) return { kind: "any-except", values: textsOf(values) };
  if (tree.kind === "list") return { kind: "exactly", values: scalarsOf(tree) };
  return { kind: textOf(tree) as Exclude<Match["kind"], "exactly" | "any-except"> };
}

function scalarsOf(tree: Tree): readonly (string | boolean)[] {
  return itemsOf(tree).flatMap((item) =>
    item.kind === "scalar" && (typeof item.value === "string" || typeof item.value === "boolean") ? [item.value] : [],
  );
}
