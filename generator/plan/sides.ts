import type { Match } from "../model/model.js";

/** A language's functions for what a step of consent says of a value. */
export interface SidePrinter<Code> {
  readonly match: (match: Match) => Code;
  /** There is a value. */
  readonly present: () => Code;
  readonly anyOf: (all: readonly Code[]) => Code;
  readonly unless: (code: Code) => Code;
  readonly anyCase: (code: Code) => Code;
  readonly trimmed: (code: Code) => Code;
  /** Something is there, and the match holds for it. */
  readonly isSet: (code: Code) => Code;
}

/** What a step says yes and no to. */
interface Sides {
  readonly enable?: Match | undefined;
  readonly disable?: Match | undefined;
  readonly anyCase?: true | undefined;
  readonly trimmed?: true | undefined;
  readonly otherwise?: "disable" | undefined;
}

/**
 * Prints both sides of a step, with what it says about spelling around them. `absent`: it asks about what is not there, too, so that every
 * other match has to ask first whether anything is.
 */
export function printSides<Code>(
  { enable, disable, anyCase, trimmed, otherwise }: Sides,
  absent: boolean,
  print: SidePrinter<Code>,
): { readonly enable: Code | undefined; readonly disable: Code | undefined } {
  const ifSet = (code: Code) => (absent ? print.isSet(code) : code);
  const side = (match: Match): Code => {
    // Nothing has no letters and no spaces.
    if (match.kind === "absent") return print.match(match);
    if (match.kind === "any-of" && absent) return print.anyOf(match.of.map(side));
    const folded = anyCase ? print.anyCase(print.match(match)) : print.match(match);
    return ifSet(trimmed ? print.trimmed(folded) : folded);
  };
  const yes = enable && side(enable);
  const no = disable && side(disable);
  if (otherwise === undefined) return { enable: yes, disable: no };
  const rest = ifSet(yes === undefined ? print.present() : print.unless(yes));
  return { enable: yes, disable: no === undefined ? rest : print.anyOf([no, rest]) };
}
