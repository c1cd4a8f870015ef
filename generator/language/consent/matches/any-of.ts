import { enumerate } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import type { Match } from "../../../model/model.js";
import type { MatchWord } from "./define.js";
import { word } from "./index.js";

/** A list that holds other matches: any of them is enough. */
export const anyOf: MatchWord<Extract<Match, { kind: "any-of" }>> = {
  schema: { description: "Any one of these.", type: "array", minItems: 1, items: {} },
  holds: ({ of }, value) => of.some((one) => word(one).holds(one, value)),
  says: ({ of }, textsOnly) =>
    enumerate(
      of.map((one) => word(one).says(one, textsOnly)),
      "or",
    ),
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
