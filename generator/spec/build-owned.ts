import type { Model, Owned } from "../model/model.js";
import { present } from "./build-destination.js";
import { at, type Tree, textOf, textsOf } from "./tree.js";

/** Builds the facts on who answers for an event or a field, and until when it is there. */
export function buildOwned(tree: Tree): Owned {
  const text = (key: string) => textOf(at(tree, key));
  return {
    ...present("owner", text("owner")),
    ...present("class", text("class")),
    ...present("purpose", text("purpose")),
    ...present("expires", text("expires")),
  };
}

export function buildLegal(root: Tree): Pick<Model, "legal" | "licence"> {
  const legal = at(root, "legal");
  const text = (key: string) => textOf(at(legal, key));
  const some = (key: string) => textsOf(at(legal, key));
  const several = (key: string) => text(key) ?? (some(key).length === 0 ? undefined : some(key).join(", "));
  const processors = [text("processors") ?? some("processors")].flat();
  return {
    ...(legal === undefined
      ? {}
      : {
          legal: {
            ...present("controller", text("controller")),
            ...present("basis", several("basis")),
            ...present("rights", several("rights")),
            ...(processors.length === 0 ? {} : { processors }),
          },
        }),
    ...present("licence", textOf(at(root, "licence"))),
  };
}
