const SPACE = "\\t-\\r \\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

/** The highest number of repetitions that RE2 accepts. */
const mostRepeats = 1000;

/**
 * An ECMAScript pattern without flags as one of RE2's, meant for a text with a character for each UTF-16 unit, where halves of a pair stand
 * 0x100000 further up (`inUnits` in the Go runtime). Undefined where RE2 has nothing that means the same.
 */
export function goPattern(pattern: string): string | undefined {
  let out = "";
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at);
    const found = rest.startsWith("[") ? classAt(rest) : tokenAt(rest);
    if (found === undefined) return undefined;
    out += found.text;
    at += found.length;
  }
  return out;
}

interface Token {
  readonly text: string;
  readonly length: number;
}

/** Returns what stands outside of a class. */
function tokenAt(rest: string): Token | undefined {
  const one = rest.charAt(0);
  if (one === "\\") {
    if (/^\\[dDwWbB]/.test(rest)) return { text: rest.slice(0, 2), length: 2 };
    if (rest.startsWith("\\s")) return { text: `[${SPACE}]`, length: 2 };
    if (rest.startsWith("\\S")) return { text: `[^${SPACE}]`, length: 2 };
    const found = unitAt(rest);
    return found && { text: unit(found.code), length: found.length };
  }
  if (one === ".") return { text: "[^\\n\\r\\x{2028}\\x{2029}]", length: 1 };
  if (one === "$") return { text: "\\z", length: 1 };
  if (one === "(") return groupAt(rest);
  if (one === "{") {
    const repeat = /^\{(\d+)(?:,(\d*))?\}/.exec(rest);
    if (repeat === null) return { text: "\\{", length: 1 };
    const isTooOften = [repeat[1], repeat[2]].some((count) => Number(count ?? 0) > mostRepeats);
    return isTooOften ? undefined : { text: repeat[0], length: repeat[0].length };
  }
  if (/[*+?|)^]/.test(one)) return { text: one, length: 1 };
  return { text: unit(one.charCodeAt(0)), length: 1 };
}

/** A group: named ones are counted like others. RE2 looks neither ahead nor behind. */
function groupAt(rest: string): Token | undefined {
  const named = /^\(\?<[A-Za-z_$][\w$]*>/.exec(rest);
  if (named !== null) return { text: "(", length: named[0].length };
  if (rest.startsWith("(?:")) return { text: "(?:", length: 3 };
  return rest.startsWith("(?") ? undefined : { text: "(", length: 1 };
}

/** A class, its ranges cut where halves of pairs begin and end. */
function classAt(rest: string): Token | undefined {
  const start = rest.startsWith("[^") ? "[^" : "[";
  let at = start.length;
  let inner = "";
  while (at < rest.length && rest[at] !== "]") {
    const here = rest.slice(at);
    const set = /^\\[dDwWs]/.exec(here)?.[0];
    if (set !== undefined) {
      inner += set === "\\s" ? SPACE : set;
      at += 2;
      continue;
    }
    const first = here.startsWith("\\b") ? { code: 8, length: 2 } : unitAt(here);
    if (first === undefined) return undefined;
    at += first.length;
    const last = /^-[^\]]/.test(rest.slice(at)) ? unitAt(rest.slice(at + 1)) : undefined;
    if (last !== undefined) at += 1 + last.length;
    inner += range(first.code, last?.code ?? first.code);
  }
  // One that holds nothing, or everything, is none of RE2's.
  return inner === "" || rest[at] !== "]" ? undefined : { text: `${start}${inner}]`, length: at + 1 };
}

/** One UTF-16 unit, plain or escaped. */
function unitAt(rest: string): { readonly code: number; readonly length: number } | undefined {
  if (!rest.startsWith("\\")) return { code: rest.charCodeAt(0), length: 1 };
  const hex = /^\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(rest);
  if (hex !== null) return { code: Number.parseInt(hex[1] ?? hex[2] ?? "", 16), length: hex[0].length };
  const next = rest.charAt(1);
  const control = "tnvfr".indexOf(next);
  if (next !== "" && control >= 0) return { code: 9 + control, length: 2 };
  return /^[A-Za-z0-9]?$/.test(next) ? undefined : { code: next.charCodeAt(0), length: 2 };
}

const pairs = [0xd800, 0xdfff] as const;

function range(first: number, last: number): string {
  const parts = [
    [first, Math.min(last, pairs[0] - 1)],
    [Math.max(first, pairs[0]), Math.min(last, pairs[1])],
    [Math.max(first, pairs[1] + 1), last],
  ] as const;
  return parts
    .filter(([from, to]) => from <= to)
    .map(([from, to]) => (from === to ? unit(from, true) : `${unit(from, true)}-${unit(to, true)}`))
    .join("");
}

/** A unit as RE2 reads it, inside of a class and outside. */
function unit(code: number, inClass = false): string {
  if (code >= pairs[0] && code <= pairs[1]) return `\\x{${(code + 0x100000).toString(16)}}`;
  const text = String.fromCharCode(code);
  if (/[A-Za-z0-9 _,:;<>=!@#%&/"'~]/.test(text)) return text;
  if (inClass ? /[.+*?(){}|$]/.test(text) : text === "-") return text;
  return code > 0x20 && code < 0x7f ? `\\${text}` : `\\x{${code.toString(16)}}`;
}
