import { code, enumerate, type Inline, type Section, say } from "../emit/document.js";
import { type Bits, eventBits, machineBits, metricBits } from "../model/bits.js";
import type { Model } from "../model/model.js";
import { capital, inOneLine } from "./words.js";

/** The number of different reports up to which none can single anybody out: 1,024. */
const few = 10;
/** A field of fewer bits isn't named: it has fewer than eight values. */
const much = 3;
/** As many bits as would tell everybody alive apart. */
const everybody = 33;

/** Returns how far a report could single someone out, in words: the numbers stand at the page's end. */
export function howIdentifying(model: Model): Section {
  const all = bitsOf(model).map(({ bits }) => bits);
  const inAddress = model.destination.urlFields.filter(({ type }) => type.identifier !== undefined);
  const identifiers = [
    ...new Set([...inAddress.map(({ wireName }) => wireName), ...all.flatMap((bits) => bits.identifiers)]),
  ];
  const open = [...new Set(all.flatMap((bits) => bits.open))];
  const most = all.reduce((most, bits) => (bits.closed > most.closed ? bits : most), nothing);
  const linked =
    identifiers.length === 0
      ? []
      : [
          say`${enumerate(identifiers.map(code), "and")} ${identifiers.length === 1 ? "links" : "link"} reports to one another, by design.`,
        ];
  const texts =
    open.length === 0
      ? []
      : [
          say`${enumerate(open.map(code), "and")} ${open.length === 1 ? "has" : "have"} no closed list: a rare value can single somebody out.`,
        ];
  const rest = identifiers.length + open.length === 0 ? "" : "Apart from that, ";
  return {
    title: "How identifying this data is",
    blocks: [inOneLine([...linked, ...texts, capital([rest, closed(most)])])],
  };
}

const nothing: Bits = { closed: 0, parts: [], open: [], identifiers: [] };

/** Returns what the closed lists, ranges and numbers of the report with most of them come to. */
function closed({ closed, parts }: Bits): Inline {
  if (closed <= few) {
    const different = Math.round(2 ** closed);
    const ones =
      different === 1 ? "all are alike" : `there are at most ${different.toLocaleString("en")} different ones`;
    return `one report can't single anybody out: ${ones}.`;
  }
  const by = enumerate(
    parts.slice(0, 2).map(({ wireName }) => code(wireName)),
    "and",
  );
  return closed < everybody
    ? say`${about(closed)} different reports are possible, so a rare one may come from a single machine. Most of that is due to ${by}.`
    : say`exact values leave much room to tell reports apart, most of it in ${by}.`;
}

/** Two digits of it: `850,000`. */
function about(bits: number): string {
  return Number((2 ** bits).toPrecision(2)).toLocaleString("en");
}

function bitsOf(model: Model): readonly { readonly what: Inline; readonly bits: Bits }[] {
  return [
    ...model.events.map((event) => ({ what: code(event.wireName), bits: eventBits(model.common, event) })),
    ...model.metrics.map((metric) => ({ what: code(metric.wireName), bits: metricBits(metric) })),
  ];
}

/** The same in bits; what has no such bound is named. */
export function inNumbers(model: Model): Section {
  const machine = machineBits(model);
  const shared = new Set([...machine.parts.map(({ wireName }) => wireName), ...machine.open, ...machine.identifiers]);
  const items = [
    ...(shared.size === 0 ? [] : [item("All reports of one machine", machine)]),
    ...bitsOf(model).map(({ what, bits }) => item(what, bits, shared)),
  ];
  const limit =
    model.maxBits === undefined ? "" : ` The contract allows at most ${round(model.maxBits)} bits per event.`;
  const more = shared.size === 0 ? "" : " Each later number includes the first.";
  return {
    title: "How identifying, in bits",
    blocks: [
      inOneLine([
        `${everybody} bits are enough to tell everybody alive apart; text adds more.${more}${limit}`,
        ...items.map((one, at) => say`${one}${at === items.length - 1 ? "." : ";"}`),
      ]),
    ],
  };
}

/** Its bits, and what they are mostly from. */
function item(what: Inline, bits: Bits, said: ReadonlySet<string> = new Set()): Inline {
  const parts = bits.parts.filter((part) => part.bits >= much && !said.has(part.wireName)).slice(0, 2);
  const from = enumerate(parts.map((part) => say`${code(part.wireName)} ${round(part.bits)}`));
  return say`${what}: ${round(bits.closed)}${parts.length === 0 ? "" : say` (${from})`}`;
}

function round(bits: number): string {
  return bits.toFixed(1).replace(/\.0$/, "");
}
