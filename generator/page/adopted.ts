import { code, enumerate, type Inline, list, paragraph, type Section, say } from "../emit/document.js";
import { matching } from "../language/consent/matches/index.js";
import type { Adoption, Match, Model } from "../model/model.js";

/** Returns what counts of what an earlier version left on the machine, and what becomes of it. */
export function adopted({ consent }: Model): readonly Section[] {
  const { adopts = [] } = consent;
  if (adopts.length === 0) return [];
  return [
    {
      title: "What an earlier version left",
      blocks: [
        paragraph(
          "Until this version has an answer of its own, the one that an earlier version left counts. It is taken over once. A no there is final, for all parts. Anything that can't be read or understood counts as a no.",
        ),
        list(adopts.map(sentence)),
      ],
    },
  ];
}

function sentence({ files, key, enableWhen, epochFrom, identifiers, queue }: Adoption): Inline {
  const yes = (match: Match | undefined): Inline =>
    match === undefined ? "Nothing there is a yes." : say`A yes is ${matching(match, false)}`;
  const edition =
    epochFrom === undefined
      ? enableWhen === undefined
        ? ""
        : ", and counts for the first edition of this list."
      : say`, and counts for the edition of this list that was current at the date in ${code(epochFrom.key)}.`;
  const ids = identifiers.map(({ name, key: older }) => say`${code(name)} (there ${code(older)})`);
  const on = ids.length === 0 ? "" : say` With a yes, ${enumerate(ids, "and")} ${ids.length > 1 ? "are" : "is"} kept.`;
  const waits =
    queue === undefined
      ? ""
      : say` With a yes, events that waited in ${code(queue.file)} are sent as far as this page lists them; otherwise they are deleted.`;
  if (files.length === 0) return say`${waits}`;
  return say`${code(key)} in ${enumerate(files.map(code), "or")}. ${yes(enableWhen)}${edition}${on}${waits}`;
}
