import type { Problem } from "./define.js";
import { type Part, parsePattern } from "./pattern.js";
import { isSlow, overlap } from "./pattern-cost.js";

type Found = Pick<Problem, "code" | "message" | "hint"> & { readonly hint: string };

/** Returns what is wrong with a pattern of a `string`, if anything: at most one finding, the most basic first. */
export function patternProblem(source: string): Found | undefined {
  if (!isExpression(source)) {
    return {
      code: "pattern-invalid",
      message: "This is not a regular expression.",
      hint: "Check its brackets and escapes; write it in '…' quotes.",
    };
  }
  if (!isExpression(source, "u") || DIALECT.test(source)) {
    return {
      code: "pattern-invalid",
      message: "Other languages read this expression differently, or not at all.",
      hint: "Escape only what has a meaning ( \\. \\( \\[ \\\\ ), and name classes by their characters: no \\p{…}, \\u{…}, [[:…:]], and no - next to \\w.",
    };
  }
  const parsed = parsePattern(source);
  if ("unsupported" in parsed) {
    const what = { "look-around": "look-around", "back-reference": "a back-reference" }[parsed.unsupported];
    return {
      code: `pattern-${parsed.unsupported}`,
      message: `The pattern has ${what}.`,
      hint: "Use plain character classes, such as [a-z0-9]: other languages don't support more.",
    };
  }
  if (!parsed.alternatives.every(isAnchored) || parsed.alternatives.length > 1) {
    return {
      code: "pattern-not-anchored",
      message: "The pattern is not anchored from ^ to $.",
      hint: "Begin with ^ and end with $; put alternatives in brackets: ^(a|b)$.",
    };
  }
  const charactersOf = charactersIn(source);
  const nested = parsed.alternatives.some((parts) => hasNested(parts, false, charactersOf));
  if (nested) return NESTED;
  return parsed.alternatives.some((parts) => isSlow(parts, charactersOf)) ? SLOW : undefined;
}

/**
 * Constructs that mean something else with and without the `u` flag, which most validators of JSON Schema set, or in another
 * language.
 */
const DIALECT = /\\[pPu]\{|\[\[?:\w+:\]/;

function isExpression(source: string, flags?: string): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}

function isAnchored(parts: readonly Part[]): boolean {
  const anchors = parts.flatMap((part, index) => (part.atom === "^" || part.atom === "$" ? [index] : []));
  return parts.length >= 2 && parts[0]?.atom === "^" && parts.at(-1)?.atom === "$" && anchors.length === 2;
}

/** Returns whether something that repeats, or can be read in two ways, is itself repeated. `repeated`: what is looked at is. */
function hasNested(
  parts: readonly Part[],
  repeated: boolean,
  charactersOf: (atom: string) => ReadonlySet<number>,
): boolean {
  return parts.some((part) => {
    if (repeated && part.min !== part.max) return true;
    if (part.group === undefined) return false;
    const within = repeated || part.max > 1;
    return (
      (within && overlap(part.group, charactersOf)) ||
      part.group.some((inner) => hasNested(inner, within, charactersOf))
    );
  });
}

const NESTED: Found = {
  code: "pattern-nested-repetition",
  message: "The pattern repeats something that itself repeats, or that can be read in two ways.",
  hint: "One text can then be read in very many ways, and refusing it takes hours. Use one class with one repetition, such as [a-z]+.",
};

const SLOW: Found = {
  code: "pattern-slow",
  message: "Neighbouring parts can match the same characters, so a text can be read in too many ways.",
  hint: "Put a fixed character between them that neither of them matches, or merge them.",
};

/**
 * Returns a sample of the characters that an atom lets through: all that the pattern names, and their neighbours, so that no two
 * classes of it overlap unseen.
 */
export function charactersIn(source: string): (atom: string) => ReadonlySet<number> {
  const named = [...source.matchAll(/\\u([0-9a-fA-F]{4})|[\s\S]/g)].map(([text, code]) =>
    code === undefined ? text.charCodeAt(0) : Number.parseInt(code, 16),
  );
  const sample = new Set([...USUAL, ...named.flatMap((code) => [code - 1, code, code + 1])]);
  const texts = [...sample].map((code) => [code, String.fromCharCode(code)] as const);
  const known = new Map<string, ReadonlySet<number>>();
  return (atom) => {
    const before = known.get(atom);
    if (before !== undefined) return before;
    const expression = new RegExp(`^${atom}$`);
    const characters = new Set(texts.flatMap(([code, text]) => (expression.test(text) ? [code] : [])));
    known.set(atom, characters);
    return characters;
  };
}

/** ASCII and Latin, white space beyond them, a Chinese character and half of a surrogate pair. */
const USUAL = [...Array(256).keys(), 0x1680, 0x2000, 0x2028, 0x3000, 0x4e2d, 0xd83d, 0xfeff];
