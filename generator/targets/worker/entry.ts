import type { Model } from "../../model/model.js";
import { sinkOf } from "./sinks.js";

/** `worker.ts`: the few lines by which Cloudflare starts it. */
export function printEntry(model: Model): string {
  const { file, export: name } = sinkOf(model);
  return `import { contract } from "./contract.js";
import about from "./pages/about.txt";
import published from "./pages/contract.txt";
import { ${name} } from "./runtime/sinks/${file}.js";
import { serve } from "./runtime/workers.js";

export default serve(contract, ${name}, { about, contract: published });
`;
}
