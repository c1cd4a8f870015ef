import type { Plan, PlanEmitter, PlanField, PlanRollup } from "../../plan/plan.js";
import { type Code, literal } from "./code.js";
import { drawnOf } from "./limits.js";
import { duration, text } from "./literal.js";
import { placeOf } from "./places.js";
import { fieldOf, keptOf } from "./values.js";

type Line = readonly [name: string, value: Code | undefined];

/** The queue on the disk, what its lines are held to, and what is counted. */
export function queueLines(plan: Plan): readonly Line[] {
  const { product, delivery, wire, common } = plan;
  const { queue, putsBack = [], limits } = delivery;
  if (queue === undefined) return [];
  const versions = common.flatMap(({ name, from }) => (from.kind === "schema-version" ? [text(name)] : []));
  const oneEach = wire.format !== "prometheus-text" && wire.each === undefined;
  const members = [
    `file: ${placeOf(product, queue.file)}`,
    `maxSize: ${queue.maxSize}`,
    ...(queue.whenFull === "drop-newest" ? ["dropNewest: true"] : []),
    `reclaimAfter: ${duration(queue.reclaimAfter)}`,
    ...(putsBack.length > 0 ? [`putsBack: []int{${putsBack.join(", ")}}`] : []),
    `mostEvents: ${limits.events}`,
    `mostBytes: ${limits.body}`,
    ...(oneEach ? ["oneEach: true"] : []),
    ...(versions.length > 0 ? [`revisions: []string{${versions.join(", ")}}`] : []),
    "heldTo: map[string]keptTerms{}",
  ];
  return [
    ["queue", `&queueTerms{${members.join(", ")}}`],
    ...plan.emitters.flatMap(keptLine),
    ...(rollupsOf(plan).length > 0 ? [["rollups", "map[string]rollupTerms{}"] as const] : []),
    ...rollupsOf(plan).map(rollupLine),
  ];
}

export function rollupsOf({ emitters }: Plan): readonly PlanRollup[] {
  return emitters.flatMap((one) => (one.kind === "rollup" ? [one] : []));
}

/** Returns what a line of the queue is held to again when it is sent. */
function keptLine(one: PlanEmitter): readonly Line[] {
  const name = `queue.heldTo[${text(one.name)}]`;
  const kept = (fields: readonly PlanField[], rest: string): Code => ({
    open: "keptTerms{fields: []field{",
    items: fields.map((field) => keptOf(field)),
    close: `}${rest}}`,
  });
  switch (one.kind) {
    case "event": {
      const drawn = drawnOf(one);
      return [[name, kept(one.fields, drawn === undefined ? "" : `, sampled: ${drawn}`)]];
    }
    case "rollup": {
      const counters = one.counters.map(({ name, most }) => `{${text(name)}, ${most ?? Number.MAX_SAFE_INTEGER}}`);
      return [[name, kept(one.by, `, counters: []capped{${counters.join(", ")}}`)]];
    }
    case "metric":
      return [];
    default:
      return one satisfies never;
  }
}

function rollupLine({ name, by, counters }: PlanRollup): Line {
  const fields: Code = { open: "[]field{", items: by.map((field) => fieldOf(field)), close: "}" };
  return [
    `rollups[${text(name)}]`,
    literal("rollupTerms", fields, `[]string{${counters.map((one) => text(one.name)).join(", ")}}`),
  ];
}
