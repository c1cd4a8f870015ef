import { literal } from "../../emit/literal.js";
import type { JsonValue } from "../../model/json-schema.js";

/** Columns that an example in a doc comment may take: what is left of a line behind its star. */
const width = 117;

/** A call that sends the contract's own examples, on one line or with its arguments below each other. None where nothing is given. */
export function exampleCall(name: string, args: readonly JsonValue[]): readonly string[] {
  if (args.length === 0) return [];
  const given = args.map((arg) => literal(arg ?? undefined));
  const line = `${name}(${given.join(", ")});`;
  if (line.length <= width && !line.includes("\n")) return ["@example", line];
  const [only] = args;
  const broken =
    args.length === 1
      ? `${name}(${literal(only, "", Number.POSITIVE_INFINITY)});`
      : `${name}(\n${args.map((arg) => `  ${literal(arg ?? undefined, "  ")},\n`).join("")});`;
  return ["@example", ...broken.split("\n")];
}
