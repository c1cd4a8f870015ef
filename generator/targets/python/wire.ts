import { leavingPaths } from "../../model/apart.js";
import type { Wire } from "../../model/model.js";
import { apartIn, placedByName } from "../../model/wire.js";
import type { Plan } from "../../plan/plan.js";
import { Call, type Literal } from "./literal.js";

/** The request as it is drawn: plain data, that one interpreter reads. */
export function wireData({ wire }: Plan): Literal {
  const headers = wire.headers.flatMap((header) =>
    header.kind === "picture" ? [[header.name, header.picture] as const] : [],
  );
  return {
    ...wire,
    headers: headers.length === 0 ? undefined : Object.fromEntries(headers),
    placed: wire.format === "prometheus-text" ? undefined : placedByName(wire as Wire),
    apart: apartData(wire as Wire),
  } as Literal;
}

/** The function that builds a set with separately placed nested values. */
function apartData(wire: Wire): Literal {
  const sets = (["common", "fields"] as const).flatMap((of) => {
    const apart = apartIn(wire, of);
    return apart === undefined ? [] : [{ of, ...apart }];
  });
  if (sets.length === 0) return undefined;
  const places = sets.map(({ of, places }) => [
    of,
    Object.fromEntries(places.toReversed().map(({ name, path }) => [name, path])),
  ]);
  const emptied = sets.map(({ of, emptied }) => [of, leavingPaths({ places: [], emptied })]);
  return new Call("apart", [Object.fromEntries(places), Object.fromEntries(emptied)]);
}
