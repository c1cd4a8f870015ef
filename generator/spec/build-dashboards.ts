import type { Period, Query } from "../model/model.js";
import { present } from "./build-destination.js";
import { type Scope, spanOf } from "./scope.js";
import { at, itemsOf, type Tree, textOf, textsOf } from "./tree.js";

/** Returns what is printed of `dashboards`: an entry's text, or its title. */
export function dashboardTitles(tree: Tree | undefined): readonly string[] {
  return itemsOf(tree).flatMap((item) => textOf(item) ?? textOf(at(item, "title")) ?? []);
}

/** The entries that say what they are made of. */
export function buildQueries(tree: Tree | undefined, metrics: boolean, scope: Scope): readonly Query[] {
  return itemsOf(tree).flatMap((item): readonly Query[] => {
    const title = textOf(at(item, "title"));
    if (title === undefined) return [];
    return [
      {
        at: spanOf(scope, item),
        title,
        ...present("of", textOf(at(item, "of"))),
        measure: measureOf(item, metrics),
        by: textsOf(at(item, "by")),
        ...present("per", textOf(at(item, "per")) as Period | undefined),
      },
    ];
  });
}

function measureOf(item: Tree, metrics: boolean): Query["measure"] {
  const distinct = textOf(at(item, "distinct"));
  if (distinct !== undefined) return { kind: "distinct", field: distinct };
  const sum = textOf(at(item, "sum"));
  if (sum !== undefined) return { kind: "sum", field: sum };
  return metrics ? { kind: "sum" } : { kind: "count" };
}
