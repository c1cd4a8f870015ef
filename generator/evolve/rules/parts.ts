import { compareParts, type PartTurn } from "../compare-parts.js";
import type { Found } from "../finding.js";
import type { Pair } from "../pair.js";
import { listed } from "../words.js";
import type { Rule } from "./define-rule.js";

function found(turn: PartTurn, given: string | undefined, on: boolean): readonly Found[] {
  if (given === undefined) return [];
  const { was, is, names, near } = turn;
  const part = (name: string | undefined) => (name === undefined ? "no part" : `the part ${name}`);
  const moved = was === is ? "" : `, now of ${part(is)} and before of ${part(was)},`;
  const many = names.length > 1;
  const [now, then] = on ? ["sent", "not"] : ["not sent", "sent"];
  return [
    {
      sentence: `With ${given === "" ? "nothing decided" : given}, ${listed(names)}${moved} ${many ? "are" : "is"} ${now}; before ${many ? "they were" : "it was"} ${then}.`,
      before: on ? "off" : "on",
      after: on ? "on" : "off",
      near,
    },
  ];
}

const turns = (pair: Pair, on: boolean) =>
  compareParts(pair).flatMap((turn) => found(turn, on ? turn.loosened : turn.tightened, on));

/** What is decided by itself below the rest. */
export const partRules: readonly Rule[] = [
  { id: "part-loosened", find: (pair) => turns(pair, true) },
  { id: "part-tightened", find: (pair) => turns(pair, false) },
];
