import { enumerate, say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import type { Match } from "../../../model/model.js";
import { type MatchWord, OR_EXACTLY } from "./define.js";
import { exactly } from "./exactly.js";
import { word } from "./index.js";

/** A list that holds other matches: any of them is enough. */
export const anyOf: MatchWord<Extract<Match, { kind: "any-of" }>> = {
  schema: { description: "Any one of these.", type: "array", minItems: 1, items: {} },
  holds: ({ of }, value) => of.some((one) => word(one).holds(one, value)),
  says: ({ of }, textsOnly, anyCase) => {
    const others = of.filter(({ kind }) => kind !== "exactly");
    // What another one names already is not said again.
    const named = of.flatMap((one) => (one.kind === "exactly" ? one.values : []));
    const values = named.filter((value) => !others.some((other) => word(other).holds(other, value)));
    const plain = values.length === 0 ? [] : [exactly.says({ kind: "exactly", values }, textsOnly)];
    const said = others.map((one) => word(one).says(one, textsOnly));
    // The usual words are read in any case, and those beside them aren't.
    return anyCase || plain.length === 0 || !others.some(({ kind }) => kind === "truthy" || kind === "falsy")
      ? enumerate([...plain, ...said], "or")
      : say`${enumerate(said, "or")}${OR_EXACTLY}${plain}`;
  },
  example: ({ of: [first] }) => (first === undefined ? "" : word(first).example(first)),
  call: ({ of }) =>
    new PureCall(
      "anyOf",
      of.map((one) => word(one).call(one)),
    ),
  samples: ({ of }) => of.flatMap((one) => word(one).samples(one)),
  named: ({ of }) => of.flatMap((one) => word(one).named(one)),
  kinds: ({ of }) => {
    const kinds = of.map((one) => word(one).kinds(one));
    return kinds.includes(undefined) ? undefined : [...new Set(kinds.flatMap((kind) => kind ?? []))];
  },
  clients: ["python", "go", "rust"],
};
