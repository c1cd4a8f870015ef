import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canaryFor } from "../../generator/types/canaries.js";
import { patternProblem } from "../../generator/types/pattern-problems.js";

describe("patterns", () => {
  test.each([
    ["^[a-z]+$", undefined],
    ["^(?:a|b)+$", undefined],
    ["^[0-9]+\\.[0-9]+\\.[0-9]+$", undefined],
    ["^python[0-9]+\\.[0-9]+t?$", undefined],
    ["^(\\(unset\\)|[A-Z][A-Z0-9_]*)$", undefined],
    ["^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", undefined],
    ["^[)(|]+$", undefined],
    ["^a{3}$", undefined],
    ["^(?:[0-9]{2}:){3}$", undefined],
    ["", "pattern-not-anchored"],
    ["^", "pattern-not-anchored"],
    ["abc", "pattern-not-anchored"],
    ["^a$|b", "pattern-not-anchored"],
    ["^a\\$", "pattern-not-anchored"],
    ["(^a$)", "pattern-not-anchored"],
    ["[^]$", "pattern-not-anchored"],
    ["^(a", "pattern-invalid"],
    ["^(?=a)a$", "pattern-look-around"],
    ["^(?<!a)b$", "pattern-look-around"],
    ["^(a)\\1$", "pattern-back-reference"],
    ["^(?<n>a)\\k<n>$", "pattern-back-reference"],
    ["^(a*)*$", "pattern-nested-repetition"],
    ["^(a?){9}$", "pattern-nested-repetition"],
    ["^((a|b)+c)*$", "pattern-nested-repetition"],
    ["^(a|a)*$", "pattern-nested-repetition"],
    ["^([a-c]|[c-e])+$", "pattern-nested-repetition"],
    ["^(|a)+$", "pattern-nested-repetition"],
    ["^a*a*a*$", "pattern-slow"],
    ["^.*x?.*y?.*$", "pattern-slow"],
  ])("%s: %s", (pattern, code) => {
    expect(patternProblem(pattern)?.code).toBe(code);
  });

  test("never throw", () => {
    const parts = fc.array(
      fc.constantFrom(
        "(",
        ")",
        "[",
        "]",
        "a",
        "b",
        "|",
        "*",
        "+",
        "?",
        "{2}",
        "{1,}",
        "^",
        "$",
        "\\",
        "\\d",
        "(?:",
        "(?=",
        ".",
        "-",
        "\\u0041",
      ),
      { maxLength: 16 },
    );
    fc.assert(
      fc.property(
        parts.map((all) => `^${all.join("")}$`),
        (pattern) => void patternProblem(pattern),
      ),
      { numRuns: 3000 },
    );
  });
});

describe("canaries", () => {
  test.each([
    ["^[a-z0-9][a-z0-9_-]*$", undefined],
    ["^[A-Za-z0-9_.:+#-]+$", undefined],
    ["^[A-Za-z0-9._+~-]+$", undefined],
    ["^[a-z]+/[a-z]+$", undefined],
    ["^[a-z./]+$", "a Unix path"],
    ["^[A-Z]:\\\\.*$", "a Windows path"],
    ["^[a-z.@]+$", "an e-mail address"],
    ["^[a-z]+:.*$", "a URL with credentials"],
    ["^[A-Za-z ]+$", "a plain sentence"],
    ["^.*$", "a Unix path"],
  ])("%s lets through %s", (pattern, what) => {
    expect(canaryFor(pattern, 64)?.what).toBe(what);
  });

  test("a short limit is no excuse", () => {
    expect(canaryFor("^.*$", 10)?.what).toBeDefined();
  });
});
