/** Every value at the end of a path, `delivery.flush[0].every` → 21600000; also the names of what is empty. */
export function leavesOf(value: unknown, path = ""): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  collect(value, path, leaves);
  return leaves;
}

function collect(value: unknown, path: string, leaves: Map<string, unknown>): void {
  if (typeof value !== "object" || value === null) {
    if (value !== undefined) leaves.set(path, value);
    return;
  }
  if (isSpan(value)) return;
  for (const [key, item] of Object.entries(value)) {
    collect(item, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`, leaves);
  }
}

/** A place in the YAML. It isn't part of the contract's meaning. */
function isSpan(value: object): boolean {
  return "file" in value && "start" in value && "end" in value;
}

/** The paths whose values differ, with both. */
export function differences(
  before: unknown,
  after: unknown,
): readonly { path: string; before: unknown; after: unknown }[] {
  const [was, is] = [leavesOf(before), leavesOf(after)];
  const paths = new Set([...was.keys(), ...is.keys()]);
  return [...paths]
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => ({ path, before: was.get(path), after: is.get(path) }));
}
