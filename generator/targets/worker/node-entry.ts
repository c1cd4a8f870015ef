import type { Model } from "../../model/model.js";
import { partsOf } from "./parts.js";
import { sinkOf } from "./sinks.js";

/** `node.mjs`: the few lines by which a machine of one's own starts it. */
export function printNodeEntry(model: Model): string {
  const { imports, keep } = keeping(model);
  // What the older contracts need, this one doesn't know.
  const hearsOthers = model.ingest.also !== undefined;
  const given: HostPart[] = [
    ...(partsOf(model).includes("times") ? [AT_TIME] : []),
    ...(hearsOthers || model.ingest.rateLimit !== undefined ? [LIMITER] : []),
    ...(hearsOthers || model.ingest.derives?.some(({ from }) => from === "client-ip") ? [COUNTRY] : []),
  ];
  const lines = [
    'import { contract } from "./contract.js";\n',
    'import { run } from "./node/host/run.js";\n',
    'import { example, pages } from "./pages.js";\n',
    'import { parts } from "./parts.js";\n',
    ...given.map(({ name, from }) => `import { ${name} } from "./${from}.js";\n`),
    ...imports,
  ].sort((a, b) => (fromOf(a) < fromOf(b) ? -1 : 1));
  const extra = given.map(({ name, as }) => (as === name ? `, ${name}` : `, ${as}: ${name}`)).join("");
  return `${lines.join("")}\nrun({ contract, example, pages, parts, keep: ${keep}${extra} });\n`;
}

interface HostPart {
  readonly name: string;
  readonly from: string;
  readonly as: string;
}

const AT_TIME: HostPart = { name: "atTime", from: "node/host/at-time", as: "atTime" };
const LIMITER: HostPart = { name: "limitEach", from: "runtime/answer/memory-limiter", as: "limiter" };
const COUNTRY: HostPart = { name: "COUNTRY_HEADER", from: "runtime/judge/derive", as: "countryHeader" };

/** Returns what accepted events go through: straight into a database of this machine, or a spool in front of what is elsewhere. */
function keeping(model: Model): { readonly imports: readonly string[]; readonly keep: string } {
  const { queued, file, export: name, onNode } = sinkOf(model);
  if (!queued) return { imports: ['import { directly } from "./node/stores/directly.js";\n'], keep: "directly" };
  const spooled = 'import { spooled } from "./node/spool/spooled.js";\n';
  if (onNode !== undefined)
    return {
      imports: [spooled, `import { ${onNode.export} } from "./node/stores/${onNode.file}.js";\n`],
      keep: `spooled(${onNode.export})`,
    };
  return {
    imports: [
      spooled,
      'import { remote } from "./node/stores/remote.js";\n',
      `import { ${name} } from "./runtime/${file}.js";\n`,
    ],
    keep: `spooled(remote(${name}))`,
  };
}

function fromOf(line: string): string {
  return line.slice(line.indexOf('"'));
}
