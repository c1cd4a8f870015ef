import { same } from "../../language/types/contains.js";
import type { FrozenContract } from "../../model/frozen.js";
import { ownPath } from "../../model/state-path.js";
import { compareParts, type PartTurn } from "../compare-parts.js";
import type { RuleFinding } from "../finding.js";
import type { Pair } from "../pair.js";
import { listed } from "../words.js";
import type { Rule } from "./define-rule.js";

function found(turn: PartTurn, given: string | undefined, on: boolean): readonly RuleFinding[] {
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

/** Returns what used not to be sent on an older yes, or isn't any more. */
function editions({ events, fields }: Pair, loosened: boolean): readonly RuleFinding[] {
  const all = [
    ...events.map(({ before, after }) => ({ name: `"${after?.wireName}"`, before, after })),
    ...fields.map(({ before, after, name, owner }) => ({ name: `${name} of ${owner}`, before, after })),
  ];
  return all.flatMap(({ name, before, after }): readonly RuleFinding[] => {
    if (before === undefined || after === undefined) return [];
    const [was, is] = [before.sinceEpoch ?? 1, after.sinceEpoch ?? 1];
    if (was === is || is < was !== loosened) return [];
    const on = (epoch: number) => (epoch === 1 ? "any yes" : `a yes to edition ${epoch} or later`);
    return [
      {
        sentence: `${name} is sent on ${on(is)}; it was sent on ${on(was)}.`,
        before: on(was),
        after: on(is),
        near: after,
      },
    ];
  });
}

/** A yes that was given to something else counts here, or doesn't any more. */
function joined({ before, after }: Pair, loosened: boolean): readonly RuleFinding[] {
  const [was, is] = [before.consent.use, after.consent.use];
  if (was === is || (is !== undefined) !== loosened) return [];
  const said = (one: string | undefined) => (one === undefined ? "a consent of its own" : `the consent of ${one}`);
  return [
    { sentence: `It has ${said(is)}; it had ${said(was)}.`, before: said(was), after: said(is), near: after.consent },
  ];
}

/** Returns how an older yes is dated, of this client and of those that it takes over. */
function datesIn(contract: FrozenContract): ReadonlyMap<string, FrozenContract["consent"]["epochFrom"]> {
  const { epochFrom, adopts = [] } = contract.consent;
  return new Map([
    ["an older yes", epochFrom],
    ...adopts.flatMap((one) =>
      one.files.map((file) => [`a yes left as ${one.key} in ${ownPath(file, contract)}`, one.epochFrom] as const),
    ),
  ]);
}

/** Another way of dating an older yes may let it count for more. */
function dated({ before, after }: Pair, loosened: boolean): readonly RuleFinding[] {
  const dates = datesIn(before);
  return [...datesIn(after)].flatMap(([what, is]): readonly RuleFinding[] => {
    const was = dates.get(what);
    if (same(was, is) || (is !== undefined) !== loosened) return [];
    const said = (one: typeof was) =>
      one === undefined
        ? `${what} counts for the first edition of the list`
        : `${what} counts by ${one.key}: ${listed(one.epochs.map(({ epoch, from }) => `edition ${epoch} from ${from} on`))}`;
    return [
      { sentence: `Now ${said(is)}; before, ${said(was)}.`, before: said(was), after: said(is), near: after.consent },
    ];
  });
}

/** The rules about the parts of consent. */
export const partRules: readonly Rule[] = [
  {
    id: "part-loosened",
    find: (pair) => [...turns(pair, true), ...editions(pair, true), ...dated(pair, true), ...joined(pair, true)],
  },
  {
    id: "part-tightened",
    find: (pair) => [...turns(pair, false), ...editions(pair, false), ...dated(pair, false), ...joined(pair, false)],
  },
];
