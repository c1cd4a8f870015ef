const compiled = new Map<string, RegExp>();

/** The regular expression of that source, compiled once. */
export function expression(source: string): RegExp {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const fresh = new RegExp(source);
  compiled.set(source, fresh);
  return fresh;
}
