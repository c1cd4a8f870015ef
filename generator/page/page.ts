import { code, list, type Page, paragraph, prose, type Section, say } from "../emit/document.js";
import type { Model } from "../model/model.js";
import { changes, dashboards, openQuestions, programmes, sourceAndContact } from "./about.js";
import { active } from "./active.js";
import { behaviour } from "./behaviour.js";
import { endpoint } from "./endpoint.js";
import { explained } from "./explained.js";
import { howIdentifying, inNumbers } from "./how-much.js";
import { identifiers } from "./identifiers.js";
import { derived, legal } from "./legal.js";
import { partList } from "./parts.js";
import { receiver } from "./receiver.js";
import { see } from "./see.js";
import { sent } from "./sent.js";
import { inShort, titleOf } from "./short.js";
import { status } from "./switches.js";
import { where } from "./where.js";
import { clause } from "./words.js";

/**
 * The whole page about a contract. The first screen has the answers: on or off, how to turn it off, and in short what is sent. Then the
 * sceptic's questions in their order, and at the end what only few look for.
 */
export function contractPage(contract: Model): Page {
  const model = explained(contract);
  return {
    title: titleOf(model),
    source: model.source,
    intro: [...status(model), ...(model.retired === undefined ? partList(model) : [])],
    sections: [
      inShort(model),
      why(model),
      sent(model),
      ...identifiers(model),
      howIdentifying(model),
      active(model),
      see(model),
      where(model),
      ...derived(model),
      ...legal(model),
      endpoint(model),
      behaviour(model),
      ...byItself(model),
      receiver(model),
      ...programmes(model),
      changes(model),
      ...openQuestions(model),
      ...dashboards(model),
      inNumbers(model),
      sourceAndContact(model),
    ],
  };
}

/** Returns what is promised here and done elsewhere. */
function byItself({ described = [] }: Model): readonly Section[] {
  if (described.length === 0) return [];
  return [
    {
      title: "Done by the product's own code",
      blocks: [
        paragraph("The code that is generated from this list doesn't do this, and no generated test checks it:"),
        list(described.map((one) => one.split("`").map((part, at) => (at % 2 === 0 ? prose(part) : code(part))))),
      ],
    },
  ];
}

function why({ policy, summary, why }: Model): Section {
  return {
    title: "Why",
    blocks: [
      paragraph(prose(summary)),
      list(why.map(prose)),
      ...(policy === undefined
        ? []
        : [paragraph(say`Its makers say that they strive to comply with this policy: ${clause(policy)}.`)]),
    ],
  };
}
