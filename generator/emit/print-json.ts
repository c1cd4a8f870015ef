import { fragmentOf, type HasFragments } from "../model/fragments.js";
import { jsonText } from "./escape.js";
import { broken, type Doc, fill, group, indent, join, layOut, line, softline } from "./layout.js";

/** An object that is made only where it has not been printed before, as a part of its event. */
export class PrintedPart {
  readonly event: HasFragments;
  readonly name: string;
  readonly make: () => object;

  constructor(event: HasFragments, name: string, make: () => object) {
    this.event = event;
    this.name = name;
    this.make = make;
  }
}

/**
 * JSON in the form that prettier would give it, with the keys in the order given: objects over several lines, arrays on one where they
 * fit. Ends in a newline.
 */
export function printJson(value: unknown): string {
  return `${layOut(jsonDoc(value))}\n`;
}

function jsonDoc(value: unknown): Doc {
  if (Array.isArray(value)) return listDoc(value);
  if (value instanceof PrintedPart) {
    const { event, name, make } = value;
    return {
      lines: (inner) => fragmentOf(event, `${name} ${inner.length}`, () => layOut(jsonDoc(make()), { indent: inner })),
    };
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    if (entries.length === 0) return "{}";
    return broken(
      list(
        "{",
        entries.map(([key, item]) => [`${jsonText(key)}: `, jsonDoc(item)]),
        "}",
      ),
    );
  }
  return typeof value === "number" ? JSON.stringify(value).replace("e+", "e") : jsonText(value);
}

function listDoc(items: readonly unknown[]): Doc {
  if (items.length > 1 && items.every((item) => typeof item === "number")) {
    const numbers = items.map((item, at) => `${jsonDoc(item) as string}${at === items.length - 1 ? "" : ","}`);
    return group("[", indent(softline, fill(numbers)), softline, "]");
  }
  const all = list("[", items.map(jsonDoc), "]");
  // Prettier never puts several lists of more than one item on one line.
  return items.length > 1 && items.every((item) => Array.isArray(item) && item.length > 1) ? broken(all) : all;
}

/** JSON knows no comma behind the last item. */
function list(open: string, items: readonly Doc[], close: string): Doc {
  return items.length === 0
    ? `${open}${close}`
    : group(open, indent(softline, join([",", line], items)), softline, close);
}
