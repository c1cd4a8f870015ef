import { accepts } from "../../model/accepts.js";
import type { JsonValue } from "../../model/json-schema.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { at, entriesOf, itemsOf, type Tree, textOf, toJson } from "../tree.js";
import type { Judged } from "./rule.js";

/** Checks that state keys that consent reads and writes are declared, with values that their types allow. */
export function stateKeys({ root, model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent", "types", "identifiers")) return;
  const consent = at(root, "consent");
  const file = model.consent.stateFile;
  const types = new Map(file?.keys.map(({ key, type }) => [key, type]));
  const known = [...types.keys()];

  const unknown = (key: string, place: Tree) =>
    report.add("unknown-state-key", place, `The state file has no key "${key}".`, {
      hint: file === undefined ? "Declare consent.state_file with it." : suggestion(key, known, "Keys"),
    });

  const parts = entriesOf(at(consent, "parts")).map(([, { value }]) => value);
  for (const step of [consent, ...parts].flatMap((one) => itemsOf(at(one, "order")))) {
    const stored = at(step, "stored");
    const key = textOf(stored);
    if (stored === undefined || key === undefined) continue;
    if (file === undefined) {
      report.add("stored-without-file", stored, `"${key}" is read from a state file, but there is none.`, {
        hint: "Declare consent.state_file with its path and keys.",
      });
    } else if (!types.has(key)) unknown(key, stored);
  }
  const stores = [
    ...[consent, ...parts].flatMap((one) => itemsOf(at(one, "ask"))),
    at(consent, "notice"),
    ...entriesOf(at(consent, "commands")).map(([, { value }]) => value),
  ];
  for (const [name, { key, value }] of stores.flatMap((place) => entriesOf(at(place, "stores")))) {
    const type = types.get(name);
    const stored: JsonValue = toJson(value);
    if (type === undefined) unknown(name, key);
    // What is wrong with the type itself is said there.
    else if (isUnsettled(type)) continue;
    else if (!accepts(type.schema, stored)) {
      report.add(
        "state-value-refused",
        value,
        `${JSON.stringify(stored)} is not what the state file's "${name}" lets through.`,
        {
          hint:
            type.values === undefined
              ? `It is ${type.rule}.`
              : `Values: ${type.values.map((one) => JSON.stringify(one)).join(", ")}.`,
        },
      );
    }
  }
}
