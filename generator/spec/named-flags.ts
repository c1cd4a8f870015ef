import { typeNamed } from "../language/types/index.js";
import type { TextSpan } from "./diagnostic-sink.js";
import type { Scope } from "./scope.js";
import { at, type Tree, textOf } from "./tree.js";

/** The flags that a named type may set for its fields. */
export type NamedFlag = "nullable" | "optional";

/** Returns a flag of the named type: itself, or the one that it is made of. */
export function saidByName(
  tree: Tree,
  key: NamedFlag,
  { types }: Scope,
): { readonly name: string; readonly place: TextSpan } | undefined {
  const seen = new Set<string>();
  let name = textOf(tree.kind === "map" ? at(tree, "type") : tree);
  while (name !== undefined && typeNamed(name) === undefined && !seen.has(name)) {
    seen.add(name);
    const entry = types.get(name);
    const said = at(entry?.value, key);
    if (said?.kind === "scalar" && said.value === true) return { name, place: said };
    name = textOf(at(entry?.value, "type"));
  }
  return undefined;
}
