import type { Fragments } from "../model/fragments.js";
import { diagnosticSink } from "./diagnostic-sink.js";
import { packTree, unpackTree } from "./pack-tree.js";
import { parseWhole } from "./parse.js";
import { type Split, splitEvents } from "./split-events.js";
import { at, type Entry, type MapTree, type Tree } from "./tree.js";

/** The texts made of an event in earlier runs, found by its own text and all the rest of the spec. */
export type KnownEvents = (rest: string, event: string) => Fragments | undefined;

export const nothingKnown: KnownEvents = () => undefined;

const head = "events:\n";

/**
 * The tree of a spec, read event by event: to the offset as if read in one go, or undefined where that can't be had for sure.
 * Wherever anything is found the whole is read in one go after all, so nothing is ever told from here.
 */
export function parseInParts(text: string, known: KnownEvents): MapTree | undefined {
  const split = splitEvents(text);
  const first = split?.pieces[0];
  const last = split?.pieces.at(-1);
  if (split === undefined || first === undefined || last === undefined || first === last) return undefined;
  const before = text.slice(0, first.start);
  const after = text.slice(last.end);
  // The last event is read with all that is no event: what follows it has a say in where it ends.
  const frame = parseQuietly(before + text.slice(last.start, last.end) + after);
  const events = at(frame, "events");
  if (frame?.kind !== "map" || frame.entries.get("events")?.key.start !== split.key) return undefined;
  if (!isBlock(events, first.start + split.indent, 1)) return undefined;

  const rest = `${before}\0${after}`;
  const moved = (place: number) => (place < first.start ? place : place + last.start - first.start);
  const entries = new Map<string, Entry>();
  for (const { start, end } of split.pieces) {
    const piece = text.slice(start, end);
    const parts = known(rest, piece);
    const read =
      start === last.start
        ? entryIn(move(events, moved))
        : entryIn(unpackTree(parts?.of("tree", () => packPiece(piece, split)) ?? packPiece(piece, split), start));
    if (read === undefined || entries.has(read.key.value)) return undefined;
    entries.set(read.key.value, { ...read, ...(parts === undefined ? {} : { parts }) });
  }
  const root = move(frame, moved) as MapTree;
  const whole: MapTree = { kind: "map", entries, flow: false, start: events.start, end: moved(events.end) };
  const key = root.entries.get("events")?.key as Entry["key"];
  return { ...root, entries: new Map([...root.entries, ["events", { key, value: whole }]]) };
}

/** The tree of one event, in the place that it has in a spec, with another one behind it; a mere `null` where it is no whole entry. */
function packPiece(piece: string, { indent }: Split): string {
  const events = at(parseQuietly(`${head}${piece}${" ".repeat(indent)}x:\n`), "events");
  return isBlock(events, head.length + indent, 2) ? packTree(events, head.length) : packTree(nothing, 0);
}

const nothing: Tree = { kind: "scalar", value: null, plain: true, start: 0, end: 0 };

function entryIn(events: Tree): Entry | undefined {
  return events.kind === "map" ? events.entries.values().next().value : undefined;
}

function isBlock(tree: Tree | undefined, start: number, size: number): tree is MapTree {
  return tree?.kind === "map" && !tree.flow && tree.start === start && tree.entries.size === size;
}

/** Nothing where there is anything to be told. */
function parseQuietly(text: string): Tree | undefined {
  const report = diagnosticSink("");
  const tree = parseWhole(text, report);
  return report.found.length === 0 ? tree : undefined;
}

function move(tree: Tree, moved: (place: number) => number): Tree {
  const place = { start: moved(tree.start), end: moved(tree.end) };
  if (tree.kind === "scalar") return { ...tree, ...place };
  if (tree.kind === "list") return { ...tree, items: tree.items.map((item) => move(item, moved)), ...place };
  const entries = [...tree.entries].map(([name, { key, value }]): [string, Entry] => [
    name,
    { key: move(key, moved) as Entry["key"], value: move(value, moved) },
  ]);
  return { ...tree, entries: new Map(entries), ...place };
}
