import { code, enumerate, type Inline } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import { shown } from "../../../emit/shown.js";
import type { Match, Scalar } from "../../../model/model.js";
import { kindOf, type MatchWord } from "./define.js";

/** `["1", false, 0]`: it is one of these, as they are. */
export const exactly: MatchWord<Extract<Match, { kind: "exactly" }>> = {
  schema: { type: ["string", "boolean", "number"], description: "It is exactly this." },
  holds: ({ values }, value) => values.includes(value),
  says: ({ values }, textsOnly) =>
    enumerate(
      values.map((value) => written(value, textsOnly)),
      "or",
    ),
  example: ({ values }) => values[0] ?? "",
  call: ({ values }) => new PureCall("exactly", values),
  samples: ({ values }) => values.flatMap(nearMisses),
  named: ({ values }) => values,
  kinds: ({ values }) => [...new Set(values.map(kindOf))],
  clients: ["python", "go", "rust"],
};

function written(value: Scalar, textsOnly: boolean): Inline {
  return textsOnly && value !== "" ? code(String(value)) : shown(value);
}

function nearMisses(value: Scalar): readonly Scalar[] {
  return typeof value === "string" && value !== value.toUpperCase() ? [value, value.toUpperCase()] : [value];
}
