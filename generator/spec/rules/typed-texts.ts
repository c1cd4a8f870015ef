import type { DiagnosticSink, TextSpan } from "../diagnostic-sink.js";
import { at, entriesOf, itemsOf, type Tree } from "../tree.js";
import type { Judged } from "./rule.js";

/** ASCII, in which nothing can hide. */
const PLAIN = /^[ -~]*$/;

/** Put together only where they are needed: that takes longer than all else in a small contract. */
const oddCharacters = () => ({
  /** Control characters, marks of direction, and what has no width. */
  unseen: /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Variation_Selector}|\p{Default_Ignorable_Code_Point}/u,
  /** Letters of other alphabets of which some look like Latin ones. */
  foreign:
    /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u,
});

/**
 * Checks that texts that people type or follow look like what they are: switches, commands, paths, keys, and where reports go.
 */
export function typedTexts({ root }: Judged, report: DiagnosticSink): void {
  const consent = at(root, "consent");
  for (const tree of [
    ...itemsOf(at(consent, "order")).flatMap(scalars),
    ...entriesOf(at(consent, "commands")).flatMap(([, { value }]) => scalars(at(value, "run"))),
    ...scalars(at(consent, "state_file", "path")),
    ...scalars(at(root, "delivery", "queue", "file")),
    ...scalars(at(root, "delivery", "debug", "when")),
    ...itemsOf(at(root, "destination", "override", "order")).flatMap(scalars),
  ])
    judge(tree.value, tree, report);
  for (const [name, { key }] of entriesOf(at(consent, "state_file", "keys"))) judge(name, key, report);
  host(at(root, "destination", "url"), report);
}

interface Text {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** The texts in a tree, but for what only explains. */
function scalars(tree: Tree | undefined): readonly Text[] {
  if (tree === undefined) return [];
  if (tree.kind === "scalar") return typeof tree.value === "string" ? [{ ...tree, value: tree.value }] : [];
  if (tree.kind === "list") return tree.items.flatMap(scalars);
  return entriesOf(tree).flatMap(([name, { value }]) => (name === "means" ? [] : scalars(value)));
}

function judge(text: string, place: TextSpan, report: DiagnosticSink): void {
  if (PLAIN.test(text)) return;
  const { unseen, foreign } = oddCharacters();
  const [hidden] = unseen.exec(text) ?? [];
  if (hidden !== undefined) {
    const name = `U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    report.add("unseen-character", place, `This contains ${name}, which is invisible.`, {
      hint: "Remove the character.",
    });
    return;
  }
  const plain = text.normalize("NFKC");
  const mixed = text.split(/[^\p{L}\p{M}]+/u).find((word) => /\p{Script=Latin}/u.test(word) && foreign.test(word));
  if (mixed !== undefined)
    report.add("look-alike", place, `"${mixed}" mixes letters of two alphabets that look alike.`, {
      hint: `These letters are not Latin: ${[...mixed].filter((letter) => foreign.test(letter)).join(" ")}`,
    });
  else if (plain !== text)
    report.add("look-alike", place, `This looks like ${JSON.stringify(plain)}, but is another text.`, {
      hint: `Write ${JSON.stringify(plain)}.`,
    });
}

/** A host whose letters aren't ASCII's may look like anybody's. */
function host(tree: Tree | undefined, report: DiagnosticSink): void {
  const written = tree?.kind === "scalar" && typeof tree.value === "string" ? tree.value : "";
  const name = /^https:\/\/([^/?#]+)/.exec(written)?.[1] ?? "";
  if (tree === undefined) return;
  if (PLAIN.test(name) || !URL.canParse(`https://${name}`)) {
    judge(written, tree, report);
    return;
  }
  report.add("look-alike", tree, `The host "${name}" can be mistaken for another one.`, {
    hint: `Write it as it is looked up: ${new URL(`https://${name}`).host}.`,
  });
}
