import { code, enumerate, type Inline, paragraph, type Section, say, table } from "../emit/document.js";
import { type Bits, eventBits, machineBits, metricBits } from "../model/bits.js";
import type { Model } from "../model/model.js";

/** How far the closed sets of one event could single someone out, in bits; what has no such bound is named. */
export function howMuch(model: Model): Section {
  const machine = machineBits(model);
  const shared = new Set([...machine.parts.map(({ wireName }) => wireName), ...machine.open, ...machine.identifiers]);
  const rows = [
    ...(shared.size === 0 ? [] : [row("what all reports of one machine have in common", machine)]),
    ...model.events.map((event) => row(say`one ${code(event.wireName)}`, eventBits(model.common, event), shared)),
    ...model.metrics.map((metric) => row(say`one ${code(metric.wireName)}`, metricBits(metric))),
  ];
  const limit =
    model.maxBits === undefined ? "" : ` The contract allows at most ${round(model.maxBits)} bits per event.`;
  const more =
    shared.size === 0
      ? ""
      : " An event's bits include what all reports have in common; beside them stands what it adds.";
  return {
    title: "How much it can tell apart",
    blocks: [
      paragraph(
        `Closed lists, ranges and whole numbers can form only so many combinations. They are counted in bits here: each bit doubles them, and 33 bits would tell all people alive apart. This is an upper bound, as if every combination occurred; an exact number counts with its whole range. Text of a fixed form has no such bound and is named instead. So are identifiers, which are there to tell apart.${more}${limit}`,
      ),
      table(["What", "Bits at most", "Mostly from", "Text of a fixed form", "Identifiers"], rows),
    ],
  };
}

function row(what: Inline, bits: Bits, said: ReadonlySet<string> = new Set()): readonly Inline[] {
  const fresh = (names: readonly string[]) => listed(names.filter((name) => !said.has(name)).map(code));
  const parts = bits.parts.filter(({ wireName }) => !said.has(wireName)).slice(0, 3);
  return [
    what,
    round(bits.closed),
    listed(parts.map((part) => say`${code(part.wireName)} (${round(part.bits)})`)),
    fresh(bits.open),
    fresh(bits.identifiers),
  ];
}

function listed(items: readonly Inline[]): Inline {
  return items.length === 0 ? "–" : enumerate(items);
}

function round(bits: number): string {
  return bits.toFixed(1).replace(/\.0$/, "");
}
