/**
 * A text that may be laid out in several ways, as plain data. What belongs together is a group: it stands on one line where it fits,
 * else each of its own lines is broken, and the groups inside decide for themselves. Whoever builds one never counts a column.
 */
export type Doc = string | readonly Doc[] | Group | Indent | Line | Either | Fill | Lines;

interface Group {
  readonly group: Doc;
  /** It stands on several lines even where it would fit on one, and so does whatever it is in. */
  readonly broken: boolean;
}
interface Indent {
  readonly indent: Doc;
}
interface Line {
  /** The text that stands there instead, where its group is on one line. */
  readonly line: "" | " ";
}
interface Either {
  readonly ifBroken: string;
  readonly ifFlat: string;
}
/** The lines laid out before, on several lines, for the indentation at which it stands. */
interface Lines {
  readonly lines: (indent: string) => string;
}
interface Fill {
  readonly fill: readonly Doc[];
}

/** A space, or a new line. */
export const line: Doc = { line: " " };
/** Nothing, or a new line. */
export const softline: Doc = { line: "" };
/** A comma behind the last item, where it stands on a line of its own. */
export const trailingComma: Doc = { ifBroken: ",", ifFlat: "" };

export function group(...parts: readonly Doc[]): Doc {
  return { group: parts, broken: isForced(parts) };
}

/** The same group, never on one line. */
export function broken(doc: Doc): Doc {
  return typeof doc === "object" && "group" in doc ? { group: doc.group, broken: true } : { group: doc, broken: true };
}

export function indent(...parts: readonly Doc[]): Doc {
  return { indent: parts };
}

export function join(separator: Doc, parts: readonly Doc[]): readonly Doc[] {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [separator, part]));
}

/** As many of them to a line as fit; each but the last brings its own comma. */
export function fill(parts: readonly Doc[]): Doc {
  return { fill: parts };
}

/** Items between brackets: on one line, or each on its own. `space` is what stands inside the brackets on one line. */
export function bracketed(open: string, items: readonly Doc[], close: string, space: Doc = softline): Doc {
  if (items.length === 0) return `${open}${close}`;
  return group(open, indent(space, join([",", line], items)), trailingComma, space, close);
}

/** `test ? yes : no`, on one line or on three. */
export function choice(test: Doc, yes: Doc, no: Doc): Doc {
  return group(test, indent(line, "? ", yes, line, ": ", no));
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}

function isForced(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(isForced);
  if ("group" in doc) return doc.broken;
  if ("indent" in doc) return isForced(doc.indent);
  return "lines" in doc || ("fill" in doc && doc.fill.some(isForced));
}

export interface LayoutOptions {
  /** Columns to a line; each language has its own. */
  readonly width?: number;
  /** One step of indentation. */
  readonly step?: string;
  /** The indentation of the lines behind the first. */
  readonly indent?: string;
  /** The number of taken columns in the first line; as many as its indentation, if it is not said. */
  readonly column?: number;
  /** The number of columns that must be left behind the last line. */
  readonly after?: number;
}

interface Command {
  readonly doc: Doc;
  readonly indent: string;
  readonly flat: boolean;
}

/** The text of a document. */
export function layOut(root: Doc, options: LayoutOptions = {}): string {
  const { width = 120, step = "  ", indent: outer = "", column = outer.length, after = 0 } = options;
  const out: string[] = [];
  const todo: Command[] = [{ doc: root, indent: outer, flat: false }];
  let at = column;
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { doc, indent: now, flat } = next;
    if (typeof doc === "string") {
      out.push(doc);
      at += doc.length;
    } else if (isList(doc)) {
      for (let index = doc.length - 1; index >= 0; index--) todo.push({ doc: doc[index] as Doc, indent: now, flat });
    } else if ("indent" in doc) {
      todo.push({ doc: doc.indent, indent: now + step, flat });
    } else if ("line" in doc) {
      if (flat) {
        out.push(doc.line);
        at += doc.line.length;
      } else {
        out.push("\n", now);
        at = now.length;
      }
    } else if ("ifBroken" in doc) {
      const said = flat ? doc.ifFlat : doc.ifBroken;
      out.push(said);
      at += said.length;
    } else if ("lines" in doc) {
      const text = doc.lines(now);
      out.push(text);
      at = text.length - text.lastIndexOf("\n") - 1;
    } else if ("fill" in doc) {
      const { fill: parts } = doc;
      for (const [index, part] of parts.entries()) {
        const text = layOut(part, { width: Number.POSITIVE_INFINITY });
        if (index > 0) {
          const room = 1 + text.length + (index === parts.length - 1 && !flat ? 1 : 0);
          out.push(flat || at + room <= width ? " " : `\n${now}`);
          at = flat || at + room <= width ? at + 1 : now.length;
        }
        out.push(text);
        at += text.length;
      }
    } else {
      const fits = flat || (!doc.broken && hasRoom(doc.group, now, todo, width - at, after));
      todo.push({ doc: doc.group, indent: now, flat: fits });
    }
  }
  return out.join("");
}

/** Returns whether a document fits on the rest of the line, with what follows it up to the next place where a line may end. */
function hasRoom(doc: Doc, indent: string, rest: readonly Command[], columns: number, after: number): boolean {
  const todo: Command[] = [{ doc, indent, flat: true }];
  let left = columns;
  let behind = rest.length;
  for (;;) {
    const next = todo.pop() ?? rest[--behind];
    if (next === undefined) return left >= after;
    const { doc: one, flat } = next;
    if (typeof one === "string") left -= one.length;
    else if (isList(one)) {
      for (let index = one.length - 1; index >= 0; index--) todo.push({ doc: one[index] as Doc, indent, flat });
    } else if ("indent" in one) todo.push({ doc: one.indent, indent, flat });
    else if ("line" in one) {
      if (!flat) return true;
      left -= one.line.length;
    } else if ("ifBroken" in one) left -= (flat ? one.ifFlat : one.ifBroken).length;
    else if ("fill" in one) {
      for (const part of one.fill) left -= layOut(part, { width: Number.POSITIVE_INFINITY }).length + 1;
      left += 1;
    } else if ("lines" in one) return !flat;
    else if (one.broken) {
      if (flat) return false;
      todo.push({ doc: one.group, indent, flat: false });
    } else todo.push({ doc: one.group, indent, flat });
    if (left < 0) return false;
  }
}
