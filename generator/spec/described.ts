import { plainText } from "../emit/document.js";
import { matching } from "../language/consent/matches/index.js";
import { placeWord } from "../language/consent/places/index.js";
import { readStep } from "../language/consent/read-step.js";
import { RHYTHM } from "../language/delivery/index.js";
import type { JsonValue } from "../model/json-schema.js";
import type { TextSpan } from "./diagnostic-sink.js";
import { at, type Entry, entriesOf, type MapTree, type Tree, toJson } from "./tree.js";

/** One thing that the product's own code sees to, in a sentence. */
export type Sentence = string;

interface DescribedSpec {
  readonly root: MapTree;
  readonly described: readonly Sentence[];
}

type Says = (written: Readonly<Record<string, JsonValue>>, of: string) => Sentence;

const step: Says = (written, of) => {
  const { place, enableWhen, disableWhen } = readStep(written);
  const sides = [
    ...(disableWhen === undefined ? [] : [`a no is ${plainText(matching(disableWhen, false))}`]),
    ...(enableWhen === undefined ? [] : [`a yes is ${plainText(matching(enableWhen, false))}`]),
  ];
  return `${of === "" ? "" : `For \`${of}\`: `}${plainText(placeWord(place).looked(place, {}))}${sides.length === 0 ? "" : `, where ${sides.join(" and ")}`}.`;
};
const text =
  (says: (written: Readonly<Record<string, JsonValue>>) => string): Says =>
  (written) =>
    says(written);
const notice = text((written) => `A notice, ${String(written["when"]).replaceAll("-", " ")}: "${written["text"]}"`);
const ask = text((written) => `A question, asked by ${written["where"]}: "${written["question"]}"`);
const adopts = text(
  (written) => `What an earlier version left in ${[written["from"]].flat().join(" and ")} is taken over.`,
);
const queue = text((written) => `Events wait in ${written["file"]}, ${written["max_size"]} at most.`);
const flush = text((written) => `What waits is sent: ${String(written["at"]).replaceAll("-", " ")}.`);
const retry = text((written) => `Tried again: ${written["what"]}`);
const rate = text((written) => `One sender is listened to ${written["requests"]} times in ${written["window"]}.`);
const limit: Says = (written, of) => `\`${of}\`: ${RHYTHM.limit.sentence(RHYTHM.limit.read(written))}`;
const sample: Says = (written, of) => `\`${of}\`: ${RHYTHM.sample.sentence(RHYTHM.sample.read(written))}`;

/**
 * The places where something may be described: a way through the contract, in which `*` is any key and `#` any item of a list.
 */
const PLACES: readonly (readonly [path: readonly string[], says: Says])[] = [
  [["consent", "order", "#"], step],
  [["consent", "parts", "*", "order", "#"], step],
  [["consent", "ask", "#"], ask],
  [["consent", "parts", "*", "ask", "#"], ask],
  [["consent", "notice"], notice],
  [["consent", "adopts", "#"], adopts],
  [["events", "*", "limit"], limit],
  [["events", "*", "sample"], sample],
  [["delivery", "queue"], queue],
  [["delivery", "flush", "#"], flush],
  [["delivery", "retry"], retry],
  [["ingest", "rate_limit"], rate],
];

/**
 * A spec without what is `described: true`, and what that says: it is printed, and for all that is generated it isn't there. Trees in which
 * nothing is described stay the same ones.
 */
export function withoutDescribed(root: MapTree, broken: Set<TextSpan>): DescribedSpec {
  const described: Sentence[] = [];
  const cut = (tree: Tree, path: readonly string[], says: Says, of: string): Tree | undefined => {
    const [key, ...rest] = path;
    if (key === undefined) {
      const mark = at(tree, "described");
      if (mark?.kind !== "scalar" || mark.value !== true) return tree;
      if (!broken.has(tree)) described.push(says(toJson(tree) as Readonly<Record<string, JsonValue>>, of));
      return undefined;
    }
    if (key === "#" && tree.kind === "list") {
      const items = tree.items.flatMap((item) => cut(item, rest, says, of) ?? []);
      return items.length === tree.items.length && items.every((item, index) => item === tree.items[index])
        ? tree
        : as(tree, { ...tree, items });
    }
    if (tree.kind !== "map") return tree;
    let entries: Map<string, Entry> | undefined;
    for (const [name, entry] of key === "*" ? entriesOf(tree) : entriesOf(tree).filter(([one]) => one === key)) {
      const kept = cut(entry.value, rest, says, key === "*" ? name : of);
      if (kept === entry.value) continue;
      entries ??= new Map(tree.entries);
      if (kept === undefined) entries.delete(name);
      else entries.set(name, { ...entry, value: kept });
    }
    return entries === undefined ? tree : as(tree, { ...tree, entries });
  };
  const as = <T extends Tree>(was: Tree, is: T): T => {
    if (broken.has(was)) broken.add(is);
    return is;
  };
  const whole = PLACES.reduce<Tree>((tree, [path, says]) => cut(tree, path, says, "") ?? tree, root);
  return { root: whole as MapTree, described };
}
