import type { Clients } from "../model/model.js";
import { present } from "./build-destination.js";
import { type Scope, spanOf } from "./scope.js";
import { at, type MapTree, type Tree, textOf } from "./tree.js";

/** Returns what `clients` says; TypeScript alone where it isn't there. */
export function buildClients(tree: Tree | undefined, root: MapTree, scope: Scope): Clients {
  if (tree === undefined) return { typescript: { at: spanOf(scope, root) } };
  const [typescript, python] = [at(tree, "typescript"), at(tree, "python")];
  const [go, rust] = [at(tree, "go"), at(tree, "rust")];
  return {
    ...(typescript && { typescript: { at: spanOf(scope, typescript) } }),
    ...(python && {
      python: {
        at: spanOf(scope, python),
        ...present("to", textOf(at(python, "to"))),
        ...(textOf(at(python, "leave")) === "process" ? { leave: "process" as const } : {}),
      },
    }),
    ...(go && {
      go: {
        at: spanOf(scope, go),
        ...present("to", textOf(at(go, "to"))),
        ...present("package", textOf(at(go, "package"))),
      },
    }),
    ...(rust && { rust: { at: spanOf(scope, rust), ...present("to", textOf(at(rust, "to"))) } }),
  };
}
