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
import { ${name} } from "./runtime/sinks/${file}.js";
import { serve } from "./runtime/workers.js";

export default serve(contract, ${own === undefined ? name : `${name}(given)`}, pages, parts);
`;
}

/** What a module of the user's has to export, where the sink is made of one. The module itself is theirs. */
export function ownTypes(model: Model, marker: string): readonly OutputFile[] {
  const { file, own } = sinkOf(model);
  if (own === undefined) return [];
  const text = `// ${marker}
import type { Send } from "./runtime/sinks/${file}.js";

export declare const send: Send;
`;
  return [{ path: `worker/${own}.d.ts`, text }];
}
