import { looksLikeIdentifier } from "../../language/types/looks-like-identifier.js";
import type { Field } from "../../model/model.js";
import { withInner } from "../../payload/call-shape.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { allFields, type Judged } from "./rule.js";

/** The fields that look as if they told one from another, wherever they stand, each with the reason. */
export function lookalikesIn(fields: readonly Field[]): readonly { readonly field: Field; readonly why: string }[] {
  return fields.flatMap(withInner).flatMap((field) => {
    const why = isUnsettled(field.type) || field.legacy ? undefined : looksLikeIdentifier(field);
    return why === undefined ? [] : [{ field, why }];
  });
}

/** Checks that a contract without identifiers has nothing that looks like one, or says what it is. */
export function lookalikes({ model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers", "types") || model.identifiers.length > 0) return;
  for (const { field, why } of lookalikesIn(allFields(model))) {
    report.add(
      "looks-like-identifier",
      field.at,
      `"${field.wireName}" ${why === "is called so" ? "is a usual name for an identifier" : why}, and the spec says identifiers: none.`,
      {
        hint: "Declare it under identifiers, send a closed list or a range instead, or silence this warning and say why it identifies nobody.",
      },
    );
  }
}
