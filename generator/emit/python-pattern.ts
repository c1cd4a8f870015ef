const SPACE = "\\t-\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

/**
 * An ECMAScript pattern without flags as one of Python's with `re.ASCII`, meant for a text of UTF-16 units: `$` is the very end, `.` stops at
 * each of four line ends, `\s` knows the same spaces. Undefined where Python has nothing that means the same.
 */
export function pythonPattern(pattern: string): string | undefined {
  let out = "";
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const one = pattern.charAt(at);
    if (one === "\\") {
      const escaped = escapeAt(pattern, at, inClass);
      if (escaped === undefined) return undefined;
      out += escaped.text;
      at += escaped.length - 1;
    } else if (inClass) {
      if (one === "]") inClass = false;
      // Pairs of these mean something in classes to come, and are warned about.
      out += one !== "]" && /[[&~|]/.test(one) ? `\\${one}` : one;
    } else if (one === "[") {
      if (pattern[at + 1] === "]" || pattern.startsWith("[^]", at)) return undefined;
      inClass = true;
      out += one;
      if (pattern[at + 1] === "^") {
        out += "^";
        at++;
      }
    } else if (one === "$") out += "\\Z";
    else if (one === ".") out += "[^\\n\\r\\u2028\\u2029]";
    else if (one === "(" && pattern[at + 1] === "?") {
      if (/^\(\?(?::|=|!)/.test(pattern.slice(at))) out += one;
      else if (/^\(\?<[A-Za-z_]/.test(pattern.slice(at))) {
        out += "(?P";
        at++;
      } else return undefined;
    } else if (one === "{" && !/^\{\d+(?:,\d*)?\}/.test(pattern.slice(at))) out += "\\{";
    else out += one;
  }
  return out;
}

function escapeAt(
  pattern: string,
  at: number,
  inClass: boolean,
): { readonly text: string; readonly length: number } | undefined {
  const next = pattern.charAt(at + 1);
  const rest = pattern.slice(at);
  const unit = /^\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})/.exec(rest)?.[0];
  if (unit !== undefined) return { text: unit, length: unit.length };
  if (/[dDwW]/.test(next)) return { text: `\\${next}`, length: 2 };
  if (/[bB]/.test(next))
    return inClass && next === "b"
      ? { text: "\\x08", length: 2 }
      : inClass
        ? undefined
        : { text: `\\${next}`, length: 2 };
  if (next === "s") return { text: inClass ? SPACE : `[${SPACE}]`, length: 2 };
  if (next === "S") return inClass ? undefined : { text: `[^${SPACE}]`, length: 2 };
  if (/[tnrfv]/.test(next)) return { text: `\\${next}`, length: 2 };
  if (/[1-9kcpPuxq0]/.test(next)) return undefined;
  if (/[A-Za-z]/.test(next)) return undefined;
  return { text: next === "/" || next === '"' || next === "'" ? next : `\\${next}`, length: 2 };
}
