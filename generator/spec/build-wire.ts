import { fieldSet, PLACEHOLDERS, WRAPPERS } from "../language/wire/index.js";
import type { DrawnWire, Picture, PictureEntry, PictureItem, Wire, WireHeader } from "../model/model.js";
import { isTrue } from "./build-field.js";
import type { DiagnosticSink, TextSpan } from "./diagnostic-sink.js";
import type { Scope } from "./scope.js";
import { suggestion } from "./suggest.js";
import { at, entriesOf, itemsOf, type MapTree, type Tree, textOf, textsOf } from "./tree.js";

/** `wire` as a model: its pictures read. */
export function buildWire(tree: Tree, scope: Scope): Wire {
  const headers = buildHeaders(at(tree, "headers"), scope);
  const format = textOf(at(tree, "format"));
  if (format === "prometheus-text") return { format, headers };
  const drawn = (key: string) => {
    const part = at(tree, key);
    return part === undefined ? {} : { [key]: pictureOf(part, scope.report) };
  };
  const [no, yes] = textsOf(at(tree, "bools"));
  const inWords = format === "described" || isTrue(at(tree, "described"));
  const nothing = ["query", "body", "headers"].every((key) => at(tree, key) === undefined);
  return {
    format: (inWords ? "json" : (format ?? "json")) as DrawnWire["format"],
    ...(inWords ? { described: textOf(at(tree, "what")) ?? (format === "described" ? "" : (format ?? "")) } : {}),
    headers,
    ...drawn("query"),
    ...(inWords && nothing ? { body: USUAL } : drawn("body")),
    ...drawn("each"),
    ...(no === undefined || yes === undefined ? {} : { bools: [no, yes] as const }),
  };
}

/** The way a request that is only described: all of its fields, flat. */
const USUAL: Picture = {
  kind: "object",
  entries: [
    { key: { kind: "constant", value: "event" }, value: { kind: "event" } },
    { spread: { of: "common" } },
    { spread: { of: "fields" } },
  ],
};

function buildHeaders(tree: Tree | undefined, scope: Scope): readonly WireHeader[] {
  return entriesOf(tree)
    .map(([name, { value }]): WireHeader => {
      const env = textOf(at(value, "env"));
      if (env !== undefined) return { name, kind: "secret", env };
      return { name, kind: "picture", picture: pictureOf(value, scope.report) };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const NOTHING: Picture = { kind: "constant", value: null };

/** Returns what stands in a place of a request, read as a picture. What can't be read is a finding, and draws nothing. */
export function pictureOf(tree: Tree, report: DiagnosticSink, repeated = false): Picture {
  if (tree.kind === "map") return mapOf(tree, report, repeated);
  if (tree.kind === "list") return { kind: "list", items: tree.items.map((item) => itemOf(item, report, repeated)) };
  return typeof tree.value === "string"
    ? textPicture(tree.value, tree, report, repeated)
    : { kind: "constant", value: tree.value };
}

/** In a list, a set with a picture behind it is an item for each field. */
function itemOf(tree: Tree, report: DiagnosticSink, repeated: boolean): PictureItem {
  const [only, ...others] = entriesOf(tree);
  const set = others.length > 0 || only === undefined ? undefined : setNamed(only[0]);
  const behind = only?.[1].value;
  if (set === undefined || behind === undefined || isEmpty(behind)) return pictureOf(tree, report, repeated);
  return { repeat: set, value: pictureOf(behind, report, true) };
}

function mapOf(tree: MapTree, report: DiagnosticSink, repeated: boolean): Picture {
  const wrapper = WRAPPERS.find(({ name }) => tree.entries.has(name));
  return wrapper === undefined
    ? {
        kind: "object",
        entries: entriesOf(tree).flatMap(([key, entry]) => entryOf(key, entry.key, entry.value, report, repeated)),
      }
    : wrapped(tree, wrapper, report, repeated);
}

function wrapped(
  tree: MapTree,
  wrapper: (typeof WRAPPERS)[number],
  report: DiagnosticSink,
  repeated: boolean,
): Picture {
  const { name, pieces } = wrapper as { name: string; pieces?: true };
  for (const [key, entry] of tree.entries)
    if (key !== name && !(pieces && key === "by"))
      report.add("unknown-key", entry.key, `"${key}" can't be next to ${name}.`, {
        hint: pieces
          ? "Only by, the text between the pieces, goes next to it."
          : "Put it around both, or next to the map.",
      });
  const inner = at(tree, name);
  if (inner === undefined) return NOTHING;
  if (pieces !== true) return wrapper.wrap([pictureOf(inner, report, repeated)], "");
  const by = textOf(at(tree, "by"));
  if (inner.kind !== "list" || by === undefined || by === "") {
    report.add("wrong-kind", inner, "$line is a list of texts, with by next to it.", {
      hint: '{ $line: ["a/{common.a}", "b/{common.b}"], by: " " }',
    });
    return NOTHING;
  }
  return wrapper.wrap(
    itemsOf(inner).map((piece) => pictureOf(piece, report, repeated)),
    by,
  );
}

function entryOf(
  key: string,
  place: TextSpan,
  behind: Tree,
  report: DiagnosticSink,
  repeated: boolean,
): readonly PictureEntry[] {
  const set = setNamed(key);
  if (set === undefined)
    return [{ key: textPicture(key, place, report, repeated), value: pictureOf(behind, report, repeated) }];
  if (isEmpty(behind)) return [{ spread: set }];
  const [only, ...others] = entriesOf(behind);
  if (only === undefined || others.length > 0) {
    report.add("wrong-kind", behind, `In an object, ${key} is repeated as one entry for each field.`, {
      hint: `${key}: { $name: $value }, or in a list [ { ${key}: … } ].`,
    });
    return [];
  }
  const [name, entry] = only;
  return [
    { repeat: set, key: textPicture(name, entry.key, report, true), value: pictureOf(entry.value, report, true) },
  ];
}

function setNamed(key: string) {
  return key.startsWith("$") && !key.startsWith("$$") ? fieldSet(key.slice(1)) : undefined;
}

function isEmpty(tree: Tree): boolean {
  return tree.kind === "scalar" && tree.value === null;
}

/** `$…` is a placeholder, `{…}` one inside a text, `$$` a dollar. */
function textPicture(text: string, place: TextSpan, report: DiagnosticSink, repeated: boolean): Picture {
  if (/^\$[^$]/s.test(text)) return placeholder(text.slice(1), text, place, report, repeated);
  const pieces = text.split(/(\{[^{}]*\})/).filter((piece) => piece !== "");
  const read = pieces.map((piece): Picture => {
    if (piece.startsWith("{")) return placeholder(piece.slice(1, -1), piece, place, report, repeated);
    if (/(?<!\$)(?:\$\$)*\$(?!\$)/.test(piece))
      report.add(
        "unknown-placeholder",
        place,
        `A dollar sign begins a placeholder, but "${piece}" has no name after it.`,
        {
          hint: "Write $$ for a literal dollar sign. Inside a text, write placeholders in braces: {common.version}.",
        },
      );
    return { kind: "constant", value: piece.replaceAll("$$", "$") };
  });
  const [only] = read;
  if (read.length === 0) return { kind: "constant", value: "" };
  // One placeholder in braces is still a text: `"{common.count}"` is "3", and not 3.
  return read.length === 1 && only?.kind === "constant" ? only : { kind: "joined", pieces: read };
}

function placeholder(
  inner: string,
  written: string,
  place: TextSpan,
  report: DiagnosticSink,
  repeated: boolean,
): Picture {
  for (const word of PLACEHOLDERS) {
    const picture = word.read(inner);
    if (picture === undefined) continue;
    if (word.repeated === true && !repeated)
      report.add("unknown-placeholder", place, `${word.name} is only allowed inside something repeated.`, {
        hint: "Repeat a set around it: [ { $fields: { Key: $name, Value: $text } } ].",
      });
    return picture;
  }
  const set = fieldSet(inner);
  if (set !== undefined)
    report.add("unknown-placeholder", place, `$${inner} is a set of fields, not a value.`, {
      hint: `Write { $${inner}: } for an object of its fields, or $${inner}.NAME for one of them.`,
    });
  else
    report.add("unknown-placeholder", place, `Nothing fills ${written} in.`, {
      hint: suggestion(inner, PLACEHOLDER_NAMES, "Placeholders"),
    });
  return NOTHING;
}

const PLACEHOLDER_NAMES = PLACEHOLDERS.map(({ name }) => name.slice(1));
