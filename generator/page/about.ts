import {
  type Block,
  code,
  enumerate,
  type Inline,
  link,
  list,
  paragraph,
  prose,
  type Section,
  say,
  strong,
} from "../emit/document.js";
import type { Model } from "../model/model.js";
import { fromFile } from "../model/relative-path.js";
import { sendingIn } from "./languages.js";
import { otherContract, sharedBy } from "./other-page.js";
import { sunset } from "./versions.js";
import { inOneLine, labelled, notStated } from "./words.js";

/** Returns how the list changes, and how it has changed. */
export function changes(model: Model): Section {
  const { consent, consentEpoch } = model;
  const again =
    consent.notice === undefined ? "" : ": people who saw an older notice see the new one first. A no stays a no";
  const told = ` When more is collected, the consent epoch, now ${consentEpoch}, rises too${again}.`;
  const older = sunset(model);
  return {
    title: "How this list changes",
    blocks: [
      paragraph(
        say`Whatever changes what is sent raises the schema version, now ${String(model.schemaVersion)}, and is listed here.${told}`,
      ),
      ...(older === "" ? [] : [paragraph(older)]),
      ...changeLog(model),
    ],
  };
}

const impacts = { more: "collects more", less: "collects less", same: "same data", docs: "words only" } as const;

/** Newest first. Without released versions, what the authors wrote is all there is. */
function changeLog({ changes, history }: Model): readonly Block[] {
  const lines = history
    .toSorted((a, b) => b.version - a.version)
    .flatMap(({ version, date, change }): readonly Inline[] => {
      const changesOf = changes.find((one) => one.version === version)?.changes ?? [];
      // What `raise` wrote is what stands in the lines below.
      const isSaid =
        changesOf.length > 0 &&
        changesOf
          .reduce((rest, { sentence }) => rest.replace(sentence, ""), change)
          .replace(/And \d+ more changes\./, "")
          .trim() === "";
      return [
        ...(isSaid ? [] : [say`${strong(`v${version}`)}${date === undefined ? "" : ` (${date})`}: ${prose(change)}`]),
        ...changesOf.map(
          ({ sentence, impact }) => say`${strong(`v${version}, ${impacts[impact]}:`)} ${prose(sentence)}`,
        ),
      ];
    });
  return [list(lines)];
}

/** Returns what is not decided yet. */
export function openQuestions({ openQuestions }: Model): readonly Section[] {
  return openQuestions.length === 0 ? [] : [{ title: "Open questions", blocks: [list(openQuestions.map(prose))] }];
}

/** Returns what is made of the data. */
export function dashboards({ dashboards }: Model): readonly Section[] {
  return dashboards.length === 0 ? [] : [{ title: "What is made of it", blocks: [list(dashboards.map(prose))] }];
}

/** The other contracts of the same product, and what holds for all of them. */
export function programmes({ consent, identifiers, programmes = [], source }: Model): readonly Section[] {
  const linked = identifiers.filter((identifier) => sharedBy(identifier).length > 0);
  const all = [
    ...new Set([...(consent.use === undefined ? [] : [consent.use]), ...programmes, ...linked.flatMap(sharedBy)]),
  ];
  if (all.length === 0) return [];
  const pages = all.map((path) => otherContract(source, path));
  const joined =
    linked.length === 0
      ? "They share no identifier."
      : say`They share ${enumerate(
          linked.map(({ name }) => code(name)),
          "and",
        )}, so reports of both can be linked.`;
  const shared =
    consent.use === undefined
      ? ""
      : say` What turns ${code(fromFile(source, consent.use))} off turns this off, too: they share one consent. ${joined}`;
  return [
    {
      title: "What else this product reports",
      blocks: [
        paragraph(say`It also has ${pages.length > 1 ? "pages" : "a page"} for ${enumerate(pages, "and")}.${shared}`),
      ],
    },
  ];
}

export function sourceAndContact(model: Model): Section {
  const { contact, source } = model;
  const facts: readonly (readonly [string, Inline])[] = [
    [
      "Source",
      say`this page is generated from ${link(fromPage(source), code(source))}. So are the client${sendingIn(model)}, the receiver and their tests`,
    ],
    ["Contact", contact === undefined ? notStated : prose(contact)],
  ];
  return { title: "Source and contact", blocks: [inOneLine(facts.map(labelled))] };
}

/** The root contract's page lies at the project's root; a system's in `generated/systems/<name>/`. */
function fromPage(source: string): string {
  const [system] = /[^/]+\/systems\/[^/]+\/[^/]+$/.exec(source) ?? [];
  return system === undefined ? source.split("/").slice(-2).join("/") : `../../../${system}`;
}
