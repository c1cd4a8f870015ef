import { LANGUAGE_NAMES } from "../language/client-languages.js";
import type { ClientPlace, Clients } from "../model/clients.js";
import { present } from "./build-destination.js";
import { type Scope, spanOf } from "./scope.js";
import { at, type MapTree, type Tree, textOf } from "./tree.js";

/** Returns what `clients` says; TypeScript alone where it isn't there. */
export function buildClients(tree: Tree | undefined, root: MapTree, scope: Scope): Clients {
  if (tree === undefined) return { typescript: { at: spanOf(scope, root) } };
  return Object.fromEntries(
    LANGUAGE_NAMES.flatMap((name) => {
      const said = at(tree, name);
      return said === undefined ? [] : [[name, placeOf(said, scope)]];
    }),
  );
}

function placeOf(said: Tree, scope: Scope): ClientPlace {
  return {
    at: spanOf(scope, said),
    ...present("to", textOf(at(said, "to"))),
    ...present("package", textOf(at(said, "package"))),
    ...(textOf(at(said, "leave")) === "process" ? { leave: "process" as const } : {}),
  };
}
