/** A part of a contract without the places in its YAML, and without names that only the YAML uses. */
export function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, item]) => !(key === "at" && typeof item === "object") && !(key === "name" && "schema" in value),
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutPlaces(item)]));
}

const known = new WeakMap<object, string>();

/** Returns whether a part of two contracts says the same to the letter, wherever it stands. */
export function sameContent(before: object | undefined, after: object | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return before === after || contentOf(before) === contentOf(after);
}

function contentOf(part: object): string {
  const text = known.get(part) ?? JSON.stringify(withoutPlaces(part));
  known.set(part, text);
  return text;
}
