import { describe, expect, it } from "vitest";
import type { FieldContract } from "../../templates/client/runtime/contract.js";
import { asGiven, caseBy } from "../../templates/client/runtime/values/case-by.js";
import { fillDeep } from "../../templates/client/runtime/values/fill-deep.js";
import { asKept } from "../../templates/client/runtime/values/kept.js";
import { integer } from "../../templates/client/runtime/values/numbers.js";
import { object } from "../../templates/client/runtime/values/object.js";
import { below, fill, oneOf } from "../../templates/client/runtime/values/values.js";

/** `what` is a number of files, a number, or an object, as `kind` says; nothing beside `none`. */
const fields: readonly FieldContract[] = [
  { name: "kind", take: oneOf(["files", "number", "object", "none", "other"]) },
  {
    name: "what",
    take: asGiven,
    onlyWhen: { kind: ["files", "number", "object", "other"] },
    pick: caseBy("what", "kind", [
      [below([10], ["few", "many"]), ["files"]],
      [integer(0, 5), ["number"]],
      [object([{ name: "system", from: "os", take: oneOf(["linux"]) }]), ["object"]],
      [oneOf(["x"]), ["files", "number", "object", "none"], true],
    ]),
  },
];

describe("what stands there depends on the field beside it", () => {
  it.each([
    [
      { kind: "files", what: 55 },
      { kind: "files", what: "many" },
    ],
    [
      { kind: "number", what: 5 },
      { kind: "number", what: 5 },
    ],
    [{ kind: "number", what: 55 }, undefined],
    [{ kind: "number", what: "few" }, undefined],
    [{ kind: "number" }, undefined],
    [{ kind: "none", what: 5 }, { kind: "none" }],
    [{ kind: "none" }, { kind: "none" }],
    [
      { kind: "other", what: "x" },
      { kind: "other", what: "x" },
    ],
    [{ kind: "other", what: 5 }, undefined],
    [{ kind: "unheard-of", what: 5 }, undefined],
  ])("%j", (given, sent) => {
    expect(fill(fields, given)).toEqual(sent);
  });

  it("is left out where it may be, and its case refuses it", () => {
    const optional = fields.map((field) => ({ ...field, optional: true as const }));
    expect(fill(optional, { kind: "number", what: 55 })).toEqual({ kind: "number" });
  });

  it("has the form that travels when it waited in a queue", () => {
    expect(fill(fields.map(asKept), { kind: "files", what: "many" })).toEqual({ kind: "files", what: "many" });
    expect(fill(fields.map(asKept), { kind: "files", what: 55 })).toBeUndefined();
  });

  it("holds what the client fills in", () => {
    const filled = fillDeep(fields, { kind: "object", what: {} }, ({ from }) => (from === "os" ? "linux" : undefined));
    expect(filled).toEqual({ kind: "object", what: { system: "linux" } });
  });

  it("is nothing where reading it throws, and nothing of what was given stays", () => {
    const thrower = {
      kind: "files",
      what: {
        valueOf: () => {
          throw new Error("no");
        },
      },
    };
    expect(fill(fields, thrower)).toBeUndefined();
  });
});
