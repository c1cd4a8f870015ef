import type { Model } from "../../model/model.js";
import type { OutputFile } from "../target.js";
import { sinkOf } from "./sinks.js";

/** `worker.js`: the few lines by which Cloudflare starts it. */
export function printEntry(model: Model): string {
  const { file, export: name, own } = sinkOf(model);
  const given = own === undefined ? "" : `import * as given from "./${own}.js";\n`;
  return `import { contract } from "./contract.js";
${given}import { pages } from "./pages.js";
import { parts } from "./parts.js";
import { ${name} } from "./runtime/${file}.js";
import { serve } from "./runtime/workers.js";

export default serve(contract, ${own === undefined ? name : `${name}(given)`}, pages, parts);
`;
}

/** Returns what a module of the user's has to export, where the sink is made of one. The module itself is theirs. */
export function ownTypes(model: Model, marker: string): readonly OutputFile[] {
  const { own } = sinkOf(model);
  if (own === undefined) return [];
  const text = `// ${marker}
/** An accepted event, with an identity of its own and the time at which it came. */
export interface Entry {
  readonly id: string;
  readonly event: string;
  readonly time: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly value?: number;
}

/** Stored; the same again later; or never to be taken, and whether one entry may have spoilt it for the others. */
export type Outcome =
  | { readonly kind: "stored"; readonly lost?: { readonly reason: string; readonly entries: number } }
  | { readonly kind: "retry"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string; readonly because: "all" | "one-of-them" };

/**
 * Stores the entries, all or none of them. env holds the platform's settings and secrets. If it throws, the store counts as
 * down, and the same entries come again.
 */
export declare const send: (
  entries: readonly Entry[],
  env: Readonly<Record<string, unknown>>,
  contract: { readonly url?: string; readonly secret?: string; readonly add: Readonly<Record<string, unknown>> },
) => Promise<Outcome>;
`;
  return [{ path: `worker/${own}.d.ts`, text }];
}
