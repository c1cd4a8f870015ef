import { allSteps, asksIn } from "../../language/consent/parts.js";
import { placeWord } from "../../language/consent/places/index.js";
import type { FrozenEvent } from "../../model/frozen.js";
import { sameWords } from "../compare-words.js";
import type { RuleFinding } from "../finding.js";
import type { Pair } from "../pair.js";
import { type FieldFinding, fieldRule, type Rule } from "./define-rule.js";
import { filledIn, takesAnothersName } from "./fields.js";

const unsaid = "not stated";

/** Returns what people are asked and told before they decide. */
function wordsOfConsent({ before, after }: Pair): readonly RuleFinding[] {
  const texts = ({ consent }: Pair["before"]) =>
    new Map<string, readonly [string, object]>([
      ...(consent.notice === undefined ? [] : [["The notice", [consent.notice.text, consent.notice]] as const]),
      ...asksIn(consent).map((ask) => [`The question asked by ${ask.where}`, [ask.question, ask]] as const),
      ...(consent.parts ?? []).flatMap(({ name, what }) =>
        what === undefined ? [] : [[`What the part "${name}" is about`, [what, consent]] as const],
      ),
      ...(consent.stateFile === undefined
        ? []
        : [
            ["What deleting the state file does", [consent.stateFile.deletingIt ?? unsaid, consent.stateFile]] as const,
          ]),
      ...meaningsIn(consent).map(([name, means]) => [`What the program tells as ${name}`, [means, consent]] as const),
    ]);
  const olds = texts(before);
  return [...texts(after)].flatMap(([what, [text, near]]): readonly RuleFinding[] => {
    const [was] = olds.get(what) ?? [];
    return was === undefined || was === unsaid || sameWords(was, text)
      ? []
      : [{ sentence: `${what} reads: ${text}`, before: was, after: text, words: what, near }];
  });
}

/** The meanings that only the program can tell, which are compared by their words. */
function meaningsIn(consent: Pair["before"]["consent"]): readonly (readonly [string, string])[] {
  return allSteps(consent).flatMap(({ place, onlyWhere }) => {
    const told = [onlyWhere, "means" in place ? { means: place.means, fact: placeWord(place).name(place) } : undefined];
    return told.flatMap((one) => (one?.means === undefined ? [] : [[one.fact, one.means] as const]));
  });
}

/** A note can say more of what is sent than everything else does. */
function noteChange(what: string, was: string | undefined, is: string | undefined): readonly FieldFinding[] {
  if (sameWords(was ?? "", is ?? "")) return [];
  return [
    {
      sentence: is === undefined ? `There is no note about ${what} any more.` : `The note about ${what} reads: ${is}`,
      before: was ?? "no note",
      after: is ?? "no note",
      ...(was === undefined || is === undefined ? {} : { words: `the note about ${what}` }),
    },
  ];
}

/** Returns what it is for, and what kind of data it is said to be. */
function ownedChange(what: string, was: Kind, is: Kind): readonly FieldFinding[] {
  return (["purpose", "class"] as const).flatMap((key) => {
    const [before = "not stated", after = "not stated"] = [was[key], is[key]];
    return sameWords(before, after) ? [] : [{ sentence: `The ${key} of ${what} is ${after}.`, before, after }];
  });
}

/** Returns why it is sent although telemetry is off. */
function spiteChange(before: Spiteful, after: Spiteful): readonly FieldFinding[] {
  const [was, is] = [before.evenWhenOff?.reason, after.evenWhenOff?.reason];
  return was === undefined || is === undefined || sameWords(was, is)
    ? []
    : [
        {
          sentence: `The reason for which "${after.wireName}" is sent although telemetry is off reads: ${is}`,
          before: was,
          after: is,
          words: `why "${after.wireName}" is sent although telemetry is off`,
        },
      ];
}

type Spiteful = Pick<FrozenEvent, "wireName" | "evenWhenOff">;
type Kind = { readonly purpose?: string; readonly class?: string };

export const reasons: Rule = {
  id: "description-meaning",
  find: (pair) => [
    ...wordsOfConsent(pair),
    ...pair.events.flatMap(({ before, after }) =>
      before === undefined || after === undefined
        ? []
        : [
            ...noteChange(`"${after.wireName}"`, before.note, after.note),
            ...ownedChange(`"${after.wireName}"`, before, after),
            ...spiteChange(before, after),
          ].map((found) => ({
            ...found,
            event: after.wireName,
            near: after,
          })),
    ),
    ...pair.events.flatMap(({ before, after }) =>
      before === undefined || after === undefined || sameWords(before.why, after.why)
        ? []
        : [
            {
              sentence: `The reason for "${after.wireName}" reads: ${after.why}`,
              before: before.why,
              after: after.why,
              words: `why "${after.wireName}"`,
              event: after.wireName,
              near: after,
            },
          ],
    ),
    ...fieldRule("description-meaning", (field, all) => {
      const { owner, name, before, after } = field;
      if (before === undefined || after === undefined) return undefined;
      const found = [];
      if (takesAnothersName(field, all))
        found.push({
          sentence: `In code, ${name} of ${owner} has the name that another field had: callers that stay as they are send something else.`,
          before: before.codeName,
          after: after.codeName,
        });
      if (!sameWords(before.why, after.why))
        found.push({
          sentence: `The reason for ${name} of ${owner} reads: ${after.why}`,
          before: before.why,
          after: after.why,
          words: `why ${name} of ${owner}`,
        });
      found.push(...noteChange(`${name} of ${owner}`, before.note, after.note));
      found.push(...ownedChange(`${name} of ${owner}`, before, after));
      const [was, is] = [JSON.stringify(before.from), JSON.stringify(after.from)];
      if (was !== is && !filledIn(before, after))
        found.push({
          sentence: `${name} of ${owner} comes from ${after.from.kind}, and came from ${before.from.kind}.`,
          before: was,
          after: is,
        });
      return found;
    }).find(pair),
  ],
};
