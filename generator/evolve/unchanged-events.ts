import type { FrozenContract } from "../model/frozen.js";
import { splitEvents } from "../spec/split-events.js";

/** Two texts of one contract without the events that stand the same in both. */
export interface Reduced {
  readonly before: string;
  readonly after: string;
  /** The events that were left out. */
  readonly names: ReadonlySet<string>;
}

/**
 * Leaves out of two texts what can't differ: an event whose bytes are equal on both sides, where the rest of both is equal but for the
 * numbers and the history, means the same on both. Whatever stands behind it keeps its offset. Undefined: nothing can be left out for sure.
 *
 * An event stays where something else could depend on it: it had another name, the client fills in one of its fields, or its name
 * occurs outside of the events.
 */
export function leaveOutUnchanged(before: string, after: string): Reduced | undefined {
  const [was, is] = [split(before), split(after)];
  if (was === undefined || is === undefined || settled(was.rest) !== settled(is.rest)) return undefined;
  const rest = is.rest + was.rest;
  const words = new Set(rest.match(/[\w-]+/g));
  const isMentioned = (name: string) => (name.includes(".") ? rest.includes(name) : words.has(name));
  const names = new Set<string>();
  for (const [name, piece] of is.pieces)
    if (was.pieces.get(name)?.text === piece.text && !BOUND.test(piece.text) && !isMentioned(name)) names.add(name);
  // A contract without any event isn't valid.
  const [first] = is.pieces.keys();
  if (names.size === is.pieces.size && first !== undefined) names.delete(first);
  return names.size === 0 ? undefined : { before: blanked(was, names), after: blanked(is, names), names };
}

/** A contract without some of its events. */
export function withoutEvents<Contract extends Pick<FrozenContract, "events">>(
  contract: Contract,
  names: ReadonlySet<string>,
): Contract {
  return { ...contract, events: contract.events.filter(({ wireName }) => !names.has(wireName)) };
}

/** Keys that tie an event to another name, or to what one machine tells. */
const BOUND = /\b(?:from|renamed_from)\b["']?[ ]*:/;

interface Pieces {
  readonly text: string;
  readonly rest: string;
  readonly pieces: ReadonlyMap<string, { readonly start: number; readonly end: number; readonly text: string }>;
}

/** Only events under plain keys: whatever has another form is read. */
function split(text: string): Pieces | undefined {
  const cut = splitEvents(text);
  const [first, last] = [cut?.pieces[0], cut?.pieces.at(-1)];
  if (cut === undefined || first === undefined || last === undefined) return undefined;
  const pieces = new Map<string, { start: number; end: number; text: string }>();
  for (const { start, end } of cut.pieces) {
    const piece = text.slice(start, end);
    const name = /^ +([A-Za-z_][\w.-]*):(?:[ \n]|$)/.exec(piece)?.[1];
    if (name === undefined || !piece.endsWith("\n")) continue;
    // A key that is there twice is an error, and has to be found.
    if (pieces.has(name)) return undefined;
    pieces.set(name, { start, end, text: piece });
  }
  return { text, rest: text.slice(0, first.start) + text.slice(last.end), pieces };
}

/** The rest without the numbers that a change raises, and without the history that it writes: both are read and compared. */
function settled(rest: string): string {
  return rest
    .replace(/^(?:schema_version|consent_epoch):[ ]*\d+[ ]*\n/gm, "")
    .replace(/\bvalue: \d+(?=, from: schema-version\b)/g, "")
    .replace(/^history:[ ]*\n(?:[ ].*\n|\n)*/m, "");
}

/** A comment of the same length stands for each run of them. */
function blanked({ text, pieces }: Pieces, names: ReadonlySet<string>): string {
  const runs: { start: number; end: number }[] = [];
  for (const [name, { start, end }] of pieces) {
    if (!names.has(name)) continue;
    const last = runs.at(-1);
    if (last?.end === start) last.end = end;
    else runs.push({ start, end });
  }
  let [whole, at] = ["", 0];
  for (const { start, end } of runs) {
    whole += `${text.slice(at, start)}#${" ".repeat(end - start - 2)}\n`;
    at = end;
  }
  return whole + text.slice(at);
}
