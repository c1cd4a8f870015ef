import type { Field, Type } from "../../model/model.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { type Judged, typesWithin } from "./rule.js";

/** Types that tell one thing from another and are no amounts, even as numbers. */
const TELLING: readonly string[] = ["identifier", "hashed", "uuid"];

/** A label of a Prometheus sample is a text: a number, a yes or no, a list or nothing would arrive as one, and be refused. */
export function labels({ model }: Judged, report: DiagnosticSink): void {
  for (const { wireName, at, value } of model.metrics) {
    // A named type may be anything; a sample's value is a number.
    const tells = typesWithin(value.type).some(({ kind }) => TELLING.includes(kind));
    if (!tells && (isUnsettled(value.type) || isNumber(value.type))) continue;
    report.add(
      "value-not-number",
      at,
      `The value of "${wireName}" is of type ${value.type.kind}, not a whole number.`,
      {
        hint: "Write `type: int`, or `type: const` with a number.",
      },
    );
  }
  for (const field of model.metrics.flatMap((metric) => metric.labels)) {
    const { at, wireName, type, nullable } = field;
    if (type.kind === "hashed") {
      report.add("label-not-text", at, `The label "${wireName}" is hashed, which is done only to what events hold.`, {
        hint: "Report it with an event, or give the label a closed set of texts.",
      });
      continue;
    }
    if (isUnsettled(type) || (isText(field) && !nullable)) continue;
    report.add(
      "label-not-text",
      at,
      nullable
        ? `The label "${wireName}" can't be null: labels are texts.`
        : `The label "${wireName}" is of type ${type.kind}, and labels are texts.`,
      {
        hint: nullable
          ? "Remove nullable; a label may be optional."
          : "Give it an enum, a bucket or another type of texts; a number belongs in value.",
      },
    );
  }
}

function isNumber({ schema }: Type): boolean {
  return schema.type === "integer" || typeof schema.const === "number";
}

function isText({ type: { schema } }: Field): boolean {
  const values = schema.const === undefined ? schema.enum : [schema.const];
  return values === undefined ? schema.type === "string" : values.every((value) => typeof value === "string");
}
