import { epochKey } from "../../language/consent/answer.js";
import { accepts } from "../../model/accepts.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Model } from "../../model/model.js";
import { SECRET } from "../../model/salts.js";
import { isKept, stateKeyOf } from "../../model/state-path.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { identifierExamples } from "../identifier-examples.js";
import { at } from "../tree.js";
import type { Judged } from "./rule.js";

/** What the client keeps in the state file by itself has to fit the type that the contract gives that key, or it is never read back. */
export function ownStateKeys({ root, model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent", "types", "identifiers")) return;
  const own = keptIn(model);
  for (const { key, type } of model.consent.stateFile?.keys ?? []) {
    const kept = own.get(key);
    if (kept === undefined || isUnsettled(type) || accepts(type.schema, kept.value)) continue;
    report.add(
      "state-value-refused",
      at(root, "consent", "state_file", "keys", key) ?? root,
      `Under "${key}" the client keeps ${kept.what}, which is not ${type.rule}.`,
      { hint: `${kept.hint}, or give your own key another name.` },
    );
  }
}

interface Kept {
  readonly what: string;
  readonly value: JsonValue;
  readonly hint: string;
}

function keptIn({ consent, consentEpoch, identifiers, salts }: Model): ReadonlyMap<string, Kept> {
  const edition: Kept = {
    what: "the edition of the list that people were told of",
    value: consentEpoch,
    hint: `Write type: int with a max of ${consentEpoch} or more`,
  };
  const kept = new Map<string, Kept>([
    ["consent_epoch", edition],
    ...(consent.parts ?? []).map(({ name }) => [epochKey(name), edition] as const),
    [
      "updated_at",
      { what: "the time of its last change", value: "2026-06-12T12:00:00Z", hint: "Write type: timestamp" },
    ],
  ]);
  if (consent.adopts !== undefined)
    kept.set("adopted", { what: "a note that an older answer was taken over", value: true, hint: "Write type: bool" });
  if (salts === true || identifiers.some(({ madeFrom }) => madeFrom === "hash"))
    kept.set(SECRET, {
      what: "the random number that hashes are made of",
      value: "0123456789abcdef".repeat(4),
      hint: "Remove it",
    });
  const examples = identifierExamples(identifiers);
  for (const identifier of identifiers) {
    const { name, madeFrom } = identifier;
    const value = examples.get(name);
    if (madeFrom !== "random" || !isKept(identifier) || value === undefined) continue;
    if (stateKeyOf({ consent }, name) === undefined)
      kept.set(name, { what: "the identifier of that name", value, hint: "Write type: identifier" });
  }
  return kept;
}
