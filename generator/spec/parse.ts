import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLParseError,
  type YAMLSeq,
} from "yaml";
import type { Code } from "../diagnostics/codes.js";
import type { DiagnosticSink, TextSpan } from "./diagnostic-sink.js";
import { plainScalar } from "./plain-scalar.js";
import { syntaxMessage } from "./syntax-messages.js";
import type { Entry, MapTree, Scalar, Tree } from "./tree.js";

/** Far deeper than any contract, far shallower than any stack. */
const DEEPEST = 64;

/**
 * A text as a tree, in one go, or nothing when there is nothing to go on with. Never throws.
 *
 * The parser is asked for texts only (`failsafe`): what an unquoted text means is decided by `plainScalar`, and a key that
 * stands twice is found by the map that is built anyway, in linear time.
 */
export function parseWhole(text: string, report: DiagnosticSink): Tree | undefined {
  const nothing: TextSpan = { start: 0, end: 0 };
  try {
    const document = parseDocument(text, {
      schema: "failsafe",
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "error",
      version: "1.2",
    });
    if (reportSyntax(document, text, report)) return undefined;
    if (document.contents === null || (isScalar(document.contents) && document.contents.source === "")) {
      report.add("spec-empty", nothing, "The spec is empty.", {
        hint: "Begin with `telemetry_spec: 1`, or let `plainsight init` write a first contract.",
      });
      return undefined;
    }
    const read: Reading = { report, aliases: new Set() };
    const tree = treeOf(document.contents, read, 0, nothing);
    // With parts that stand elsewhere, what would follow is about a spec that nobody wrote.
    return read.aliases.size === 0 ? tree : undefined;
  } catch (error) {
    // The parser walks nested brackets by recursion; a file that only nests can exhaust any stack.
    if (!(error instanceof RangeError)) throw error;
    report.add("yaml-too-deep", nothing, `The file nests deeper than ${DEEPEST} levels.`);
    return undefined;
  }
}

interface Reading {
  readonly report: DiagnosticSink;
  /** Anchors and aliases that have been told of. */
  readonly aliases: Set<string>;
  /** True if an unquoted text is the text itself, whatever else it means. */
  readonly spelt?: true;
}

const OWN_CODES: Readonly<Record<string, Code>> = {
  MULTIPLE_DOCS: "yaml-documents",
  RESOURCE_EXHAUSTION: "yaml-too-deep",
};

const CONFLICT = "Git left a conflict here: two changes of the same lines.";

/** Where the quote begins that is never closed: the parser only says where it missed the other one, often at the file's end. */
function openQuote(document: Document.Parsed, { code, message }: YAMLParseError): number | undefined {
  if (code !== "MISSING_CHAR" || !message.startsWith("Missing closing")) return undefined;
  let last: number | undefined;
  visit(document, {
    Scalar: (_, { range, type }) => {
      if (type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE") last = range?.[0];
    },
  });
  return last;
}

/** The parser's first finding: what follows is most often the same mistake. */
function reportSyntax(document: Document.Parsed, text: string, report: DiagnosticSink): boolean {
  const [first] = document.errors;
  const conflict = /^<{7} .*$/m.exec(text);
  if (first !== undefined && conflict !== null)
    report.add("yaml-syntax", { start: conflict.index, end: conflict.index + conflict[0].length }, CONFLICT, {
      hint: "Run `plainsight resolve`; or decide by hand, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>.",
    });
  else if (first !== undefined) {
    const { pos } = first;
    const open = openQuote(document, first);
    const code = open === undefined ? first.code : "OPEN_QUOTE";
    const [start, end] = open === undefined ? pos : [open, open + 1];
    const { message, hint } = syntaxMessage(code);
    report.add(OWN_CODES[code] ?? "yaml-syntax", { start, end: Math.max(end, start + 1) }, message, { hint });
  }
  if (document.directives.yaml.explicit === true || document.warnings.some(({ code }) => code === "BAD_DIRECTIVE")) {
    report.add("yaml-directive", { start: 0, end: 1 }, "A spec has no % directives.", {
      hint: "Remove the lines that begin with %.",
    });
  }
  return document.errors.length > 0;
}

function treeOf(node: Node | null, read: Reading, depth: number, parent: TextSpan): Tree {
  const place = placeOf(node) ?? { start: parent.end, end: parent.end };
  if (node !== null) reportProperties(node, place, read);
  if (depth > DEEPEST) {
    read.report.add("yaml-too-deep", place, `The file nests deeper than ${DEEPEST} levels.`);
    return { kind: "scalar", value: null, plain: true, ...place };
  }
  if (isMap(node)) return mapOf(node, place, read, depth);
  if (isSeq(node))
    return {
      kind: "list",
      items: (node as YAMLSeq<Node | null>).items.map((item) => treeOf(item, read, depth + 1, place)),
      ...place,
    };
  return scalarOf(node, place, read);
}

const WRITE_OUT =
  "Write it out where it is used, or name it under types: and use the name. Reviewers then see every field where it is used.";

/** Anchors, aliases and tags: the parts of YAML that a spec leaves out. */
function reportProperties(node: Node, place: TextSpan, { report, aliases }: Reading): void {
  if (node.tag !== undefined)
    report.add("yaml-tag", place, "A spec has no ! tags.", {
      hint: "Remove the tag; quote the value if it is a text.",
    });
  const name = isAlias(node) ? `*${node.source}` : node.anchor === undefined ? undefined : `&${node.anchor}`;
  if (name === undefined || aliases.has(name)) return;
  aliases.add(name);
  report.add(
    "yaml-alias",
    place,
    isAlias(node) ? `A spec has no aliases such as ${name}.` : `A spec has no anchors such as ${name}.`,
    {
      hint: WRITE_OUT,
    },
  );
}

function mapOf(map: YAMLMap, place: TextSpan, read: Reading, depth: number): MapTree {
  const { report } = read;
  const entries = new Map<string, Entry>();
  for (const pair of map.items) {
    const written = pair.key as Node | null;
    if (isScalar(written) && written.type === "PLAIN" && written.value === "<<") {
      read.aliases.add("<<");
      report.add("yaml-alias", placeOf(written) ?? place, "A spec has no merges.", { hint: WRITE_OUT });
      continue;
    }
    const key = plainKey(written) ?? keyOf(written, read, depth, place);
    if (key?.kind !== "scalar" || typeof key.value !== "string") {
      report.add("yaml-key-not-text", placeOf(written) ?? place, "A key must be a text.", {
        hint: isScalar(written)
          ? `Quote it: ${JSON.stringify(written.source ?? "1")}: …`
          : "Write a name, or an entry for each one: a list or a map can't be a key.",
      });
      continue;
    }
    const before = entries.get(key.value);
    if (before !== undefined) {
      report.add("yaml-duplicate-key", key, `"${key.value}" is here a second time.`, {
        hint: "Remove one of them, or give it another name.",
        related: [{ message: "The first one is here.", place: before.key }],
      });
      continue;
    }
    entries.set(key.value, {
      key: key as Entry["key"],
      // How no and yes are spelt, in their own spelling.
      value: treeOf(
        (pair.value ?? null) as Node | null,
        key.value === "bools" ? { ...read, spelt: true } : read,
        depth + 1,
        key,
      ),
    });
  }
  const unread = map.items.length - entries.size;
  return { kind: "map", entries, flow: map.flow === true, ...(unread > 0 ? { unread } : {}), ...place };
}

function keyOf(written: Node | null, read: Reading, depth: number, place: TextSpan): Tree | undefined {
  return written === null || isScalar(written) || isAlias(written) ? treeOf(written, read, depth, place) : undefined;
}

/**
 * A whole number, and `on`, are texts where they are keys: editions of a list (`2: …`) and occasions (`on: disable`) read better without
 * quotes, and no key of a contract is anything but a text.
 */
function plainKey(written: Node | null): Scalar | undefined {
  if (!isScalar(written) || written.type !== "PLAIN" || written.tag !== undefined || written.anchor !== undefined)
    return undefined;
  const text = String(written.source ?? written.value);
  if (!/^(?:on|[1-9][0-9]{0,8})$/.test(text)) return undefined;
  return { kind: "scalar", value: text, plain: true, ...(placeOf(written) ?? { start: 0, end: 0 }) };
}

/** Half of a surrogate pair, as an escape can write it. */
const HALF = /\p{Cs}/u;

function scalarOf(node: Node | null, place: TextSpan, { report, spelt }: Reading): Scalar {
  if (!isScalar(node)) return { kind: "scalar", value: null, plain: true, ...place };
  const text = String(node.value ?? "");
  if (HALF.test(text))
    report.add("spec-not-text", place, "This escape stands for half of a character, which no UTF-8 text can hold.", {
      hint: 'Write the character itself, or both halves: "\\ud83d\\ude00".',
    });
  // Whoever reads the tag took it for something else.
  const tagged = node.tag === undefined ? {} : { told: true as const };
  if (node.type !== "PLAIN" || spelt === true)
    return { kind: "scalar", value: text, plain: false, ...tagged, ...place };
  const { value, trap } = plainScalar(text);
  if (trap !== undefined) {
    report.add("yaml-ambiguous", place, `${text} is ${trap}.`, {
      hint: `Quote it if it is a text: "${text}". Write a number in plain digits, true or false in lower-case.`,
    });
  }
  return { kind: "scalar", value, plain: true, ...(trap === undefined ? tagged : { told: true }), ...place };
}

function placeOf(node: Node | null): TextSpan | undefined {
  const range = node?.range;
  return range === undefined || range === null ? undefined : { start: range[0], end: range[1] };
}
