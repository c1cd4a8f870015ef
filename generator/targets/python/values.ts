import { pythonPattern } from "../../emit/python-pattern.js";
import { valuesInside } from "../../plan/inside.js";
import { notNull, nullableLike } from "../../plan/nullable.js";
import type { PlanEvent, PlanField, PlanValue } from "../../plan/plan.js";
import { Call, type Literal, Name } from "./literal.js";
import { snake } from "./names.js";
import { sourceData } from "./sources.js";

/** Returns what may travel, as the runtime's functions. @param kept it was taken before, and has the names and the form that travel. */
export function valueData(value: PlanValue, kept = false): Literal {
  switch (value.is) {
    case "always":
      return new Call("always", [value.value === null ? new Name("NULL") : (value.value as Literal)]);
    case "or-null":
      return new Call("or_null", [valueData(value.of, kept)]);
    case "flag":
      return new Name("flag");
    case "integer":
    case "number":
      return new Call(value.is, bounds(value.least, value.most));
    case "text": {
      // What can't be said in Python was refused before.
      const pattern = value.pattern === undefined ? undefined : pythonPattern(value.pattern);
      return new Call("text", bounds(value.most, pattern));
    }
    case "hashed": {
      if (kept) return valueData(value.form, true);
      const { salt, clear } = value;
      const shared = [valueData(value.of), valueData(value.form), value.keep, ...(clear ? [valueData(clear)] : [])];
      return salt === undefined ? new Call("hashed", shared) : new Call("salted", [salt, ...shared]);
    }
    case "or-else":
      return new Call("or_else", [valueData(value.of), value.otherwise]);
    case "cut":
      return new Call("cut", [valueData(value.of), value.most]);
    case "line":
      return new Call("line", bounds(value.most, undefined));
    case "one-of":
      return new Call("one_of", bounds(value.values as Literal, value.otherwise));
    case "below":
    case "up-to":
      // The number itself is nowhere.
      return kept
        ? new Call("one_of", [value.labels])
        : new Call({ below: "below", "up-to": "up_to" }[value.is], [value.edges, value.labels]);
    case "items":
      return new Call("each_of", bounds(valueData(value.of, kept), value.most));
    case "rounded":
      return new Call("rounded", [value.least, value.most, value.decimals]);
    case "map":
      return new Call("map_of", [valueData(value.keys, kept), valueData(value.of, kept), value.most]);
    case "list":
      return new Call("list_of", bounds(valueData(value.of, kept), value.most));
    case "object":
      return new Call("obj", [value.fields.map((field) => inside(kept ? keptField(field) : fieldData(field)))]);
    case "cases":
      // Beside which siblings it stands, `pick` knows.
      return new Name("as_given");
    default:
      return value satisfies never;
  }
}

/** Inside an object nobody takes a field away whose part is off: it lets nothing through. */
function inside(made: Call): Call {
  const { gate, ...named } = made.named;
  if (gate === undefined) return made;
  const [name, take] = made.args;
  return new Call("Field", [name, new Call("where_on", [new Name("client"), gate, take])], named);
}

/** Prints which case it is, which is known when its siblings are. */
function pickData({ name, value }: PlanField, kept: boolean): Literal {
  const present = notNull(value);
  if (present.is !== "cases") return undefined;
  const cases = present.cases.map(({ of, values, except }) => {
    const take = valueData(nullableLike(value, of), kept);
    return new Call("", [take, values as readonly Literal[], ...(except === true ? [true] : [false])]);
  });
  return new Call("case_by", [name, present.by, ...cases]);
}

function bounds(first: Literal, second: Literal): readonly Literal[] {
  return second !== undefined ? [first, second] : first !== undefined ? [first] : [];
}

/** Returns whether a caller gives it: neither a constant, nor what the client finds out, nor an object in which is nothing else. */
export function isAsked(field: PlanField): boolean {
  return field.from.kind === "call" && !isMade(field);
}

/** An object that is always there, and of which nobody gives anything. */
function isMade({ from, optional, value }: PlanField): boolean {
  const present = notNull(value);
  return (
    (from.kind === "call" || from.kind === "setup") &&
    !optional &&
    present.is === "object" &&
    !present.fields.some(isAsked)
  );
}

/** A field as the runtime's `Field`. */
export function fieldData(field: PlanField): Call {
  const called = snake(field.words);
  const take = ciData(field, endingData(field.value, field.expires));
  return new Call("Field", [field.name, isMade(field) ? new Call("made", [take]) : take], {
    called: called === field.name ? undefined : called,
    source: sourceData(field),
    optional: field.optional || undefined,
    only_when: Object.keys(field.onlyWhen).length === 0 ? undefined : (field.onlyWhen as Literal),
    is_open: field.open,
    gate: gateData(field),
    pick: pickData(field, false),
  });
}

/** In CI, an identifier identifies nobody. */
function ciData({ inCi }: PlanField, take: Literal): Literal {
  if (inCi === undefined) return take;
  return new Call("outside_ci", [new Name("client"), take, ...(inCi.text === undefined ? [] : [inCi.text])]);
}

/** Returns what may travel up to a day. What was kept before it may still leave. */
export function endingData(value: PlanValue, expires: string | undefined): Literal {
  return expires === undefined ? valueData(value) : new Call("ending_at", [expires, valueData(value)]);
}

type Belongs = Pick<PlanEvent, "part" | "sinceEpoch" | "onlyWhere">;

/** Returns where something else than all of consent decides whether it may be sent. */
export function gateData({ part, sinceEpoch, onlyWhere }: Belongs): Literal {
  if (part === undefined && sinceEpoch === undefined && onlyWhere === undefined) return undefined;
  return new Call("gate", [], { part, since: sinceEpoch, only: onlyWhere && factData(onlyWhere) });
}

/** Facts that the client finds out by itself. */
const KNOWN: Readonly<Record<string, string>> = {
  ci: "is_ci",
  container: "in_container",
  "no-terminal": "without_terminal",
};

/** Returns whether a program has to say what a fact is. */
export function isOwed(fact: string): boolean {
  return !Object.hasOwn(KNOWN, fact);
}

export function factData({ fact }: { readonly fact: string }): Call {
  const known = Object.hasOwn(KNOWN, fact) ? KNOWN[fact] : undefined;
  return new Call("fact", known === undefined ? [fact] : [fact, new Name(known)]);
}

/** Returns what finds what waits inside of fields. @param kept they were taken before: identifiers alone wait. */
export function settleData(fields: readonly PlanField[], kept = false): Literal {
  return fields.some(({ value }) => waits(value, kept)) ? new Name("settle") : undefined;
}

function waits(value: PlanValue, kept: boolean): boolean {
  if (value.is === "hashed") return !kept && value.salt !== undefined;
  const isFilled = ({ from }: PlanField) =>
    kept ? from.kind === "identifier" : from.kind !== "call" && from.kind !== "constant";
  return (
    (value.is === "object" && value.fields.some(isFilled)) || valuesInside(value).some((inner) => waits(inner, kept))
  );
}

/** The same as it stands in the queue: whoever gave it, it is there. Only an identifier is filled in when it is sent. */
export function keptField(field: PlanField): Call {
  return new Call("Field", [field.name, valueData(field.value, true)], {
    source: field.from.kind === "identifier" ? sourceData(field) : undefined,
    optional: field.optional || undefined,
    only_when: Object.keys(field.onlyWhen).length === 0 ? undefined : (field.onlyWhen as Literal),
    gate: gateData(field),
    pick: pickData(field, true),
  });
}

/** Returns whether a machine is drawn to send an event, where that depends on an identifier. */
export function drawnData({ sample }: PlanEvent): Literal {
  return sample?.by === undefined ? undefined : new Call("drawn_by", [sample.oneIn, sample.by]);
}

/** Prints the places whose no doesn't hold for it. */
export function despiteData({ evenWhenOff }: PlanEvent): Literal {
  return evenWhenOff && new Call("despite", [evenWhenOff.leaves, ...evenWhenOff.despite]);
}

/** Names of the runtime that a literal calls or names. */
export function namesIn(value: Literal): readonly string[] {
  if (value instanceof Call)
    return [value.name, ...value.args.flatMap(namesIn), ...Object.values(value.named).flatMap(namesIn)];
  if (value instanceof Name) return [value.text];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(namesIn);
}
