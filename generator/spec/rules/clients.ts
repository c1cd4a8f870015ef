import { pythonPattern } from "../../emit/python-pattern.js";
import type { Type } from "../../model/model.js";
import type { Report } from "../report.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** What the client of a language that the contract asks for can't carry out is refused: nothing is half done. */
export function clients({ model }: Judged, report: Report): void {
  if (model.clients.python === undefined) return;
  for (const { wireName, type, from, optional, at } of allFields(model)) {
    const pattern = patternsIn(type).find((one) => pythonPattern(one) === undefined);
    if (pattern !== undefined)
      report.add("client-cannot", at, `The Python client can't hold "${wireName}" to its pattern, ${pattern}.`, {
        hint: "Write it without back references, look behind and Unicode classes, or take python out of clients.",
      });
    if (from.kind === "node-major" && !optional)
      report.add("client-cannot", at, `"${wireName}" is Node's version, which the Python client doesn't have.`, {
        hint: "Make it optional, fill it from setup, or take python out of clients.",
      });
  }
  for (const { name, format, at } of model.identifiers)
    if (patternsIn(format).some((one) => pythonPattern(one) === undefined))
      report.add("client-cannot", at, `The Python client can't hold the identifier "${name}" to its pattern.`);
}

function patternsIn(type: Type): readonly string[] {
  return typesWithin(type).flatMap(({ kind, schema }) =>
    kind === "text" || schema.pattern === undefined ? [] : [schema.pattern],
  );
}
