import { SOURCES } from "../../language/sources/index.js";
import { modeOf } from "../../model/delivery.js";
import type { Field, FieldSource, Model } from "../../model/model.js";
import { withInner } from "../../payload/call-shape.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { allFields, type Judged } from "./rule.js";

/** The field types that what is filled in can have. */
function fittingOf(from: FieldSource): readonly string[] | undefined {
  switch (from.kind) {
    case "env":
      return from.is === undefined ? ["enum", "string", "version", "text"] : ["bool"];
    case "identifier":
    case "each-event":
      return undefined;
    default:
      // A word that isn't one has its finding already.
      return SOURCES[from.kind]?.types;
  }
}

/** Checks that values of each call stand beside no list of calls, and make no groups. */
function ofEachCall({ model }: Pick<Judged, "model">, report: DiagnosticSink): void {
  const lists = !modeOf(model).sendsEach || ("each" in model.wire && model.wire.each !== undefined);
  const isOfCall = ({ from }: Field) =>
    from.kind !== "env" &&
    from.kind !== "identifier" &&
    from.kind !== "each-event" &&
    // A word that isn't one has its finding already.
    SOURCES[from.kind]?.ofCall === true;
  const misplaced = [
    ...(lists ? [...model.common, ...model.destination.urlFields] : []),
    ...model.metrics.flatMap(({ labels }) => labels),
    ...model.events.flatMap(({ rollup, fields }) => (rollup === undefined ? [] : fields)),
  ].flatMap(withInner);
  for (const { from, at, wireName } of misplaced.filter(isOfCall))
    report.add("from-mismatch", at, `"${wireName}" differs from call to call, and is where one value goes with many.`, {
      hint: `Put it among the fields of the events${from.kind === "now" ? ", or use $time or $sent" : ""}.`,
    });
}

/** A value that is filled in has a type that lets it through, and says the version that the spec has. */
export function sources({ model }: Judged, report: DiagnosticSink): void {
  ofEachCall({ model }, report);
  for (const field of allFields(model).flatMap(withInner)) {
    const { from, type, at, wireName } = field;
    const fitting = fittingOf(from);
    if (isUnsettled(type)) continue;
    if (type.kind === "identifier" && !isOfIdentifier(field, model)) {
      report.add("from-mismatch", at, `"${wireName}" is an identifier, which the client fills in itself.`, {
        hint: "Remove from.",
      });
    } else if (fitting !== undefined && !fitting.includes(type.kind)) {
      report.add("from-mismatch", at, `"${wireName}" is filled in from ${from.kind}, which gives no ${type.kind}.`, {
        hint: `Give it type: ${fitting.join(" or ")}.`,
      });
    } else if (from.kind === "schema-version" && !says(field, model.schemaVersion)) {
      report.add(
        "schema-version-mismatch",
        at,
        `"${wireName}" says another version than schema_version ${model.schemaVersion}.`,
        { hint: `Write value: ${model.schemaVersion}.` },
      );
    }
  }
}

/** Filled in by the client; a reference to another event's comes from whoever knows that one. */
function isOfIdentifier({ from, type, wireName }: Field, { identifiers }: Model): boolean {
  if (from.kind === "identifier" || from.kind === "each-event") return true;
  const identifier = identifiers.find(({ name }) => name === type.identifier);
  return (
    identifier?.created === "each-event" &&
    identifier.name !== wireName &&
    (from.kind === "call" || from.kind === "setup")
  );
}

function says({ type }: Field, version: number): boolean {
  return type.values === undefined
    ? version >= (type.schema.minimum ?? 0) && version <= (type.schema.maximum ?? version)
    : type.values.includes(version);
}
