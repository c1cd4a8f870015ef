import { outlives } from "../language/identifiers/created.js";
import type { JsonValue } from "../model/json-schema.js";
import { fromFile, fromFolder } from "../model/relative-path.js";
import { besideOurs, consentFor } from "./consent-of-programme.js";
import { diagnosticSink } from "./diagnostic-sink.js";
import { parseWhole } from "./parse.js";
import { at, entriesOf, type MapTree, type Tree, textOf, toJson } from "./tree.js";
import { USE, usedBy } from "./uses.js";

/**
 * Contracts of one product that share a consent: what one says of it stands in the others, too, behind their own end, so that every place in
 * them stays where it is. One that names no contract of the project stays as it is, with a finding. An identifier that another contract
 * uses is told to both: the page of either says that reports can be linked. And each is told the queues of the others: a no deletes what waits there, too.
 * @param texts spec → its text, by the path that people know: `spec/systems/crash/events.yaml`.
 */
export function joinProgrammes(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const joined = new Map(texts);
  const users = new Map<string, Map<string, string[]>>();
  const sharing = new Map<string, string[]>();
  for (const [source, text] of texts) {
    const named = usedBy(text);
    const owner = named === undefined ? "" : fromFile(source, named);
    const other = texts.get(owner);
    if (other === undefined) continue;
    joined.set(source, withConsentOf(text, other));
    sharing.set(owner, [...(sharing.get(owner) ?? [owner]), source]);
    const names = users.get(owner) ?? new Map<string, string[]>();
    for (const { name } of usedIdentifiers(text, other))
      names.set(name, [...(names.get(name) ?? []), fromFolder(folderOf(owner), source)]);
    users.set(owner, names);
  }
  for (const [owner, names] of users)
    if (names.size > 0) joined.set(owner, withLine(texts.get(owner) ?? "", "shared", Object.fromEntries(names)));
  for (const sources of sharing.values())
    for (const source of sources) {
      const queues = sources.filter((one) => one !== source).flatMap((one) => queueIn(texts.get(one) ?? ""));
      if (queues.length > 0) joined.set(source, withLine(joined.get(source) ?? "", "queues", [...new Set(queues)]));
    }
  return joined;
}

/** Where a contract's events wait, as another one of the same product names it. */
function queueIn(text: string): readonly string[] {
  const tree = treeOf(text);
  const file = textOf(at(tree, "delivery", "queue", "file"));
  return file === undefined ? [] : [besideOurs(file, textOf(at(tree, "product")) ?? "") as string];
}

/** A contract with the consent of the one that it names, and with those identifiers of it that it uses. */
export function withConsentOf(text: string, other: string): string {
  const use = USE.exec(text);
  const owner = USE.test(other) ? undefined : treeOf(other);
  const tree = treeOf(text);
  const ownNames = entriesOf(at(tree, "identifiers")).map(([name]) => name);
  const used = usedIdentifiers(text, other);
  const consent = owner && consentFor(owner, { product: textOf(at(tree, "product")) ?? "", own: ownNames });
  if (use === null || consent === undefined) return text;
  // As long as it was, and a comment.
  const gone = [{ start: use.index, end: use.index + use[0].length, put: use[0].replace(/^./gm, "#") }];
  const edits = [...gone, ...used.map(({ value, identifier }) => inPlaceOf(text, value, identifier))];
  const edited = edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((all, { start, end, put }) => `${all.slice(0, start)}${put}${all.slice(end)}`, text);
  return withLine(edited, "consent", { use: usedBy(text) ?? "", ...consent });
}

interface UsedIdentifier {
  readonly name: string;
  /** The places that use it. */
  readonly value: Tree;
  readonly identifier: JsonValue;
}

/** The identifiers that a contract uses of the one whose consent it uses, as they are there. */
function usedIdentifiers(text: string, other: string): readonly UsedIdentifier[] {
  const from = usedBy(text);
  const owner = treeOf(other);
  return entriesOf(at(treeOf(text), "identifiers")).flatMap(([name, { value }]) => {
    const use = textOf(at(value, "use"));
    const there = owner === undefined ? undefined : at(owner, "identifiers", name);
    if (use === undefined || there === undefined || owner === undefined || same(use) !== same(from ?? "")) return [];
    const format = writtenOut(at(there, "format"), owner);
    if (!outlives(textOf(at(there, "created"))) || format === undefined) return [];
    const [theirs, ours] = [textOf(at(there, "justification")), textOf(at(value, "justification"))];
    const reasons = [theirs, ours].flatMap((one) => one ?? []);
    const identifier = {
      ...(toJson(there) as { readonly [key: string]: JsonValue }),
      format,
      use,
      ...(reasons.length === 0 ? {} : { justification: reasons.join(" ") }),
    };
    return [{ name, value, identifier }];
  });
}

/** A form without the other contract's own types. A hash is made of the product's name, and so another one in each. */
function writtenOut(format: Tree | undefined, owner: MapTree): JsonValue | undefined {
  if (format === undefined) return undefined;
  const type = textOf(at(format, "type") ?? format) ?? "";
  if (type === "hashed") return undefined;
  const named = at(owner, "types", type);
  const ownFormat = format.kind === "map" ? toJson(format) : { type };
  if (named === undefined) return ownFormat;
  const { type: _, ...more } = ownFormat as { readonly [key: string]: JsonValue };
  const inner = writtenOut(named, owner);
  return inner === undefined ? undefined : { ...(inner as { readonly [key: string]: JsonValue }), ...more };
}

/** On as many lines as it was. */
function inPlaceOf(text: string, { start, end }: Tree, put: JsonValue) {
  const written = text.slice(start, end).trimEnd();
  return {
    start,
    end: start + written.length,
    put: `${JSON.stringify(put)}${"\n".repeat(written.split("\n").length - 1)}`,
  };
}

function withLine(text: string, key: string, value: JsonValue): string {
  return `${text.replace(/\n*$/, "\n")}${key}: ${JSON.stringify(value)}\n`;
}

function treeOf(text: string): MapTree | undefined {
  const tree = parseWhole(text, diagnosticSink(""));
  return tree?.kind === "map" ? tree : undefined;
}

function same(path: string): string {
  return fromFile("here/there/and/file", path);
}

function folderOf(source: string): string {
  return source.split("/").slice(0, -1).join("/");
}
