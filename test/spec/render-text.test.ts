import { describe, expect, test } from "vitest";
import { lineStarts, positionOf } from "../../generator/diagnostics/position.js";
import { renderText } from "../../generator/diagnostics/render-text.js";

function render(text: string, start: number, end: number, message = "It is wrong."): string {
  return renderText(
    [{ code: "wrong-kind", severity: "error", message, hint: "Mend it.", span: { file: "a.yaml", start, end } }],
    new Map([["a.yaml", text]]),
  );
}

describe("a finding", () => {
  test("shows its line with the place marked", () => {
    expect(render("one: 1\ntwo: 2\n", 12, 13)).toBe(
      "a.yaml:2:6 error wrong-kind  It is wrong.\n  2 | two: 2\n    |      ^\n  hint: Mend it.\n",
    );
  });

  test("marks only the first of its lines", () => {
    expect(render("a:\n  b\n  c\n", 5, 9)).toContain("  2 |   b\n    |   ^\n");
  });

  test("shows a window of a long line", () => {
    const text = `${"x".repeat(500)}HERE${"y".repeat(500)}`;
    const [, line = "", carets = ""] = render(text, 500, 504).split("\n");
    expect(line.length).toBeLessThan(140);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("HERE");
  });

  test("obeys nothing that stands in the file", () => {
    const shown = render("a: \u001b[31mred\u202e\u0007\tx\r\n", 3, 8, "\u001b[2J says no.");
    expect(shown).not.toMatch(/[^\n -~\ufffd]/);
    expect(shown.split("\n")[2]?.indexOf("^")).toBe(shown.split("\n")[1]?.indexOf("\ufffd"));
  });

  test("without a place, or in a file that isn't there, is still told", () => {
    expect(renderText([{ code: "spec-folder", severity: "error", message: "None." }], new Map())).toBe(
      "error spec-folder  None.\n",
    );
    expect(
      renderText(
        [{ code: "x", severity: "error", message: "None.", span: { file: "b", start: 9, end: 9 } }],
        new Map(),
      ),
    ).toBe("b error x  None.\n");
  });
});

test.each([
  ["\r\n", 2],
  ["\n", 2],
  ["\r", 2],
])("line ends %j count once", (end, line) => {
  expect(positionOf(lineStarts(`a${end}b`), 1 + end.length)).toEqual({ line, column: 1 });
});

test("a byte order mark is no column", () => {
  expect(positionOf(lineStarts("\ufeffab"), 2)).toEqual({ line: 1, column: 2 });
});
