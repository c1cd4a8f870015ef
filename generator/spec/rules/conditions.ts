import { accepts } from "../../model/accepts.js";
import type { Field } from "../../model/model.js";
import { isUnsettled } from "../build-type.js";
import type { Report } from "../report.js";
import { suggestion } from "../suggest.js";
import { fieldGroups, type Judged, typesWithin } from "./rule.js";

/** `only_when` names another field that is next to it, and a value which that field can have. */
export function conditions({ model }: Judged, report: Report): void {
  const inner = (fields: readonly Field[]): readonly (readonly Field[])[] =>
    fields.flatMap(({ type }) => typesWithin(type).flatMap((part) => (part.fields === undefined ? [] : [part.fields])));
  for (const group of fieldGroups(model)) {
    checkGroup(group, report);
    for (const fields of inner(group)) {
      checkGroup(fields, report);
      onSources(fields, report);
    }
  }
}

/** Inside an object, what the client fills in may be there only when it is sent, after the conditions were decided. */
function onSources(fields: readonly Field[], report: Report): void {
  for (const { wireName, at, onlyWhen } of fields)
    for (const condition of onlyWhen) {
      const other = fields.find((field) => field.wireName === condition.wireName);
      if (other === undefined || other.from.kind === "call") continue;
      report.add(
        "condition-on-source",
        at,
        `"${wireName}" depends on "${condition.wireName}", which the client fills in, inside an object.`,
        { hint: "Put both beside the object, or let the caller leave the field out: optional: true." },
      );
    }
}

function checkGroup(fields: readonly Field[], report: Report): void {
  const conditional = fields.filter(({ onlyWhen }) => onlyWhen.length > 0);
  if (conditional.length === 0) return;
  const types = new Map(fields.map((field) => [field.wireName, field]));
  for (const { wireName, at, onlyWhen } of conditional) {
    for (const condition of onlyWhen) {
      const other = types.get(condition.wireName);
      const known = [...types.keys()].filter((name) => name !== wireName);
      if (other === undefined || condition.wireName === wireName) {
        report.add(
          "unknown-condition-field",
          at,
          `"${wireName}" depends on "${condition.wireName}", which no field beside it is called.`,
          { hint: suggestion(condition.wireName, known, "Fields") },
        );
      } else if (other.onlyWhen.length > 0) {
        report.add(
          "condition-on-condition",
          at,
          `"${wireName}" depends on "${condition.wireName}", which itself isn't always there.`,
          { hint: "Name both conditions on a field that is always there." },
        );
      } else {
        const never = condition.values.find((value) => !accepts(other.type.schema, value));
        if (isUnsettled(other.type) || never === undefined) continue;
        report.add("condition-refused", at, `"${condition.wireName}" is never ${JSON.stringify(never)}.`, {
          hint:
            other.type.values === undefined
              ? `It is ${other.type.rule}.`
              : `Values: ${other.type.values.map((value) => JSON.stringify(value)).join(", ")}.`,
        });
      }
    }
  }
}
