import type { Field, Type } from "../../model/model.js";
import { withInner } from "../../payload/call-shape.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** A hash identifies what it is made of, so it must be declared or justified. Its salt is an identifier that the client has. */
export function hashes({ model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers", "types")) return;
  for (const { name, format, hash, madeFrom, at } of model.identifiers) {
    if (hash !== undefined && madeFrom !== "hash")
      report.add("hash-of-what", at, `"${name}" is the hash of a number that the client draws, and made from given.`, {
        hint: "Write made_from: random, or say of what text it is the hash.",
      });
    if (format.input?.kind !== "hashed") continue;
    if (madeFrom !== "given")
      report.add(
        "hash-of-what",
        at,
        `"${name}" is the hash of a text that the program has, and made from ${madeFrom}.`,
        {
          hint: "Write made_from: given, with what: where the program has the text from; or of: random, for a number that the client draws.",
        },
      );
    salted(name, format, at);
  }
  for (const { type, wireName, at } of allFields(model).flatMap(withInner))
    for (const part of typesWithin(type)) {
      if (part.drawn !== undefined)
        report.add(
          "hash-of-what",
          at,
          `"${wireName}" is the hash of a number that the client draws, which only an identifier is.`,
          {
            hint: `Declare it: identifiers: { ${wireName}: { identifies: machine, made_from: random, format: { type: hashed, of: random, … }, created: first-run } }, and write type: identifier.`,
          },
        );
      if (part.input?.kind !== "hashed" || part.identifier !== undefined) continue;
      if (part.justification === undefined)
        report.add(
          "hash-of-what",
          at,
          `"${wireName}" tells apart what it is made of, ${part.input.what}, and isn't declared.`,
          {
            hint: `Declare it: identifiers: { ${wireName}: { identifies: project, made_from: given, what: …, format: { type: hashed, … }, created: platform } }, or add a justification.`,
          },
        );
      salted(wireName, part, at);
    }

  function salted(name: string, { input }: Type, at: Field["at"]): void {
    if (input?.kind !== "hashed" || input.salt.kind !== "identifier") return;
    const { identifier } = input.salt;
    const known = model.identifiers.filter(({ madeFrom }) => madeFrom === "random").map((one) => one.name);
    if (known.includes(identifier)) return;
    report.add(
      "hash-of-what",
      at,
      `"${name}" is salted with "${identifier}", which is not an identifier that the client makes.`,
      {
        hint: suggestion(identifier, ["machine", "none", ...known], "Salts"),
      },
    );
  }
}
