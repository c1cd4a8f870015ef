import type { Problem } from "./define.js";
import { type Part, parsePattern } from "./pattern.js";

type Found = Pick<Problem, "code" | "message" | "hint"> & { readonly hint: string };

/** What is wrong with a pattern of a `string`, if anything: at most one finding, the most basic first. */
export function patternProblem(source: string): Found | undefined {
  try {
    new RegExp(source);
  } catch {
    return {
      code: "pattern-invalid",
      message: "This is not a regular expression.",
      hint: "Check its brackets and escapes; write it in '…' quotes.",
    };
  }
  const parsed = parsePattern(source);
  if ("unsupported" in parsed) {
    const [code, what] =
      parsed.unsupported === "look-around"
        ? ["pattern-look-around", "look-around"]
        : ["pattern-back-reference", "a back-reference"];
    return {
      code: code as string,
      message: `The pattern has ${what}.`,
      hint: "Say what is allowed in plain classes: other languages' expressions know no more.",
    };
  }
  if (!parsed.alternatives.every(isAnchored) || parsed.alternatives.length > 1) {
    return {
      code: "pattern-not-anchored",
      message: "The pattern is not anchored from ^ to $.",
      hint: "Begin with ^ and end with $; put alternatives in brackets: ^(a|b)$.",
    };
  }
  return repetitionProblem(parsed.alternatives, false);
}

function isAnchored(parts: readonly Part[]): boolean {
  const anchors = parts.flatMap((part, index) => (part.atom === "^" || part.atom === "$" ? [index] : []));
  return parts.length >= 2 && parts[0]?.atom === "^" && parts.at(-1)?.atom === "$" && anchors.length === 2;
}

/** What could take more than linear time on a text made for it. `repeated`: what is looked at is itself inside a repetition. */
function repetitionProblem(alternatives: readonly (readonly Part[])[], repeated: boolean): Found | undefined {
  for (const parts of alternatives) {
    for (const part of parts) {
      if (repeated && part.min !== part.max) return NESTED;
      if (part.group === undefined) continue;
      const repeats = part.max > 1;
      const problem = repetitionProblem(part.group, repeated || repeats);
      if (problem !== undefined) return problem;
      if ((repeated || repeats) && part.group.length > 1 && overlap(part.group)) return NESTED;
    }
    if (hasSlowRun(parts)) return SLOW;
  }
  return undefined;
}

const NESTED: Found = {
  code: "pattern-nested-repetition",
  message: "The pattern repeats something that repeats or that can be read in two ways.",
  hint: "One text can then be read in very many ways, and refusing it takes hours. Use one class with one repetition.",
};

const SLOW: Found = {
  code: "pattern-slow",
  message: "Three repetitions that let through the same characters follow each other.",
  hint: "Put a fixed character between them that none of them lets through, or join them.",
};

/** Whether two alternatives can begin with the same character. What doesn't begin with one fixed class is taken to. */
function overlap(alternatives: readonly (readonly Part[])[]): boolean {
  const seen = new Set<number>();
  for (const [first] of alternatives) {
    if (first === undefined || first.group !== undefined || first.min === 0) return true;
    for (const character of charactersOf(first.atom)) {
      if (seen.has(character)) return true;
      seen.add(character);
    }
  }
  return false;
}

/** Two repetitions of the same characters are quadratic, which `max_length` bounds well enough; three are not. */
function hasSlowRun(parts: readonly Part[]): boolean {
  if (parts.filter(isLong).length < 3) return false;
  let run: ReadonlySet<number>[] = [];
  for (const part of parts) {
    if (part.group !== undefined) continue;
    const characters = charactersOf(part.atom);
    const touching = run.filter((earlier) => [...characters].some((character) => earlier.has(character)));
    if (isLong(part)) {
      run = [...touching, characters];
      if (run.length >= 3) return true;
    } else if (part.min > 0 && part.atom !== "^") run = touching;
  }
  return false;
}

function isLong({ min, max, group }: Part): boolean {
  return group === undefined && max - min > 16;
}

const SAMPLE = [...Array(256).keys(), 0x0416, 0x2028, 0x4e2d, 0xd83d];
const known = new Map<string, ReadonlySet<number>>();

/** Which characters of a sample an atom lets through. */
function charactersOf(atom: string): ReadonlySet<number> {
  const before = known.get(atom);
  if (before !== undefined) return before;
  const expression = new RegExp(`^${atom}$`);
  const characters = new Set(SAMPLE.filter((character) => expression.test(String.fromCharCode(character))));
  known.set(atom, characters);
  return characters;
}
