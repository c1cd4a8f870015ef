import type { Model } from "../../model/model.js";
import type { Picture } from "../../model/wire.js";
import { forgetting, pathOf } from "./contract.js";
import { sinkOf } from "./sinks.js";

/** The parts of the worker that only some contracts need: where each part lies in its runtime, and what it is called there. */
export const parts = {
  apart: { file: "read/put-back", name: "putBack" },
  batch: { file: "judge/judge-batch", name: "openBatch" },
  consume: { file: "sinks/consume", name: "consume" },
  derive: { file: "judge/derive", name: "derive" },
  encoded: { file: "read/read-encoded", name: "encodedReader" },
  forget: { file: "answer/forget", name: "forget" },
  forgetStored: { file: "sinks/forget-stored", name: "forgetStored" },
  list: { file: "read/read-list", name: "listReader" },
  path: { file: "judge/match-path", name: "readPath" },
  prometheus: { file: "judge/judge-prometheus", name: "openPrometheus" },
  repeated: { file: "read/read-repeated", name: "repeatedReader" },
  text: { file: "read/read-text", name: "textReader" },
  times: { file: "judge/times", name: "timeWindow" },
} as const;

export type PartName = keyof typeof parts;

/** The parts that a contract needs: none that it doesn't. */
export function partsOf(model: Model): readonly PartName[] {
  const all = Object.keys(parts) as PartName[];
  // The older contracts that it hears, too, are not here to be asked.
  if (model.ingest.also !== undefined) return all;
  const { wire, ingest } = model;
  const used = new Set<PartName>();
  for (const kind of kindsIn(wire)) {
    const part = PART_OF[kind];
    if (part !== undefined) used.add(part);
  }
  if ("apart" in wire) used.add("apart");
  if (pathOf(model.destination.url).includes("{")) used.add("path");
  if (JSON.stringify(wire).includes('"repeat":')) used.add("repeated").add("text");
  if (wire.format === "prometheus-text") used.add("prometheus");
  else if (wire.each !== undefined) used.add("batch");
  if (ingest.derives !== undefined) used.add("derive");
  if (forgetting(model)) used.add("forget").add("forgetStored");
  if (sinkOf(model).queued) used.add("consume");
  return all.filter((name) => used.has(name));
}

/** The part that reads a kind of node, where not every contract has one. */
const PART_OF: Readonly<Record<Picture["kind"], PartName | undefined>> = {
  constant: undefined,
  event: undefined,
  each: undefined,
  name: undefined,
  value: undefined,
  text: undefined,
  time: "times",
  sent: undefined,
  field: undefined,
  object: undefined,
  list: "list",
  json: "encoded",
  base64: "encoded",
  base64url: "encoded",
  joined: "text",
  line: "text",
};

/** The kinds of all nodes in a wire's pictures; more than there are does no harm. */
function kindsIn(value: unknown): ReadonlySet<Picture["kind"]> {
  const kinds = new Set<Picture["kind"]>();
  const walk = (one: unknown): void => {
    if (typeof one !== "object" || one === null) return;
    const { kind } = one as { readonly kind?: unknown };
    if (typeof kind === "string" && Object.hasOwn(PART_OF, kind)) kinds.add(kind as Picture["kind"]);
    for (const inner of Object.values(one)) walk(inner);
  };
  walk(value);
  return kinds;
}

/** `parts.js`. */
export function printParts(model: Model): string {
  const names = partsOf(model);
  const imports = names.map((part) => `import { ${parts[part].name} } from "./runtime/${parts[part].file}.js";\n`);
  const entries = names.map((part) => (part === parts[part].name ? part : `${part}: ${parts[part].name}`));
  const about = "/** The parts of the worker that this contract needs beside what every contract does. */\n";
  const head = imports.length === 0 ? "" : `${imports.join("")}\n`;
  return `${head}${about}export const parts = {${entries.length === 0 ? "" : ` ${entries.join(", ")} `}};\n`;
}
