import {
  type Block,
  code,
  codeBlock,
  enumerate,
  type Inline,
  paragraph,
  quote,
  type Section,
  say,
  strong,
} from "../emit/document.js";
import { meaning } from "../language/consent/places/fact.js";
import type { Ask, Consent, Model, Stores } from "../model/model.js";
import { clause, value } from "./words.js";

const needs = {
  terminal: "on a terminal",
  "not-ci": "not in CI",
  "stdin-not-redirected": "with its input not redirected",
} as const satisfies Record<Ask["needs"][number], string>;

/** Returns what a person is asked, word for word. */
export function asked({ ask }: Consent): readonly Section[] {
  if (ask.length === 0) return [];
  return [
    {
      title: "The question",
      blocks: ask.flatMap((question) => [
        wordForWord(question.question),
        paragraph(
          [circumstances(question), ...answers(question)].flatMap((said, at) => (at === 0 ? [said] : [" ", said])),
        ),
      ]),
    },
  ];
}

/** Lines stay lines, as they are shown. */
function wordForWord(text: string): Block {
  return text.trim().includes("\n") ? codeBlock("text", text.trim()) : quote(text);
}

function circumstances({ askAgain, where, needs: needed, onlyWhere }: Ask): Inline {
  const so = onlyWhere === undefined ? "" : say`, only where ${meaning(onlyWhere)}`;
  const conditions = enumerate(
    needed.map((need) => needs[need]),
    "and",
  );
  return say`${strong({ never: "Asked once:", "every-time": "Asked every time:" }[askAgain])} ${clause(where)}${so}${needed.length === 0 ? "." : say`, only ${conditions}.`}`;
}

function answers({ preselected, whenSkipped, stores }: Ask): readonly Inline[] {
  return [
    { accept: "Enter means yes.", decline: "Enter means no." }[preselected],
    {
      decline: "If no one can be asked, that is a no.",
      undecided: "If no one can be asked, nothing is stored, and the steps above apply.",
    }[whenSkipped],
    ...stored("The answer is stored with", stores),
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

/** Returns what is announced, word for word. */
export function noticed({ consent }: Model): readonly Section[] {
  const { notice } = consent;
  if (notice === undefined) return [];
  const when = {
    "before-first-send": notice.once ? "Right before the first send" : "Right before the first send of each run",
    // It is shown with what it is about: a run that sends nothing shows nothing.
    "first-run": notice.once ? "At the first run that has something to send" : "At each run that has something to send",
  }[notice.when];
  return [
    {
      title: "The notice",
      blocks: [
        paragraph(say`${when}, this is printed on ${notice.stream}${notice.once ? ", once" : ", every time"}:`),
        wordForWord(notice.text),
        ...(notice.onlyWhere === undefined
          ? []
          : [paragraph(say`It is shown only where ${meaning(notice.onlyWhere)}, or if nobody can tell.`)]),
        ...(notice.sendsFrom === "next-run"
          ? [paragraph("The run that shows it sends nothing yet, so you can still refuse.")]
          : []),
        ...stored("Showing it stores", notice.stores).map(paragraph),
      ],
    },
  ];
}
