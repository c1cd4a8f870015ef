import { describe, expect, expectTypeOf, it } from "vitest";
import { PLACES } from "../../generator/language/consent/places/index.js";
import type { DERIVED } from "../../generator/language/derives/index.js";
import { FORMATS, type FormatName } from "../../generator/language/wire/formats/index.js";
import type { Picture as DrawnPicture } from "../../generator/model/wire.js";
import type { Derived } from "../../templates/worker/runtime/contract.js";
import type { Picture, Wire } from "../../templates/worker/runtime/read/picture.js";

/** The rules of words that no type can hold together: the languages' rooms don't know each other. */
describe("a word of the language", () => {
  it("that is a format of the wire is read by the worker", () => {
    expectTypeOf<FormatName>().toEqualTypeOf<Wire["format"]>();
    expect(Object.values(FORMATS).map(({ name }) => name)).toEqual(Object.keys(FORMATS));
  });

  it("that draws a request, or says what the receiver works out, is one of the worker's, too", () => {
    expectTypeOf<DrawnPicture["kind"]>().toEqualTypeOf<Picture["kind"]>();
    expectTypeOf<keyof typeof DERIVED>().toEqualTypeOf<Derived>();
  });

  it.each(Object.entries(PLACES))(
    "that is a place of consent, as %s, reads the kind that it is listed as",
    (kind, { required, read }) => {
      expect(read({ [required[0] ?? ""]: "x" }).kind).toBe(kind);
    },
  );
});
