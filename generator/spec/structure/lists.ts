import { matchSchema } from "../../language/consent/matches/index.js";
import { GUARANTEES } from "../../language/guarantees.js";
import { DATE } from "./patterns.js";
import { listOf, mapOf, record, type Schema, text, whole } from "./schema.js";

/** `history`: what changed, for each version. */
export const HISTORY: Schema = listOf(
  record(
    {
      version: whole("The schema_version.", 1),
      date: { description: 'When, quoted: "2026-06-12".', type: "string", pattern: DATE },
      change: text("What changed, for people."),
      wording_only: text("Why what reads differently means the same: the version rises, the epoch doesn't."),
    },
    ["version", "change"],
  ),
  { minItems: 1 },
);

/** Keys of the state file → values. */
export const STORES: Schema = mapOf({ type: ["string", "boolean", "number"] }, undefined, { minProperties: 1 });

/** The condition under which a value counts. */
export const MATCH: Schema = matchSchema();

/** `guarantees`: promises that become tests. */
export const PROMISES: Schema = listOf({ enum: Object.keys(GUARANTEES) }, { uniqueItems: true });

/** `silence`: warnings that are right as they are. */
export function silence(warnings: readonly string[]): Schema {
  return listOf(
    record(
      {
        warning: { description: "The warning's code.", enum: warnings },
        reason: { description: "Why it is right as it is. At least 20 characters.", type: "string", minLength: 20 },
        until: { description: "The last day on which it holds, quoted.", type: "string", pattern: DATE },
      },
      ["warning", "reason"],
    ),
  );
}
