import { code, enumerate, type Inline, list, paragraph, type Section, say } from "../emit/document.js";
import { matching } from "../language/consent/matches/index.js";
import type { Adoption, Match, Model } from "../model/model.js";

/** What counts of what an earlier version left on the machine, and what becomes of it. */
export function adopted({ consent }: Model): readonly Section[] {
  const { adopts = [] } = consent;
  if (adopts.length === 0) return [];
  return [
    {
      title: "What an earlier version left",
      blocks: [
        paragraph(
          "Until an answer is kept by this version, what an earlier one left counts in its place, and then it is taken over, once. A no there is a no for good, for all of it. What isn't understood, and a file that can't be read, counts as no.",
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
  const on = ids.length === 0 ? "" : say` Under a yes ${enumerate(ids, "and")} ${ids.length > 1 ? "go" : "goes"} on.`;
  const waits =
    queue === undefined
      ? ""
      : say` What waited in ${code(queue.file)} is sent under a yes, as far as this page lists it, and else deleted.`;
  if (files.length === 0) return say`${waits}`;
  return say`${code(key)} in ${enumerate(files.map(code), "or")}. ${yes(enableWhen)}${edition}${on}${waits}`;
}
