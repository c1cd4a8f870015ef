/** A value as it stands in YAML, on one line. */
export function printed(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printed).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${printed(key)}: ${printed(item)}`)
      .join(", ")} }`;
  if (typeof value !== "string") return JSON.stringify(value);
  return /^[A-Za-z][A-Za-z0-9_ -]*$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
}
