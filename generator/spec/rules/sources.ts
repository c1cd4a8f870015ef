import type { Field, FieldSource } from "../../model/model.js";
import { withInner } from "../../payload/call-shape.js";
import { isUnsettled } from "../build-type.js";
import type { Report } from "../report.js";
import { allFields, type Judged } from "./rule.js";

/** The field types that what is filled in can have. */
const FITTING: Partial<Record<FieldSource["kind"], readonly string[]>> = {
  env: ["bool"],
  "node-major": ["int"],
  "schema-version": ["int", "const"],
  "process-start": ["timestamp"],
  "package-version": ["version", "string"],
  os: ["enum", "string"],
  arch: ["enum", "string"],
};

/** A value that is filled in has a type that lets it through, and says the version that the spec has. */
export function sources({ model }: Judged, report: Report): void {
  for (const field of allFields(model).flatMap(withInner)) {
    const { from, type, at, wireName } = field;
    const fitting = FITTING[from.kind];
    if (isUnsettled(type)) continue;
    if (type.kind === "identifier" && from.kind !== "identifier") {
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

function says({ type }: Field, version: number): boolean {
  return type.values === undefined
    ? version >= (type.schema.minimum ?? 0) && version <= (type.schema.maximum ?? version)
    : type.values.includes(version);
}
