import { compareText, type Span } from "../diagnostics/diagnostic.js";
import { markLookAlikes } from "../emit/look-alikes.js";
import type { FrozenContract } from "../model/frozen.js";
import { EVOLUTION_CODES } from "./classes/index.js";
import type { Finding, Impact } from "./finding.js";
import { type Pair, pairUp } from "./pair.js";
import { reworded, type Worded } from "./reword.js";
import type { Rule } from "./rules/define-rule.js";
import { rules as allRules } from "./rules/index.js";
import { oldClients, whoIsConcerned } from "./words.js";

const order: readonly Impact[] = ["refused", "more", "less", "same", "docs"];

/**
 * Every change between two versions, by what it means to the people concerned: what is refused, then more, less, same, docs;
 * within each by place. `after` may be a model: its findings then have places in the YAML.
 */
export function classify(
  before: FrozenContract,
  after: FrozenContract,
  rules: readonly Rule[] = allRules,
): readonly Finding[] {
  const pair = pairUp(before, after);
  const findings = [
    ...reworded(
      rules.flatMap((rule) => findingsOf(rule, pair)),
      before,
      after,
    ),
  ];
  const rank = ({ impact }: Finding) => order.indexOf(impact);
  return findings.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.span?.start ?? 0) - (b.span?.start ?? 0) ||
      compareText(a.id, b.id) ||
      compareText(a.sentence, b.sentence),
  );
}

function findingsOf(rule: Rule, { before, after, ...pair }: Pair): readonly Worded[] {
  const { impact, needs } = EVOLUTION_CODES[rule.id];
  const old = oldClients(rule.id, { impact, needs }, before, after);
  return rule.find({ before, after, ...pair }).map(({ near, event, words, ...found }) => {
    const span = placeOf(near) ?? placeOf(after);
    const sentence = markLookAlikes(found.sentence)
      .replace(/^(every|the|a) /, (word) => word.charAt(0).toUpperCase() + word.slice(1))
      .replace(/[^.!?]$/, "$&.");
    const finding: Finding = {
      id: rule.id,
      impact,
      needs,
      ...found,
      before: markLookAlikes(found.before),
      after: markLookAlikes(found.after),
      sentence,
      who: whoIsConcerned(rule.id, event, after),
      old,
      ...(span === undefined ? {} : { span }),
    };
    return { finding, words };
  });
}

/** Models know where they stand in the YAML; frozen contracts don't. */
function placeOf(node: object): Span | undefined {
  const { at } = node as { at?: Span };
  return typeof at === "object" ? at : undefined;
}
