import { type HasParts, partOf } from "../model/parts.js";
import { jsonText } from "./escape.js";

const width = 120;

/** An object that is made only where it has not been printed before, as a part of its event. */
export class PrintedPart {
  readonly event: HasParts;
  readonly name: string;
  readonly make: () => object;

  constructor(event: HasParts, name: string, make: () => object) {
    this.event = event;
    this.name = name;
    this.make = make;
  }
}

/**
 * JSON in the form that prettier would give it at 120 columns, with the keys in the order given: objects over several
 * lines, arrays on one where they fit. Ends in a newline.
 */
export function printJson(value: unknown): string {
  return `${print(value, "", 0)}\n`;
}

/** `taken` is how much of the line is needed for what stands before the value, and for the comma behind it. */
function print(value: unknown, indent: string, taken: number): string {
  if (Array.isArray(value)) return printArray(value, indent, taken);
  if (value instanceof PrintedPart)
    return partOf(value.event, `${value.name} ${indent.length}`, () => printObject(value.make(), indent));
  if (typeof value === "object" && value !== null) return printObject(value, indent);
  return typeof value === "number" ? JSON.stringify(value).replace("e+", "e") : jsonText(value);
}

function printObject(value: object, indent: string): string {
  const inner = `${indent}  `;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const lines = entries.map(([key, item], index) => {
    const start = `${inner}${jsonText(key)}: `;
    return start + print(item, inner, start.length + comma(index, entries));
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

function printArray(items: readonly unknown[], indent: string, taken: number): string {
  if (items.length === 0) return "[]";
  const inner = `${indent}  `;
  if (!items.some(isBroken)) {
    const flat = items.map((item) => print(item, inner, Number.NEGATIVE_INFINITY));
    const line = `[${flat.join(", ")}]`;
    if (!line.includes("\n") && !alwaysBroken(items) && taken + line.length <= width) return line;
    if (items.every((item) => typeof item === "number")) return `[\n${fill(flat, inner)}\n${indent}]`;
  }
  const lines = items.map((item, index) => inner + print(item, inner, inner.length + comma(index, items)));
  return `[\n${lines.join(",\n")}\n${indent}]`;
}

/** Objects stand over several lines: no need to print a list of them once more, only to see that it doesn't fit on one. */
function isBroken(item: unknown): boolean {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return false;
  return Object.values(item).some((value) => value !== undefined);
}

/** Prettier never puts several lists of more than one item on one line. */
function alwaysBroken(items: readonly unknown[]): boolean {
  return items.length > 1 && items.every((item) => Array.isArray(item) && item.length > 1);
}

/** Numbers, as many to a line as fit. */
function fill(numbers: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const [index, number] of numbers.entries()) {
    const word = number + ",".repeat(comma(index, numbers));
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? indent + word : ` ${word}`;
  }
  return [...lines, line].join("\n");
}

function comma(index: number, items: readonly unknown[]): 0 | 1 {
  return index < items.length - 1 ? 1 : 0;
}
