import { bracketed, layOut } from "../../emit/layout.js";
import { literalDoc } from "../../emit/literal.js";
import type { JsonValue } from "../../model/json-schema.js";

/** Columns that an example in a doc comment may take: what is left of a line behind its star. */
const width = 117;

/** A call that sends the contract's own examples, on one line or with its arguments below each other. None where nothing is given. */
export function exampleCall(name: string, args: readonly JsonValue[]): readonly string[] {
  if (args.length === 0) return [];
  const given = args.map((arg) => literalDoc(arg ?? undefined));
  const call = given.length === 1 ? [`${name}(`, ...given, ")"] : bracketed(`${name}(`, given, ")");
  return ["@example", ...layOut([call, ";"], { width }).split("\n")];
}
