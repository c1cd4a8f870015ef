import { drawnFrom } from "../../language/types/drawn.js";
import { accepts } from "../../model/accepts.js";
import type { Type } from "../../model/model.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { allFields, type Judged } from "./rule.js";

/** The client makes what is random: of a form that it can't make, or in a place that it doesn't fill, nothing would ever be sent. */
export function identifierForm({ model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers", "types")) return;
  for (const { name, madeFrom, format, at } of model.identifiers) {
    if (madeFrom !== "random" || isUnsettled(format)) continue;
    // Random digits under another version's number would claim to be a network card or a name. Those of versions 7 and 8 claim nothing
    // that anybody could hold against them: a time that is random says nothing.
    const isOtherVersion =
      format.kind === "uuid" &&
      !["4", "7", "8"].some((version) => accepts(format.schema, `5e1b6c04-8f2d-${version}a97-b3d0-41c9e27f6a58`));
    if (!isOtherVersion && drawnFrom(format.schema) !== undefined) continue;
    report.add("identifier-not-made", at, `"${name}" is random, and its format can't be generated: ${format.rule}.`, {
      hint: "Give it format: { type: uuid, version: 4 }, or a string whose pattern is fixed characters and [class]{n}: ^[A-Za-z0-9]{8}$.",
    });
  }
  // Those of other events are given by the program, as are those that it has itself.
  const filled = new Set(
    model.identifiers.flatMap(({ name, madeFrom, created }) =>
      madeFrom === "given" || created === "each-event" ? [] : [name],
    ),
  );
  for (const { wireName, type, at } of allFields(model))
    for (const name of new Set(withoutNames(type)))
      if (filled.has(name))
        report.add(
          "identifier-not-made",
          at,
          `"${name}" stands in "${wireName}" without a name of its own, and the client fills in fields.`,
          {
            hint: `Give it one, in an object: { type: object, fields: { id: { type: identifier, of: ${name} } } }.`,
          },
        );
}

/** One text for all of CI has to fit beside texts, and what is replaced or left out there is a field. */
export function identifierInCi({ model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers", "types")) return;
  for (const { name, madeFrom, created, format, inCi, at } of model.identifiers) {
    if (madeFrom === "hash" && created === "each-event")
      report.add("in-ci-unusable", at, `"${name}" is a hash of something that is kept, and made for each event.`, {
        hint: "Write made_from: random.",
      });
    if (inCi === undefined || isUnsettled(format)) continue;
    if (inCi.text !== undefined && format.schema.pattern === undefined && format.schema.enum === undefined)
      report.add("in-ci-unusable", at, `"${name}" is a number, and "${inCi.text}" isn't.`, {
        hint: "Write in_ci: leave-out, or give it a format of text.",
      });
  }
  const replaced = new Set(
    model.identifiers.flatMap(({ name, madeFrom, inCi }) => (madeFrom === "given" && inCi !== undefined ? [name] : [])),
  );
  for (const { wireName, type, at } of allFields(model))
    for (const name of new Set(withoutNames(type)))
      if (replaced.has(name))
        report.add(
          "in-ci-unusable",
          at,
          `"${name}" has an in_ci, and stands in "${wireName}" without a name of its own.`,
          {
            hint: `Give it one, in an object: { type: object, fields: { id: { type: identifier, of: ${name} } } }.`,
          },
        );
}

/** The identifiers that stand in a list, in a map or among the types of a one_of, and so are no field. */
function withoutNames({ of, keys, cases = [], fields = [] }: Type): readonly string[] {
  const inner = [of, keys, ...cases.map(({ type }) => type)].filter((type) => type !== undefined);
  return [
    ...inner.flatMap(({ identifier }) => (identifier === undefined ? [] : [identifier])),
    ...[...inner, ...fields.map(({ type }) => type)].flatMap(withoutNames),
  ];
}

/** Checks that each given identifier says where the program has it from, or what it stands for. */
export function identifierWhat({ model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers")) return;
  for (const { name, madeFrom, identifies, what, at } of model.identifiers) {
    if (what !== undefined || (madeFrom !== "given" && identifies !== "other")) continue;
    report.add("missing-key", at, `"${name}" has no what.`, {
      hint: {
        given: "Add what: where the program has it from. TELEMETRY.md prints it.",
        random: "Add what: what one value stands for. TELEMETRY.md prints it.",
        hash: "Add what: what one value stands for. TELEMETRY.md prints it.",
      }[madeFrom],
    });
  }
}
