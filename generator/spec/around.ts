import type { JsonValue } from "../model/json-schema.js";
import type { Scope } from "./scope.js";

/** Builds what stands inside something whose example is this. */
export function within<Built>(example: JsonValue | undefined, scope: Scope, build: () => Built): Built {
  const before = scope.around;
  scope.around = example;
  try {
    return build();
  } finally {
    scope.around = before;
  }
}

/** The first item of a list, or value of a map. */
export function firstIn(example: JsonValue | undefined): JsonValue | undefined {
  return typeof example === "object" && example !== null ? Object.values(example)[0] : undefined;
}
