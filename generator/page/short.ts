import {
  code,
  enumerate,
  type Inline,
  link,
  list,
  paragraph,
  plainText,
  prose,
  type Section,
  say,
  strong,
} from "../emit/document.js";
import { addressAsShown } from "../model/in-path.js";
import type { Identifier, Model } from "../model/model.js";
import { isCommonBeside } from "../model/wire.js";
import { addressWord } from "./endpoint.js";
import { origins, scopeOf, withoutIdentifiers } from "./identifiers.js";
import { otherContract, sharedBy } from "./other-page.js";
import { clause, labelled, notStated, period } from "./words.js";

/** The most names that anybody reads in one sentence. */
const mostNames = 12;

/** The first screen: what is sent and what never is, what tells apart, where it goes and for how long. What stands here stands nowhere else. */
export function inShort(model: Model): Section {
  return {
    title: "In short",
    blocks: [
      paragraph(say`${strong("What is sent:")} ${whatIsSent(model)}`),
      paragraph(strong("What is never sent:")),
      list(model.neverCollected.map(prose)),
      paragraph(say`${strong("Identifiers:")} ${tellingApart(model)}`),
      paragraph(say`${strong("Where to:")} ${whereTo(model)}`),
      paragraph(labelled(["How long it is kept", howLong(model)])),
    ],
  };
}

function whatIsSent(model: Model): Inline {
  const { common, destination, events, metrics, product, wire } = model;
  const items = [...events, ...metrics].map(({ wireName }) => wireName);
  const noun = events.length === 0 ? "metric" : "event";
  const every = isCommonBeside(wire) ? "request" : noun;
  const all = [...common, ...destination.urlFields].map(({ wireName }) => wireName);
  const shared = all.length === 0 ? "" : say`; with every ${every} ${names(all)}${leftOut(model)}`;
  const complete = model.guarantees.includes("allowlist-only")
    ? "Nothing else is sent."
    : `This page is the complete list of what ${product} can report.`;
  return say`${names(items)}${shared}. ${complete}`;
}

/** What is sent although telemetry is off carries nothing that stays the same. */
function leftOut(model: Model): Inline {
  const without = withoutIdentifiers(model).map(({ wireName }) => code(wireName));
  const left = model.common
    .filter(({ from, type }) => type.identifier !== undefined && from.kind !== "each-event")
    .map(({ wireName }) => code(wireName));
  return without.length === 0 || left.length === 0
    ? ""
    : say` (but no ${enumerate(left, "or")} with ${enumerate(without, "and")})`;
}

function names(all: readonly string[]): Inline {
  const shown = all.slice(0, mostNames).map(code);
  return all.length <= mostNames
    ? enumerate(shown, "and")
    : say`${enumerate(shown)} and ${String(all.length - mostNames)} more`;
}

function tellingApart({ identifiers, source }: Model): Inline {
  if (identifiers.length === 0)
    return "none. Nothing is sent in order to tell one person, machine, session or workload from another.";
  const each = identifiers.map(
    (identifier) => say`${code(identifier.name)} (${madeOf(identifier)}) tells ${scopeOf(identifier)}`,
  );
  const why = identifiers.flatMap(({ name, justification }) =>
    justification === undefined ? [] : [say` ${strong("Why")} ${code(name)}${strong(":")} ${prose(justification)}`],
  );
  const linked = identifiers.flatMap((identifier) =>
    sharedBy(identifier).map(
      (path) =>
        say` ${code(identifier.name)} is the same in ${otherContract(source, path)}: ${strong("reports of both can be linked.")}`,
    ),
  );
  return say`${enumerate(each, "and")}; ${link("#identifiers", "details")}.${linked}${why}`;
}

function madeOf({ derivedFrom, madeFrom }: Identifier): Inline {
  if (madeFrom === "random") return "random";
  if (madeFrom === "hash") return "the hash of something random";
  return derivedFrom === undefined ? "not random" : say`derived from ${origins(derivedFrom)}`;
}

function whereTo({ destination }: Model): Inline {
  const { clientIp, clientIpUsedFor, method = "POST", namedBy, operator, url } = destination;
  const party = { first: "the makers of this product (first party)", third: "a third party" }[operator.party];
  const at = namedBy === undefined ? say`at ${code(`${method} ${addressAsShown(url)}`)}` : UNNAMED_BY[namedBy];
  return say`${operator.name}, ${party}, ${at}. ${addressWord(clientIp)}${clientIpUsedFor === undefined ? "" : say` It is used for ${clause(clientIpUsedFor)}.`}`;
}

const UNNAMED_BY = {
  build: "at the address that a release build names; in a build that names none nothing is recorded",
  operator: "at the address that whoever runs the program names; until then nothing is recorded",
} as const;

function howLong({ destination: { retention } }: Model): Inline {
  const tiers = [
    ...(retention?.raw === undefined ? [] : [["raw events", retention.raw] as const]),
    ...(retention?.aggregates === undefined ? [] : [["aggregates", retention.aggregates] as const]),
    ...Object.entries(retention?.tiers ?? {}).map(([tier, time]) => [plainText(prose(tier)), time] as const),
  ];
  if (tiers.length === 0) return notStated;
  const [only] = tiers;
  if (tiers.length === 1 && only !== undefined && only[0] === "raw events") return prose(period(only[1]));
  return enumerate(tiers.map(([tier, time]) => say`${tier}: ${prose(period(time))}`));
}

/** Returns what the page is called: it names the product. */
export function titleOf({ product, title }: Model): string {
  return title.toLowerCase().includes(product.toLowerCase()) ? title : `${product}: ${title}`;
}
