import { drawnFrom } from "../language/types/drawn.js";
import { typeNamed } from "../language/types/index.js";
import { accepts } from "../model/accepts.js";
import type { JsonValue } from "../model/json-schema.js";
import type { Identifier, Type } from "../model/model.js";

/** For each identifier an example that no other of the contract has: where two are swapped, everybody who compares sees it. */
export function identifierExamples(identifiers: readonly Identifier[]): ReadonlyMap<string, JsonValue> {
  const examples = new Map<string, JsonValue>();
  for (const identifier of identifiers) {
    const usual = usualExample(identifier.format);
    const example = usual === undefined || [...examples.values()].includes(usual) ? another(identifier) : usual;
    if (example !== undefined) examples.set(identifier.name, example);
  }
  return examples;
}

function usualExample({ schema }: Type): JsonValue | undefined {
  if (schema.type === "integer") return Math.min(schema.maximum ?? 1, Math.max(schema.minimum ?? 0, 94720163258471));
  return schema.maxLength === 36
    ? typeNamed("uuid")?.example?.({ kind: "uuid", schema, rule: "", alternatives: 1 })
    : undefined;
}

/** The same form with other digits, which depend on the identifier's name alone. */
function another({ name, format }: Identifier): JsonValue | undefined {
  const next = digitsFrom(name);
  const { schema } = format;
  if (schema.type === "integer") {
    const [least, most] = [schema.minimum ?? 0, schema.maximum ?? Number.MAX_SAFE_INTEGER];
    return least + ((next() * 2 ** 20 + next()) % Math.max(1, most - least + 1));
  }
  const usual = String(usualExample(format) ?? "0".repeat(schema.maxLength ?? 0));
  // The digits that say the version and the variant stay.
  const other = usual.replace(/[0-9a-f]/g, (digit, at: number) =>
    at === 14 || at === 19 ? digit : (next() & 15).toString(16),
  );
  if (accepts(schema, other)) return other;
  const pieces = drawnFrom(schema);
  if (typeof pieces !== "object") return undefined;
  return pieces.map(({ of, times }) => Array.from({ length: times }, () => of[next() % of.length]).join("")).join("");
}

/** Numbers that look like none in particular, always the same for a name. */
function digitsFrom(name: string): () => number {
  let state = [...name].reduce((sum, one) => (Math.imul(sum, 31) + (one.codePointAt(0) ?? 0)) >>> 0, 7);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 12;
  };
}
