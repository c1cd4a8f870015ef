import { DFA, JS, NFA } from "refa";
import { describe, expect, test } from "vitest";
import { automaton, countTexts, foreignText, sharedText } from "../../generator/language/types/automaton.js";
import { intrusionIn } from "../../generator/language/types/intruders.js";
import { parsePattern } from "../../generator/language/types/pattern.js";
import { readings } from "../../generator/language/types/pattern-cost.js";
import { charactersIn, patternProblem } from "../../generator/language/types/pattern-problems.js";
import { textBeyond } from "../../generator/language/types/text-forms.js";
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

describe("what a pattern lets through, by all the texts that it can be", () => {
  test.each([
    ["^[a-z0-9][a-z0-9_-]*$", undefined],
    ["^[A-Za-z0-9_.:+#-]+$", undefined],
    ["^[A-Za-z0-9._+~-]+$", undefined],
    ["^[a-z]+/[a-z]+$", undefined],
    ["^[A-Za-z]+/[A-Za-z_]+$", undefined],
    ["^@[a-z0-9-]+/[a-z0-9-]+$", undefined],
    ["^https://[a-z0-9-]+\\.example/[a-z]+$", undefined],
    ["^node/v[0-9]+ [a-z]+/[0-9.]+$", undefined],
    ["^(Mac OS|Windows NT) [0-9.]+$", undefined],
    ["^[a-z]+@[0-9.]+$", undefined],
    ["^[a-z]+@(latest|next)$", undefined],
    ["^[a-z]+@[0-9a-f]{7}$", undefined],
    ["^/api/v[0-9]+$", undefined],
    ["^(GET|POST) /api/v[0-9]+/(users|orders)$", undefined],
    ["^[\u4e00-\u9fff]{1,5}$", undefined],
    ["^[a-z./]+$", "a Unix path"],
    ["^E[A-Z]+: .{1,180}$", "a Unix path"],
    ["^in ~/[a-z]+$", "a Unix path"],
    ["^[a-z]+(/[a-z]+){2}$", "a Unix path"],
    ["^/api/[a-z]+$", "a Unix path"],
    ["^/(usr|etc)/v[0-9]+$", "a Unix path"],
    ["^file:///[a-z]+$", "a Unix path"],
    ["^\\.\\./[a-z]+$", "a Unix path"],
    ["^\\./[a-z]+/[a-z]+$", "a Unix path"],
    ["^~[a-z]+/[a-z]+$", "a Unix path"],
    ["^\\$HOME/[a-z]+$", "a Unix path"],
    ["^%USERPROFILE%\\\\[a-z]+$", "a Windows path"],
    ["^[A-Z]:\\\\[a-z]*$", "a Windows path"],
    ["^at [A-Z]:\\\\[a-z]+$", "a Windows path"],
    ["^[a-z]+\\\\[a-z]+$", "a Windows path"],
    ["^[a-z.@]+$", "an e-mail address"],
    ["^mailto:[a-z]+@[a-z]+\\.[a-z]{2,3}$", "an e-mail address"],
    ["^[a-z]+@[a-z]+$", "an e-mail address"],
    ["^[a-z]+@[a-z]{2}[0-9]$", "an e-mail address"],
    ["^[a-z]+://[a-z]+:[a-z]+@[a-z]+$", "a URL with credentials"],
    ["^[A-Za-z ]+$", "a plain sentence"],
    ["^[A-Z ]+$", "a plain sentence"],
    ["^error: [a-z]+ [a-z]+$", "a plain sentence"],
    ["^[\u0430-\u044f ]+$", "a plain sentence"],
    ["^[\u4e00-\u9fff]+$", "a plain sentence"],
    ["^[a-z\u2005]+$", "a plain sentence"],
    ["^.*$", "a Unix path"],
  ])("%s: %s", (pattern, what) => {
    const found = intrusionIn(pattern, 64);
    expect(found === "undecided" ? found : found?.what).toBe(what);
    if (typeof found === "object") expect(found.text).toMatch(new RegExp(pattern));
  });

  test("is shown with what a reader knows at a glance, and a short limit is no excuse", () => {
    expect(intrusionIn("^E[A-Z]+: .{1,180}$", 187)).toEqual({ what: "a Unix path", text: "EA: /home/ann/notes.txt" });
    expect(intrusionIn("^E[A-Z]+: .{1,180}$", 16)).toEqual({ what: "a Unix path", text: "EA: /home/ann/x" });
    expect(intrusionIn("^.*$", 4)).toEqual({ what: "a Unix path", text: "~/a" });
  });

  test("is decided, or said to be undecided, within bounds", () => {
    const wide = "(?:[a-z/ ]{0,500}\\.){40}";
    expect(intrusionIn(`^${wide}$`, 1024)).toBe("undecided");
    expect(countTexts(automaton("^[^a]{0,1024}$", 1024), 1024, 2 ** 33)).toBe(Number.POSITIVE_INFINITY);
    expect(textBeyond({ pattern: `^${wide}$`, maxLength: 1024 }, { pattern: "^a{9}$", maxLength: 9 })).toBe(
      "undecided",
    );
    // Each counts its own work and gives up in the end: that there is an answer at all is the bound.
  });

  test.each([
    ["^[a-z]+$", 4, 475_254],
    ["^[0-9]{1,3}$", 3, 1110],
    ["^(a|ab)(c|bc)$", 9, 3],
    ["^(?:x|x)?$", 9, 2],
    ["^[a-f]{2}$", 1, 0],
    ["^\\d\\.\\d$", 9, 100],
  ])("%s, at most %i long: %i texts", (pattern, longest, count) => {
    expect(countTexts(automaton(pattern, longest), longest, 2 ** 33)).toBe(count);
  });

  test.each([
    ["^[a-z-]+$", "^[-a-z]+$", undefined],
    ["^[a-z]{1,3}$", "^[a-z][a-z]?[a-z]?$", undefined],
    ["^(?:a|b)+$", "^[ab]+$", undefined],
    ["^[a-z]+$", "^[a-z0-9]+$", "0"],
    ["^[a-z0-9]+$", "^[a-z]+$", undefined],
    ["^[a-z]+$", "^[a-zA-Z]{3}$", "aaA"],
  ])("beyond %s, %s has %s", (outer, inner, text) => {
    const found = textBeyond({ pattern: outer, maxLength: 8 }, { pattern: inner, maxLength: 8 });
    expect(typeof found === "object" ? found.text.length : found).toBe(text?.length);
    if (typeof found === "object")
      expect([new RegExp(outer), new RegExp(inner)].map((one) => one.test(found.text))).toEqual([false, true]);
  });

  test("a longer text is something new", () => {
    const [short, long] = [8, 9].map((maxLength) => ({ pattern: "^[a-z]+$", maxLength }));
    expect(textBeyond(short ?? {}, long ?? {})).toEqual({ text: "aaaaaaaaa" });
    expect(textBeyond(long ?? {}, short ?? {})).toBeUndefined();
  });

  test("is what another reader of regular expressions says", () => {
    const atom = fc.constantFrom("a", "b", "[ab]", "[^a]", "[a-c]", "\\d", "\\W", "-", ".");
    const quantifier = fc.constantFrom("", "", "?", "*", "+", "{0,3}", "{2}", "{1,}");
    const pattern = fc.letrec<{ parts: string; part: string; group: string }>((tie) => ({
      parts: fc.array(tie("part"), { minLength: 1, maxLength: 4 }).map((all) => all.join("")),
      part: fc.oneof(
        { depthSize: "small" },
        fc.tuple(atom, quantifier).map((all) => all.join("")),
        tie("group"),
      ),
      group: fc
        .tuple(fc.array(tie("parts"), { minLength: 1, maxLength: 3 }), quantifier)
        .map(([all, times]) => `(?:${all.join("|")})${times}`),
    })).parts;
    let [shared, foreign] = [0, 0];
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        // The others are refused before; they are what takes a reader long.
        if ([one, other].some((source) => patternProblem(`^${source}$`) !== undefined)) return;
        const [a, b] = [automaton(`^${one}$`, 99), automaton(`^${other}$`, 99)];
        const both = sharedText(a, b, 99);
        const beyond = foreignText(a, b, 99);
        const [x, y] = [refaOf(one), refaOf(other)];
        expect(both === undefined).toBe(NFA.fromIntersection(x, y).isEmpty);
        const left = NFA.fromIntersection(complementOf(x), y);
        expect(beyond === undefined).toBe(left.isEmpty);
        const [r, s] = [new RegExp(`^(?:${one})$`), new RegExp(`^(?:${other})$`)];
        if (both !== undefined) expect([r.test(both), s.test(both)]).toEqual([true, true]);
        if (beyond !== undefined) expect([r.test(beyond), s.test(beyond)]).toEqual([false, true]);
        shared += Number(both !== undefined);
        foreign += Number(beyond !== undefined);
      }),
      { numRuns: 1000, endOnFailure: true, interruptAfterTimeLimit: 20_000 },
    );
    expect(Math.min(shared, foreign)).toBeGreaterThan(2);
  });
});

function refaOf(source: string): NFA {
  const { expression, maxCharacter } = JS.Parser.fromLiteral({ source, flags: "" }).parse();
  return NFA.fromRegex(expression, { maxCharacter });
}

function complementOf(machine: NFA): DFA {
  const all = DFA.fromFA(machine);
  all.complement();
  return all;
}
