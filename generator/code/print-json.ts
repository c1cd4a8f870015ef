const width = 120;

/**
 * JSON in the form that prettier would give it at 120 columns, with the keys in the order given: objects over several
 * lines, arrays on one where they fit. Ends in a newline.
 */
export function printJson(value: unknown): string {
  return `${print(value, "", 0)}\n`;
}

/** `before` is how much already stands on the line, and how much must still follow on it: a comma. */
function print(value: unknown, indent: string, before: number): string {
  if (Array.isArray(value)) return printArray(value, indent, before);
  if (typeof value === "object" && value !== null) return printObject(value, indent);
  return JSON.stringify(value);
}

function printObject(value: object, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => {
      const start = `${inner}${JSON.stringify(key)}: `;
      return start + print(item, inner, start.length);
    });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

function printArray(items: readonly unknown[], indent: string, before: number): string {
  if (items.length === 0) return "[]";
  const inner = `${indent}  `;
  const flat = items.map((item) => print(item, inner, Number.NEGATIVE_INFINITY));
  const line = `[${flat.join(", ")}]`;
  if (!line.includes("\n") && !alwaysBroken(items) && before + line.length + 1 <= width) return line;
  if (items.every((item) => typeof item === "number")) return `[\n${fill(flat, inner)}\n${indent}]`;
  return `[\n${items.map((item) => inner + print(item, inner, inner.length)).join(",\n")}\n${indent}]`;
}

/** Prettier never puts several lists of more than one item, nor several objects, on one line. */
function alwaysBroken(items: readonly unknown[]): boolean {
  return items.length > 1 && items.every((item) => Array.isArray(item) && item.length > 1);
}

/** Numbers, as many to a line as fit. */
function fill(numbers: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const [index, number] of numbers.entries()) {
    const word = index < numbers.length - 1 ? `${number},` : number;
    if (line === "") line = indent + word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].join("\n");
}
