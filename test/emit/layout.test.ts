import { format } from "prettier";
import { describe, expect, it } from "vitest";
import {
  bracketed,
  broken,
  choice,
  type Doc,
  group,
  indent,
  join,
  layOut,
  line,
  softline,
} from "../../generator/emit/layout.js";
import { type Literal, literal, PureCall } from "../../generator/emit/literal.js";
import { printJson } from "../../generator/emit/print-json.js";
import { fc } from "../support/property.js";

describe("a document", () => {
  const call = (...args: readonly Doc[]) => bracketed("f(", args, ")");

  it("stands on one line where it fits, with what must stand behind it", () => {
    expect(layOut(call("a", "b"), { width: 7 })).toBe("f(a, b)");
    expect(layOut([call("a", "b"), ";"], { width: 7 })).toBe("f(\n  a,\n  b,\n);");
    expect(layOut(call("a", "b"), { width: 7, after: 1 })).toBe("f(\n  a,\n  b,\n)");
    expect(layOut(call("a", "b"), { width: 7, column: 1 })).toBe("f(\n  a,\n  b,\n)");
  });

  it("breaks from outside in, no further than it must", () => {
    expect(layOut(call("aaaa", call("b", "c")), { width: 12 })).toBe("f(\n  aaaa,\n  f(b, c),\n)");
  });

  it("indents by the step of its language", () => {
    const python = group("f(", indent(softline, join([",", line], ["a", "b"])), softline, ")");
    expect(layOut(python, { width: 5, step: "    ", indent: "    " })).toBe("f(\n        a,\n        b\n    )");
    expect(layOut(python, { width: 5, step: "\t" })).toBe("f(\n\ta,\n\tb\n)");
  });

  it("a choice stands on three lines; what its texts hold is nobody's business", () => {
    const text = JSON.stringify("init : fresh ? checkout");
    expect(layOut(choice("test", text, "b"), { width: 20 })).toBe(`test\n  ? ${text}\n  : b`);
  });

  it("what is broken breaks all that it is in", () => {
    expect(layOut(call(broken(call("a"))))).toBe("f(\n  f(\n    a,\n  ),\n)");
  });
});

/** Both printers give prettier's form, of whatever comes up: prettier itself is the oracle. */
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.string({ unit: fc.constantFrom("a", "b", "c d", "é", ":", "?"), maxLength: 40 }),
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{2,12}$/), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

it("JSON is in prettier's form", async () => {
  await fc.assert(
    fc.asyncProperty(value, async (one) => {
      const printed = printJson(one);
      expect(printed).toBe(await format(printed, { parser: "json", printWidth: 120 }));
      expect(JSON.parse(printed)).toEqual(one);
    }),
    { numRuns: 100 },
  );
});

it("a literal is in prettier's form", async () => {
  await fc.assert(
    fc.asyncProperty(value, async (one) => {
      const start = "export const thing = ";
      const printed = `${start}${literal(one as Literal, "", start.length)};\n`;
      expect(printed).toBe(await format(printed, { parser: "babel", printWidth: 120, objectWrap: "collapse" }));
    }),
    { numRuns: 100 },
  );
});

it("a call is in prettier's form, whatever its arguments are", async () => {
  const long = Array.from({ length: 9 }, (_, at) => `value-number-${at}`);
  for (const args of [
    [long],
    [{ long, short: 1 }],
    [new PureCall("inner", [long])],
    [new PureCall("inner", ["consent", new PureCall("oneOf", [long.slice(0, 5)]), "and some more of it"])],
    ["text", new PureCall("inner", [long])],
    [/^[a-z]{1,9}$/],
    [],
  ] as Literal[][]) {
    const start = "export const thing = ";
    const printed = `${start}${literal(new PureCall("outer", args), "", start.length)};\n`;
    expect(printed).toBe(await format(printed, { parser: "babel", printWidth: 120, objectWrap: "collapse" }));
  }
});
