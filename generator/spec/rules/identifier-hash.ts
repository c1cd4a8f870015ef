import { drawnFrom } from "../../language/types/drawn.js";
import { accepts } from "../../model/accepts.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import type { Judged } from "./rule.js";

/** The client makes what is random: of a form that it can't make, nothing would ever be sent. */
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
    report.add("identifier-not-made", at, `"${name}" is random, and of a form that can't be made: ${format.rule}.`, {
      hint: "Give it format: { type: uuid, version: 4 }, or a string whose pattern is fixed characters and [class]{n}: ^[A-Za-z0-9]{8}$.",
    });
  }
}

/** One text for all of CI has to fit beside texts; and who gives an identifier knows what to give there. */
export function identifierInCi({ model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers", "types")) return;
  for (const { name, madeFrom, created, format, inCi, at } of model.identifiers) {
    if (madeFrom === "hash" && created === "each-event")
      report.add("in-ci-unusable", at, `"${name}" is a hash of something that is kept, and made for each event.`, {
        hint: "Write made_from: random.",
      });
    if (inCi === undefined || isUnsettled(format)) continue;
    if (madeFrom === "given")
      report.add("in-ci-unusable", at, `"${name}" is given by the program, which knows what to give in CI.`, {
        hint: "Remove in_ci; make the fields that send it optional, or let its format have the text, too.",
      });
    else if (inCi.text !== undefined && format.schema.pattern === undefined)
      report.add("in-ci-unusable", at, `"${name}" is a number, and "${inCi.text}" isn't.`, {
        hint: "Write in_ci: leave-out, or give it a format of text.",
      });
  }
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
