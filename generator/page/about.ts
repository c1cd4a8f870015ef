import {
  type Block,
  code,
  type Inline,
  link,
  list,
  paragraph,
  prose,
  type Section,
  say,
  strong,
  table,
} from "../emit/document.js";
import type { Model } from "../model/model.js";
import { sunset } from "./versions.js";
import { notStated } from "./words.js";

/** How the list changes, and how it has changed. */
export function changes(model: Model): Section {
  const { consent, consentEpoch } = model;
  const again =
    consent.notice === undefined
      ? ""
      : " Who has seen an older notice then sees the new one before more is sent. Who has turned telemetry off is not asked again.";
  const told = ` What users were told has a number of its own, the consent epoch, now ${consentEpoch}; it is raised when more is collected.${again}`;
  const older = sunset(model);
  return {
    title: "How this list changes",
    blocks: [
      paragraph(
        say`Whatever changes what is sent raises the schema version, now ${String(model.schemaVersion)}, and stands here. A field can't be added without this page changing with it.${told}`,
      ),
      ...(older === "" ? [] : [paragraph(older)]),
      ...changeLog(model),
    ],
  };
}

const verdicts = { more: "collects more", less: "collects less", same: "same data", docs: "words only" } as const;

/** Newest first. Without released versions, what the authors wrote is all there is. */
function changeLog({ changes, history }: Model): readonly Block[] {
  const entries = history
    .toSorted((a, b) => b.version - a.version)
    .map(({ version, date, change }) => ({ version, date, change }));
  const rows = entries.flatMap(({ version, date, change }): readonly (readonly Inline[])[] => {
    const found = changes.find((one) => one.version === version)?.changes ?? [];
    // What `raise` wrote is what stands in the rows below.
    const isSaid =
      found.length > 0 &&
      found
        .reduce((rest, { sentence }) => rest.replace(sentence, ""), change)
        .replace(/And \d+ more changes\./, "")
        .trim() === "";
    return [
      ...(isSaid ? [] : [[`v${version}`, date ?? "", prose(change)]]),
      ...found.map(({ sentence, verdict }) => [
        `v${version}`,
        date ?? "",
        say`${strong(`${verdicts[verdict]}:`)} ${prose(sentence)}`,
      ]),
    ];
  });
  const dated = rows.some(([, date]) => date !== "");
  return [
    table(
      dated ? ["Version", "Date", "What changed"] : ["Version", "What changed"],
      dated ? rows : rows.map(([version = "", , change = ""]) => [version, change]),
    ),
  ];
}

/** What is not decided yet. */
export function openQuestions({ openQuestions }: Model): readonly Section[] {
  return openQuestions.length === 0 ? [] : [{ title: "Open questions", blocks: [list(openQuestions.map(prose))] }];
}

/** What is made of the data. */
export function dashboards({ dashboards }: Model): readonly Section[] {
  return dashboards.length === 0 ? [] : [{ title: "What is made of it", blocks: [list(dashboards.map(prose))] }];
}

export function sourceAndContact({ contact, source }: Model): Section {
  const facts: readonly Inline[] = [
    say`${strong("Source:")} this page is generated from ${link(fromPage(source), code(source))}. The code that sends, the code that receives and the tests are generated from the same file, so they can't say something else.`,
    say`${strong("Contact:")} ${contact === undefined ? notStated : prose(contact)}`,
  ];
  return { title: "Source and contact", blocks: [list(facts)] };
}

/** The root contract's page lies at the project's root; a system's in `generated/systems/<name>/`. */
function fromPage(source: string): string {
  const [system] = /[^/]+\/systems\/[^/]+\/[^/]+$/.exec(source) ?? [];
  return system === undefined ? source.split("/").slice(-2).join("/") : `../../../${system}`;
}
