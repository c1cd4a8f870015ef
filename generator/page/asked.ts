import {
  code,
  enumerate,
  type Inline,
  list,
  paragraph,
  prose,
  quote,
  type Section,
  say,
  strong,
} from "../emit/document.js";
import type { Ask, Consent, Model, Stores } from "../model/model.js";
import { value } from "./words.js";

const needs = {
  terminal: "there is a terminal to answer on",
  "not-ci": "the program is not running in CI",
  "stdin-not-redirected": "its input is not redirected",
} as const satisfies Record<Ask["needs"][number], string>;

/** What a person is asked, word for word. */
export function asked({ ask }: Consent): readonly Section[] {
  if (ask.length === 0) return [];
  return [
    {
      title: "The question",
      blocks: ask.flatMap((one) => [
        paragraph("This is asked, word for word:"),
        quote(one.question),
        list([...circumstances(one), ...answers(one)]),
      ]),
    },
  ];
}

function circumstances({ where, needs: needed }: Ask): readonly Inline[] {
  const conditions = enumerate(
    needed.map((need) => needs[need]),
    "and",
  );
  return [
    say`${strong("Where:")} ${prose(where)}`,
    ...(needed.length === 0 ? [] : [say`${strong("Only when")} ${conditions}.`]),
  ];
}

function answers({ preselected, whenSkipped, askAgain, stores }: Ask): readonly Inline[] {
  return [
    preselected === "accept" ? "The answer that Enter gives is yes." : "The answer that Enter gives is no.",
    whenSkipped === "decline"
      ? "Where it can't be asked, that counts as no."
      : "Where it can't be asked, nothing is recorded; the table above decides.",
    askAgain === "never" ? "Once answered, it is not asked again." : "It is asked every time.",
    ...stored("The answer is recorded with", stores),
  ];
}

function stored(intro: string, stores: Stores): readonly Inline[] {
  if (stores.length === 0) return [];
  return [
    say`${intro} ${enumerate(
      stores.map(({ key, value: set }) => say`${code(key)} = ${value(set)}`),
      "and",
    )}.`,
  ];
}

/** What is announced, word for word. */
export function noticed({ consent }: Model): readonly Section[] {
  const { notice } = consent;
  if (notice === undefined) return [];
  const when = notice.when === "before-first-send" ? "Right before the first send" : "At the first run";
  return [
    {
      title: "The notice",
      blocks: [
        paragraph(say`${when}, this is printed on ${notice.stream}${notice.once ? ", once" : ", every time"}:`),
        quote(notice.text),
        ...(notice.sendsFrom === "next-run"
          ? [paragraph("The run that shows it sends nothing yet: there is time to refuse until the next one.")]
          : []),
        ...stored("That it was shown is recorded with", notice.stores).map(paragraph),
      ],
    },
  ];
}
