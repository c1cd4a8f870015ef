import { describe, expect, test } from "vitest";
import { canaryFor } from "../../generator/language/types/canaries.js";
import { parsePattern } from "../../generator/language/types/pattern.js";
import { readings } from "../../generator/language/types/pattern-cost.js";
import { charactersIn, patternProblem } from "../../generator/language/types/pattern-problems.js";
import { fc } from "../support/property.js";
import { countReadings } from "./count-readings.js";

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
    ["^v?[0-9]+(?:\\.[0-9]+)?(?:-[a-z]+)?(?:-[a-z]+)?(?:\\+[a-z]+)?$", undefined],
    ["^(?:linux|linuxmusl|darwin|darwin-arm)-(?:x64|x86|arm64)$", undefined],
    ["^(?:ab|ac)+$", undefined],
    ["^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaa$", "pattern-slow"],
    ["^[a-z]*-*[a-z]*-*[a-z]*$", "pattern-slow"],
    ["^([a-z]*)([a-z]*)([a-z]*)$", "pattern-slow"],
    ["^[a-z]{0,16}[a-z]{0,16}[a-z]{0,16}[a-z]{0,16}[a-z]{0,16}[a-z]{0,16}$", "pattern-slow"],
    ["^[a-z]*[a-z]*-[a-z]*[a-z]*$", "pattern-slow"],
    ["^(?:ab)*(?:ab)*(?:ab)*$", "pattern-slow"],
    ["^[\u0430-\u044f]*[\u0431-\u044e]*[\u0432-\u044d]*$", "pattern-slow"],
    [`^${"(a|a)".repeat(30)}$`, "pattern-slow"],
    ["^\\p{L}+$", "pattern-invalid"],
    ["^[[:alpha:]]+$", "pattern-invalid"],
    ["^\\Aabc$", "pattern-invalid"],
    ["^a{,5}$", "pattern-invalid"],
    ["^[\\w-.]+$", "pattern-invalid"],
  ])("%s: %s", (pattern, code) => {
    expect(patternProblem(pattern)?.code).toBe(code);
  });

  test("are never read in more ways than is counted", () => {
    const atom = fc.constantFrom("a", "b", "[ab]", "[a-c]", "-");
    const quantifier = fc.constantFrom("", "", "?", "*", "+", "{0,3}", "{2}");
    const pattern = fc.letrec<{ parts: string; part: string; group: string }>((tie) => ({
      parts: fc.array(tie("part"), { minLength: 1, maxLength: 6 }).map((all) => all.join("")),
      part: fc.oneof(
        { depthSize: "small" },
        fc.tuple(atom, quantifier).map((all) => all.join("")),
        tie("group"),
      ),
      group: fc
        .tuple(fc.array(tie("parts"), { minLength: 1, maxLength: 3 }), quantifier)
        .map(([all, times]) => `(?:${all.join("|")})${times}`),
    })).parts;
    const text = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 8 });
    let several = 0;
    fc.assert(
      fc.property(pattern, text, (source, read) => {
        const parsed = parsePattern(`^${source}$`);
        if (patternProblem(`^${source}$`) !== undefined || !("alternatives" in parsed)) return;
        const [parts = []] = parsed.alternatives;
        const counted = countReadings(parts, read);
        if (counted > 5) several++;
        expect(counted).toBeLessThanOrEqual(readings(parts, charactersIn(source), read.length));
      }),
      // Random patterns are seldom read in many ways: this one always is, so the count is never put to no use.
      { numRuns: 500, examples: [["a*a*", "aaaaaa"]] },
    );
    expect(several).toBeGreaterThan(0);
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
