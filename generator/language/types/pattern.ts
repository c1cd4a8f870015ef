/** The parts of a regular expression that decide whether it is anchored and how long it may take. */
export interface Part {
  /** The character, class or escape as written; nothing for a group. */
  readonly atom: string;
  /** A group's alternatives. */
  readonly group?: readonly (readonly Part[])[];
  readonly min: number;
  readonly max: number;
}

export type Parsed =
  | { readonly alternatives: readonly (readonly Part[])[] }
  | { readonly unsupported: "look-around" | "back-reference" };

/** Reads a regular expression that JavaScript has already accepted. */
export function parsePattern(source: string): Parsed {
  const found = /\(\?(?:[=!]|<[=!])/.exec(withoutClasses(source));
  if (found !== null) return { unsupported: "look-around" };
  if (/\\(?:[1-9]|k<)/.test(withoutClasses(source))) return { unsupported: "back-reference" };
  return { alternatives: readAlternatives({ source, at: 0 }) };
}

/** The same text with escapes kept, and every class and escaped bracket blanked out: brackets in them open nothing. */
function withoutClasses(source: string): string {
  return source.replaceAll(/\[(?:\\.|[^\]\\])*\]|\\[^1-9k]/g, (match) => ".".repeat(match.length));
}

interface Reader {
  readonly source: string;
  at: number;
}

const ATOM = /\[(?:\\.|[^\]\\])*\]|\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\.|[^()|]/suy;
const QUANTIFIER = /(?:([*+?])|\{([0-9]+)(,([0-9]*))?\})\??/y;

function readAlternatives(reader: Reader): readonly (readonly Part[])[] {
  const alternatives: Part[][] = [[]];
  while (reader.at < reader.source.length) {
    const next = reader.source[reader.at];
    if (next === ")") break;
    if (next === "|") {
      reader.at++;
      alternatives.push([]);
      continue;
    }
    const part = next === "(" ? readGroup(reader) : { atom: take(reader, ATOM)?.[0] ?? "" };
    if (next !== "(" && part.atom === "") break;
    alternatives.at(-1)?.push({ ...part, ...readQuantifier(reader) });
  }
  return alternatives;
}

function readGroup(reader: Reader): { atom: string; group: readonly (readonly Part[])[] } {
  take(reader, /\((?:\?:|\?<[^>]*>)?/y);
  const group = readAlternatives(reader);
  reader.at++;
  return { atom: "", group };
}

function readQuantifier(reader: Reader): { min: number; max: number } {
  const found = take(reader, QUANTIFIER);
  if (found === undefined) return { min: 1, max: 1 };
  const [, sign, from, comma, to] = found;
  if (sign !== undefined) return { min: sign === "+" ? 1 : 0, max: sign === "?" ? 1 : Number.POSITIVE_INFINITY };
  const min = Number(from);
  return { min, max: comma === undefined ? min : to === "" ? Number.POSITIVE_INFINITY : Number(to) };
}

function take(reader: Reader, expression: RegExp): RegExpExecArray | undefined {
  expression.lastIndex = reader.at;
  const found = expression.exec(reader.source);
  if (found !== null) reader.at = expression.lastIndex;
  return found ?? undefined;
}
