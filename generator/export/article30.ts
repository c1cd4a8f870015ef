import { code, enumerate, type Inline, list, paragraph, prose, type Section, say, table } from "../emit/document.js";
import { printSections } from "../emit/markdown.js";
import { CONSENT_MODELS } from "../language/consent/models.js";
import { addressAsShown } from "../model/in-path.js";
import type { Model } from "../model/model.js";
import type { Exported } from "./export.js";
import { inAddress, isOpenText, itemsOf } from "./items.js";

const toFill = "To be filled in: the contract doesn't say.";

/** A record of processing, as Article 30 of the GDPR lists its parts, with what the contract says of each. What the contract doesn't say is listed. */
export function article30(model: Model): Exported {
  const body = printSections([
    {
      title: "The processing",
      blocks: [
        paragraph(prose(model.summary)),
        paragraph(
          say`From version ${String(model.schemaVersion)} of the telemetry contract of ${model.product}, by ${code("plainsight export --to article30")}.`,
        ),
      ],
    },
    { title: "Controller", blocks: controller(model) },
    { title: "Purposes", blocks: purposes(model) },
    { title: "Categories of data subjects", blocks: [paragraph("People who run the program.")] },
    { title: "Categories of personal data", blocks: data(model) },
    { title: "What is never processed", blocks: [list(model.neverCollected.map(prose))] },
    { title: "Recipients", blocks: recipients(model) },
    { title: "Transfers to third countries", blocks: [paragraph(toFill)] },
    { title: "Time limits for erasure", blocks: erasure(model) },
    { title: "Security and minimisation", blocks: security(model) },
  ]);
  return {
    text: `# Record of processing: ${model.title}\n\n${body}`,
    lost: [
      ...inAddress(model),
      {
        where: "controller, basis, transfers",
        what: "the contract doesn't say them; the record names what has to be filled in",
      },
    ],
  };
}

type Blocks = Section["blocks"];

function told(value: string | undefined): Inline {
  return value === undefined ? toFill : prose(value);
}

function inSentence(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function controller({ contact, destination: { operator } }: Model): Blocks {
  return [
    paragraph(
      say`${operator.name} runs the endpoint (${operator.party} party). Name, address, representative and data protection officer: ${inSentence(toFill)}`,
    ),
    paragraph(say`Contact: ${told(contact)}`),
  ];
}

function purposes({ consent, why }: Model): Blocks {
  return [
    list(why.map(prose)),
    paragraph(say`Legal basis: ${inSentence(toFill)} ${CONSENT_MODELS[consent.model].basis}`),
  ];
}

function recipients({ destination, ingest }: Model): Blocks {
  const forward = ingest.forwardTo;
  return [
    list([
      say`${destination.operator.name}, at ${code(addressAsShown(destination.url))}`,
      ...(ingest.operatedBy === undefined ? [] : [say`${ingest.operatedBy}, which runs the receiver`]),
      ...(forward === undefined
        ? []
        : [say`${forward.sink}${forward.url === undefined ? "" : say` at ${code(forward.url)}`}, which stores it`]),
    ]),
    paragraph(say`Who has access: ${told(destination.access)}`),
    paragraph(say`Where it is stored: ${told(destination.storedIn)}`),
  ];
}

function erasure({ destination: { deletion, retention }, identifiers }: Model): Blocks {
  const tiers = Object.entries(retention?.tiers ?? {}).map(([tier, time]) => say`${tier}: ${time}`);
  const byIdentifier = identifiers.find(({ deletionBy }) => deletionBy !== undefined)?.deletionBy;
  return [
    list([say`Single reports: ${told(retention?.raw)}`, say`Sums: ${told(retention?.aggregates)}`, ...tiers]),
    paragraph(say`Erasure on request: ${told(deletion ?? byIdentifier)}`),
  ];
}

function security({ destination, guarantees }: Model): Blocks {
  return [
    list([
      "The receiver keeps what the contract names and nothing else; every value is held against its rule before it is stored.",
      say`The sender's address is ${destination.clientIp.replaceAll("-", " ")}.`,
      ...guarantees.map((guarantee) => say`Promised, and tested: ${guarantee.replaceAll("-", " ")}.`),
    ]),
  ];
}

function data(model: Model): Blocks {
  const { identifiers } = model;
  const rows = itemsOf(model).map(({ name, why, fields }) => [
    code(name),
    enumerate(fields.filter(({ legacy }) => !legacy).map(({ wireName }) => code(wireName))),
    prose(why),
  ]);
  const open = itemsOf(model).flatMap(({ fields }) => fields.filter(isOpenText).map(({ wireName }) => wireName));
  return [
    table(["Report", "Fields", "Why"], rows),
    identifiers.length === 0
      ? paragraph("No identifier is sent.")
      : list(
          identifiers.map(
            ({ name, identifies, madeFrom, resetBy }) =>
              say`${code(name)} tells one ${identifies} from another, made from ${madeFrom}; ${resetBy === undefined ? "it is never reset" : say`reset by ${prose(resetBy)}`}`,
          ),
        ),
    ...(open.length === 0 ? [] : [paragraph(say`Texts of no closed set: ${enumerate([...new Set(open)].map(code))}.`)]),
  ];
}
