import { expect, test } from "vitest";
import { addScripts } from "../../generator/init/add-scripts.js";
import { fc } from "../support/property.js";

const scripts = { "telemetry:gen": "plainsight gen", "telemetry:check": "plainsight check" };

test.each<[string, string, string | undefined]>([
  [
    "into scripts",
    '{\n  "scripts": {\n    "a": "b"\n  },\n  "files": ["x", "y"]\n}\n',
    '{\n  "scripts": {\n    "a": "b",\n    "telemetry:gen": "plainsight gen",\n    "telemetry:check": "plainsight check"\n  },\n  "files": ["x", "y"]\n}\n',
  ],
  [
    "with tabs and other line ends",
    '{\r\n\t"scripts": {\r\n\t\t"a": "b"\r\n\t}\r\n}',
    '{\r\n\t"scripts": {\r\n\t\t"a": "b",\r\n\t\t"telemetry:gen": "plainsight gen",\r\n\t\t"telemetry:check": "plainsight check"\r\n\t}\r\n}',
  ],
  [
    "where there are none",
    '{\n  "name": "x"\n}\n',
    '{\n  "name": "x",\n  "scripts": {\n    "telemetry:gen": "plainsight gen",\n    "telemetry:check": "plainsight check"\n  }\n}\n',
  ],
  [
    "into nothing",
    "{}",
    '{\n  "scripts": {\n    "telemetry:gen": "plainsight gen",\n    "telemetry:check": "plainsight check"\n  }\n}',
  ],
  [
    "beside one's own of that name",
    '{"scripts": {"telemetry:gen": "mine", "telemetry:check": "mine"}}',
    '{"scripts": {"telemetry:gen": "mine", "telemetry:check": "mine"}}',
  ],
  ["not into what is no package", "[]", undefined],
  ["not where scripts is something else", '{"scripts": []}', undefined],
  ["not into damage", '{"scripts": {', undefined],
])("%s", (_, before, after) => expect(addScripts(before, scripts)).toBe(after));

test("whatever else a package.json holds stays, byte for byte, and the scripts are there", () => {
  const text = fc.oneof(fc.string(), fc.constantFrom("scripts", "}", '"', "{", "\\", "a\nb"));
  const inner = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(text, tie("value"), { maxKeys: 3 }),
    ),
  })).value;
  const manifest = fc.record({
    before: fc.dictionary(text, inner, { maxKeys: 4 }),
    own: fc.option(fc.dictionary(text, text, { maxKeys: 3 })),
    after: fc.dictionary(text, inner, { maxKeys: 4 }),
    indent: fc.constantFrom("", "  ", "    ", "\t"),
  });
  fc.assert(
    fc.property(manifest, ({ before, own, after, indent }) => {
      const { scripts: _, ...rest } = { ...before, ...(own === null ? {} : { scripts: own }), ...after };
      const json =
        own === null
          ? rest
          : {
              ...before,
              scripts: own,
              ...Object.fromEntries(Object.entries(after).filter(([key]) => key !== "scripts")),
            };
      const text = JSON.stringify(json, null, indent);
      const added = addScripts(text, scripts) ?? "";
      expect(JSON.parse(added)).toEqual({ ...json, scripts: { ...scripts, ...own } });
      const kept = text.replace(/\s/g, "");
      let at = 0;
      for (const letter of added.replace(/\s/g, "")) if (letter === kept[at]) at++;
      expect(at).toBe(kept.length);
    }),
    { numRuns: 300 },
  );
});
