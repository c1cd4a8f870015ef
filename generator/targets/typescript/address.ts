import { docComment } from "../../emit/comment.js";
import { type Literal, literal, PureCall } from "../../emit/literal.js";
import type { Model } from "../../model/model.js";
import { constantCase } from "../../names.js";
import { overrideData } from "./address-data.js";

/** Returns where it is sent if the contract doesn't say. */
export function printAddress(model: Model): readonly string[] {
  const { namedBy } = model.destination;
  if (namedBy === undefined) return [];
  // With its type: declarations are printed without asking what the runtime's functions return.
  const start = "export const addressOf: (client: Client) => string | undefined = /* @__PURE__ */ ";
  const define = `${constantCase(model.product)}_TELEMETRY_URL`;
  switch (namedBy) {
    case "operator":
      return [
        docComment(["Where it is sent: whoever runs the program says it. Until then there is no telemetry."]),
        `${start}${literal(namedAddress(model), "", start.length).replace(PURE, "")};\n\n`,
      ];
    case "build":
      return [
        docComment([
          "Where it is sent: set by the bundler's define, or as a property of `globalThis`. Without it there is no telemetry.",
        ]),
        `declare const ${define}: string | undefined;\n\n`,
        `${start}built(\n  typeof ${define} === "string" ? ${define} : undefined,\n);\n\n`,
      ];
    default:
      return namedBy satisfies never;
  }
}

const PURE = "/* @__PURE__ */ ";

/** Returns what names it. */
export function namedAddress({ destination }: Model): Literal {
  switch (destination.namedBy) {
    case "build":
      return new PureCall("built", []);
    case "operator":
      return new PureCall("operated", [overrideData(destination)]);
    case undefined:
      return undefined;
    default:
      return destination.namedBy satisfies never;
  }
}
