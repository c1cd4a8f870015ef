import { accepts } from "./accepts.js";
import type { JsonSchema, JsonValue } from "./json-schema.js";

/** Returns how a value becomes text: a text as it is, anything else as its JSON. Undefined: the text doesn't say which it was. */
export function textKind(schema: JsonSchema): "text" | "json" | undefined {
  if (schema.const !== undefined) return kindOfAll([schema.const]);
  if (schema.enum !== undefined) return kindOfAll(schema.enum);
  if (schema.anyOf !== undefined) {
    const [first, ...others] = schema.anyOf.map(textKind);
    return others.every((kind) => kind === first) ? first : undefined;
  }
  if (schema.type === "string") return "text";
  return typeof schema.type === "string" ? "json" : undefined;
}

function kindOfAll(values: readonly JsonValue[]): "text" | "json" | undefined {
  const texts = values.filter((value) => typeof value === "string").length;
  if (texts === values.length) return "text";
  return texts === 0 && values.every((value) => value !== null) ? "json" : undefined;
}

export function mayBeBool(schema: JsonSchema): boolean {
  return accepts(schema, true) || accepts(schema, false);
}

/** Returns whether a value's text may have this character in it. True also where that is unknown. */
export function mayHold(schema: JsonSchema, character: string): boolean {
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values !== undefined)
    return values.some((value) => (typeof value === "string" ? value : JSON.stringify(value)).includes(character));
  switch (schema.type) {
    case "boolean":
      return /[a-zA-Z]/.test(character);
    case "integer":
      return /[-0-9]/.test(character);
    case "number":
      return /[-+.e0-9]/.test(character);
    case "string":
      return schema.pattern === undefined || atomsOf(schema.pattern).some((atom) => atom.test(character));
    default:
      return true;
  }
}

const known = new Map<string, readonly RegExp[]>();

/** Everything of a pattern that stands for one character: what none of them matches can't be in a text that it lets through. */
function atomsOf(pattern: string): readonly RegExp[] {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const source = pattern.replace(/\{[0-9,]+\}/g, "");
  const atoms = source.match(
    /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|[^\\[\](){}?*+|^$:=!<>]|[:=!<>]/g,
  );
  const patterns = (atoms ?? []).map((atom) => new RegExp(`^(?:${atom})$`));
  known.set(pattern, patterns);
  return patterns;
}
