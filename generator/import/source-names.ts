/** The formats for import, as `--from` names it. */
export const sourceNames = ["glean", "segment", "rudder", "jsonschema", "iglu", "otel"] as const;

export type Source = (typeof sourceNames)[number];
