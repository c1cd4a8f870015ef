import { accepts } from "../../model/accepts.js";
import type { Field } from "../../model/model.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { fieldGroups, type Judged, typesWithin } from "./rule.js";

/** `only_when` names another field that is next to it, and a value that this field can have. */
export function conditions({ model }: Judged, report: DiagnosticSink): void {
  const inner = (fields: readonly Field[]): readonly (readonly Field[])[] =>
    fields.flatMap(({ type }) => typesWithin(type).flatMap((part) => (part.fields === undefined ? [] : [part.fields])));
  for (const group of fieldGroups(model)) {
    checkGroup(group, report);
    if (group !== model.common) casesOnSources(group, report);
    for (const fields of inner(group)) {
      checkGroup(fields, report);
      onSources(fields, report);
    }
  }
}

/** Inside an object, what the client fills in may be there only when it is sent, after the conditions were decided. */
function onSources(fields: readonly Field[], report: DiagnosticSink): void {
  for (const { wireName, at, conditions } of conditionsIn(fields))
    for (const condition of conditions) {
      const other = fields.find((field) => field.wireName === condition.wireName);
      if (other === undefined || other.from.kind === "call") continue;
      report.add(
        "condition-on-source",
        at,
        `"${wireName}" depends on "${condition.wireName}", which the client fills in, inside an object.`,
        { hint: "Put both next to the object, or let the caller leave the field out: optional: true." },
      );
    }
}

/** Checks that each case is decided while an event is recorded. */
function casesOnSources(fields: readonly Field[], report: DiagnosticSink): void {
  for (const { wireName, at, type } of fields) {
    const other = fields.find((field) => field.wireName === type.by);
    if (other === undefined || other.from.kind === "call") continue;
    report.add("condition-on-source", at, `"${wireName}" depends on "${other.wireName}", which the client fills in.`, {
      hint: "Let the caller supply the field that says which case it is.",
    });
  }
}

/** Fields with what they depend on: their conditions, and the sibling that says which case they are. */
function conditionsIn(fields: readonly Field[]) {
  return fields.flatMap((field) => {
    const { wireName, at, onlyWhen, type } = field;
    const cases = (type.cases ?? []).flatMap(({ values, except }) => (except === true ? [] : values));
    const by = type.by === undefined ? [] : [{ wireName: type.by, values: cases }];
    const conditions = [...onlyWhen, ...by];
    return conditions.length === 0 ? [] : [{ wireName, at, conditions, legacy: field.legacy, by: type.by }];
  });
}

function checkGroup(fields: readonly Field[], report: DiagnosticSink): void {
  const conditional = conditionsIn(fields);
  if (conditional.length === 0) return;
  const types = new Map(fields.map((field) => [field.wireName, field]));
  for (const { wireName, at, conditions, legacy, by } of conditional) {
    for (const condition of conditions) {
      const other = types.get(condition.wireName);
      const known = [...types.keys()].filter((name) => name !== wireName);
      if (other === undefined || condition.wireName === wireName) {
        report.add(
          "unknown-condition-field",
          at,
          `"${wireName}" depends on "${condition.wireName}", but there is no such field next to it.`,
          { hint: suggestion(condition.wireName, known, "Fields") },
        );
      } else if (
        other.onlyWhen.length > 0 ||
        other.type.cases !== undefined ||
        (other.optional && by === condition.wireName)
      ) {
        report.add(
          "condition-on-condition",
          at,
          `"${wireName}" depends on "${condition.wireName}", which isn't always sent itself.`,
          { hint: "Name both conditions on a field that is always there." },
        );
      } else if (other.legacy && !legacy) {
        report.add(
          "condition-on-condition",
          at,
          `"${wireName}" depends on "${condition.wireName}", which is no longer sent.`,
          { hint: "Name a field that is sent, or make this one legacy, too." },
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
