import type { Model } from "../model/model.js";
import { article30 } from "./article30.js";
import { fides } from "./fides.js";
import { otel } from "./otel.js";
import { rudder, segment } from "./tracking-plan.js";

/** A contract in another tool's terms. */
export interface Exported {
  /** Ends in a newline. The same contract always gives the same text. */
  readonly text: string;
  /** The items of the contract that can't be expressed. */
  readonly lost: readonly { readonly where: string; readonly what: string }[];
}

/** The formats for export, by the word behind `--to`. */
export const EXPORTS = { segment, rudder, otel, fides, article30 } as const satisfies Readonly<
  Record<string, (model: Model) => Exported>
>;

export type ExportName = keyof typeof EXPORTS;

export function exportContract(to: ExportName, model: Model): Exported {
  return EXPORTS[to](model);
}
