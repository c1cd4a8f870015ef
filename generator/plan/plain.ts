import type { Plain } from "./plan.js";

/** A part of the model without its places in the YAML. */
export function plain<T>(value: T): Plain<T> {
  if (Array.isArray(value)) return value.map(plain) as Plain<T>;
  if (typeof value !== "object" || value === null) return value as Plain<T>;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "at")
      .map(([key, item]) => [key, plain(item)]),
  ) as Plain<T>;
}
