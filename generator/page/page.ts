import { list, type Page, paragraph, prose, say } from "../emit/document.js";
import type { Model } from "../model/model.js";
import { changes, dashboards, openQuestions, sourceAndContact } from "./about.js";
import { active } from "./active.js";
import { behaviour } from "./behaviour.js";
import { endpoint } from "./endpoint.js";
import { howMuch } from "./how-much.js";
import { identifiers } from "./identifiers.js";
import { partList } from "./parts.js";
import { receiver } from "./receiver.js";
import { see } from "./see.js";
import { sent } from "./sent.js";
import { status } from "./switches.js";
import { where } from "./where.js";

/** The whole page about a contract, in the order in which people look for things: whether it is on, why, what, where, and what if. */
export function contractPage(model: Model): Page {
  const complete = model.guarantees.includes("allowlist-only") ? " Nothing else is sent." : "";
  return {
    title: model.title,
    source: model.source,
    intro: [
      ...status(model),
      ...partList(model),
      paragraph(prose(model.summary)),
      paragraph(
        `This page is the complete list of what ${model.product} can report, in schema version ${model.schemaVersion}.${complete}`,
      ),
      ...(model.policy === undefined
        ? []
        : [paragraph(say`Its makers say that they strive to comply with this policy: ${prose(model.policy)}.`)]),
    ],
    sections: [
      { title: "Why", blocks: [paragraph("The data answers these questions:"), list(model.why.map(prose))] },
      sent(model),
      identifiers(model),
      howMuch(model),
      { title: "What is never collected", blocks: [list(model.neverCollected.map(prose))] },
      endpoint(model),
      active(model),
      see(model),
      where(model),
      behaviour(model),
      receiver(model),
      changes(model),
      ...openQuestions(model),
      ...dashboards(model),
      sourceAndContact(model),
    ],
  };
}
