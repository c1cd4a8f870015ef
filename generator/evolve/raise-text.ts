import type { HistoryEntry, Model } from "../model/model.js";
import { diagnosticSink } from "../spec/diagnostic-sink.js";
import { parseSpec } from "../spec/parse-spec.js";
import { at, entriesOf, itemsOf, numberOf, type Tree, textOf } from "../spec/tree.js";
import type { Raised } from "./raise.js";

/** One piece of the text in place of another; where both ends are the same, it is put in. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly put: string;
}

/** The place of a contract, and the numbers that it has. */
type Numbered = Pick<Model, "source" | "schemaVersion" | "consentEpoch">;
type Numbers = Pick<Raised, "schemaVersion" | "consentEpoch">;

/**
 * The spec's text with the numbers raised: schema_version, consent_epoch, the constants that travel, and an entry in history. Every
 * other byte stays as it was written.
 */
export function raiseNumbers(text: string, model: Numbered, raised: Raised): string {
  const root = parseSpec(text, diagnosticSink(model.source));
  if (root === undefined) return text;
  const { schemaVersion, change, wordingOnly } = raised;
  const said =
    schemaVersion === model.schemaVersion
      ? []
      : told(text, root, { version: schemaVersion, change, ...(wordingOnly === undefined ? {} : { wordingOnly }) });
  return applied(text, [...numbers(text, root, model, raised), ...said]);
}

/** The same without an entry. */
export function setNumbers(text: string, model: Numbered, wanted: Numbers): string {
  const root = parseSpec(text, diagnosticSink(model.source));
  return root === undefined ? text : applied(text, numbers(text, root, model, wanted));
}

/** An entry in history more, and nothing else. */
export function addHistory(text: string, source: string, entry: Entry): string {
  const root = parseSpec(text, diagnosticSink(source));
  return root === undefined ? text : applied(text, told(text, root, entry));
}

type Entry = Omit<HistoryEntry, "at">;

function told(text: string, root: Tree, { version, date, change, wordingOnly }: Entry): readonly Edit[] {
  const parts = [
    `version: ${version}`,
    ...(date === undefined ? [] : [`date: ${JSON.stringify(date)}`]),
    `change: ${JSON.stringify(change)}`,
    ...(wordingOnly === undefined ? [] : [`wording_only: ${JSON.stringify(wordingOnly)}`]),
  ];
  return entry(text, at(root, "history"), `{ ${parts.join(", ")} }`);
}

function numbers(text: string, root: Tree, model: Numbered, { schemaVersion, consentEpoch }: Numbers): readonly Edit[] {
  const edits: Edit[] = [];
  const version = at(root, "schema_version");
  if (schemaVersion !== model.schemaVersion)
    for (const number of [version, ...constants(root, root, model.schemaVersion)])
      if (number !== undefined) edits.push({ ...placeOf(number), put: String(schemaVersion) });
  if (consentEpoch !== model.consentEpoch) {
    const epoch = at(root, "consent_epoch");
    if (epoch !== undefined) edits.push({ ...placeOf(epoch), put: String(consentEpoch) });
    else if (root.kind === "map" && version !== undefined)
      edits.push(behind(text, version, root.flow, `consent_epoch: ${consentEpoch}`, indentOf(text, root.start)));
  }
  return edits;
}

function applied(text: string, edits: readonly Edit[]): string {
  // From the end to the beginning, so that no edit moves another. A constant that two fields share is one.
  const distinct = [...new Map(edits.map((edit) => [`${edit.start} ${edit.put}`, edit])).values()];
  const ordered = distinct.sort((a, b) => b.start - a.start || b.end - a.end);
  return ordered.reduce((now, { start, end, put }) => `${now.slice(0, start)}${put}${now.slice(end)}`, text);
}

function placeOf({ start, end }: Tree): Pick<Edit, "start" | "end"> {
  return { start, end };
}

/** The numbers of all fields that are filled with the version: `{ type: const, value: 1, from: schema-version }`, or the named type's. */
function constants(root: Tree, tree: Tree, version: number): readonly Tree[] {
  if (tree.kind === "list") return tree.items.flatMap((item) => constants(root, item, version));
  const inside = entriesOf(tree).flatMap(([, { value }]) => constants(root, value, version));
  if (textOf(at(tree, "from")) !== "schema-version") return inside;
  const number = at(tree, "value") ?? at(root, "types", textOf(at(tree, "type")) ?? "", "value");
  return number !== undefined && numberOf(number) === version ? [number, ...inside] : inside;
}

/** At the end of the list, in the list's own form. */
function entry(text: string, list: Tree | undefined, item: string): readonly Edit[] {
  const [first, last] = [itemsOf(list)[0], itemsOf(list).at(-1)];
  if (list === undefined || first === undefined || last === undefined) return [];
  if (text[list.start] === "[") return [behind(text, last, true, item, "")];
  return [behind(text, last, false, `- ${item}`, indentOf(text, text.lastIndexOf("-", first.start - 1)))];
}

/** Behind a value: after a comma, or on the next line, below what else stands on the value's last one. */
function behind(text: string, value: Tree, flow: boolean, put: string, indent: string): Edit {
  const written = text.slice(0, value.end).trimEnd().length;
  if (flow) return { start: written, end: written, put: `, ${put}` };
  const rest = text.slice(written);
  const [newline = /\r?\n/.exec(text)?.[0] ?? "\n"] = /\r?\n/.exec(rest) ?? [];
  const line = written + (/\r?\n/.exec(rest)?.index ?? rest.length);
  return { start: line, end: line, put: `${newline}${indent}${put}` };
}

/** Returns what stands before a place on its line, if that is nothing but white space. */
function indentOf(text: string, place: number): string {
  const line = text.slice(text.lastIndexOf("\n", place - 1) + 1, place).replace(/^\ufeff/, "");
  return line.trim() === "" ? line : "";
}
