import { type Characters, charactersOf } from "./characters.js";
import { type Part, parsePattern } from "./pattern.js";

const ANYTHING = "[\\u0000-\\uffff]*";

/**
 * A pattern in the plainest words, for languages whose own expressions mean something else by the same signs, or whose package of expressions
 * would be most of a client. It says what a whole text must be, in UTF-16 units: characters, `[a-z]`, `( | )` and a number behind; nothing
 * else has a meaning. Undefined where there is more in it: a look ahead, a reference, an end in the middle.
 */
export function plainPattern(source: string): string | undefined {
  const parsed = parsePattern(source);
  if ("unsupported" in parsed) return undefined;
  return joined(
    parsed.alternatives.map((parts) => {
      const begins = parts[0]?.atom === "^";
      const ends = parts.at(-1)?.atom === "$";
      const inner = sequence(parts.slice(begins ? 1 : 0, ends ? -1 : undefined));
      // Without an anchor anything may stand there.
      return inner === undefined ? undefined : `${begins ? "" : ANYTHING}${inner}${ends ? "" : ANYTHING}`;
    }),
    "|",
  );
}

function joined(texts: readonly (string | undefined)[], by: string): string | undefined {
  return texts.includes(undefined) ? undefined : texts.join(by);
}

function sequence(parts: readonly Part[]): string | undefined {
  return joined(parts.map(partOf), "");
}

function partOf({ atom, group, min, max }: Part): string | undefined {
  if (group !== undefined) {
    const inner = joined(group.map(sequence), "|");
    return inner === undefined ? undefined : `(${inner})${times(min, max)}`;
  }
  const takes = charactersOf(atom);
  return takes && `${classOf(takes)}${times(min, max)}`;
}

function times(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === max) return min === 1 ? "" : `{${min}}`;
  return min === 0 && max === 1 ? "?" : `{${min},${max}}`;
}

function classOf(takes: Characters): string {
  const [first] = takes;
  if (first !== undefined && takes.length === 1 && first[0] === first[1]) return unit(first[0]);
  return `[${takes.map(([from, to]) => (from === to ? unit(from) : `${unit(from)}-${unit(to)}`)).join("")}]`;
}

function unit(code: number): string {
  const text = String.fromCharCode(code);
  if (/[A-Za-z0-9 _,:;<>=!@#%&"'~`/]/.test(text)) return text;
  return code > 0x20 && code < 0x7f ? `\\${text}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
