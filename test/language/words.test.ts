import { describe, expect, expectTypeOf, it } from "vitest";
import { PLACES } from "../../generator/language/consent/places/index.js";
import { FORMATS, type FormatName } from "../../generator/language/wire/formats/index.js";
import type { Wire } from "../../templates/worker/runtime/read/picture.js";

/** The rules of words that no type can hold together: the languages' rooms don't know each other. */
describe("a word of the language", () => {
  it("that is a format of the wire is read by the worker", () => {
    expectTypeOf<FormatName>().toEqualTypeOf<Wire["format"]>();
    expect(Object.values(FORMATS).map(({ name }) => name)).toEqual(Object.keys(FORMATS));
  });

  it.each(Object.entries(PLACES))(
    "that is a place of consent, as %s, reads the kind that it is listed as",
    (kind, { required, read }) => {
      expect(read({ [required[0] ?? ""]: "x" }).kind).toBe(kind);
    },
  );
});
