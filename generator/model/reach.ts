import type { Field } from "./fields.js";

/** A field wherever it stands: `properties.command`, with the way to it. */
export interface Reached extends Field {
  readonly path: readonly string[];
}

/** Fields and what stands inside of those that are objects, each under its whole way. Lists and maps hold many: nothing reaches into them. */
export function reachable(fields: readonly Field[], above: readonly string[] = []): readonly Reached[] {
  return fields.flatMap((field): readonly Reached[] => {
    const path = [...above, field.wireName];
    return [{ ...field, path, wireName: path.join(".") }, ...reachable(field.type.fields ?? [], path)];
  });
}
