import type { Model } from "../generator/model/model.js";
import { shapeOf } from "../generator/model/wire-shape.js";

/** The keys of the two common forms of a request, for tests that take a payload apart by hand. */
export type WireKeys =
  | { readonly format: "json"; readonly eventKey?: string }
  | {
      readonly format: "json-batch";
      readonly eventsKey: string;
      readonly eventKey: string;
      readonly fieldsKey: string;
      readonly timeKey?: string;
    }
  | { readonly format: "prometheus-text" };

export function wireKeys({ wire }: Pick<Model, "wire">): WireKeys {
  if (wire.format === "prometheus-text") return { format: wire.format };
  const shape = shapeOf(wire);
  if (shape === undefined) throw new Error("a form of its own");
  const { kind: _, ...keys } = shape;
  return shape.kind === "flat"
    ? { format: "json", ...keys }
    : { format: "json-batch", ...(keys as Omit<Extract<WireKeys, { format: "json-batch" }>, "format">) };
}
