import type { Combine } from "../../model/model.js";
import { itemOf, listedValues } from "../../plan/inside.js";
import type { Plan, PlanEmitter, PlanField, PlanRollup, PlanValue } from "../../plan/plan.js";
import type { Code } from "./code.js";
import { type Belongs, gateOf } from "./gates.js";
import { drawnOf } from "./limits.js";
import { duration, plain, text } from "./literal.js";
import { placeOf } from "./places.js";
import { fieldOf, keptOf, takeOf } from "./values.js";

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
  return emitters.flatMap((emitter) => (emitter.kind === "rollup" ? [emitter] : []));
}

/** Returns what a line of the queue is held to again when it is sent. */
function keptLine(emitter: PlanEmitter): readonly Line[] {
  const name = `queue.heldTo[${text(emitter.name)}]`;
  const kept = (fields: readonly PlanField[], rest: string): Code => ({
    open: "keptTerms{fields: []field{",
    items: fields.map((field) => keptOf(field)),
    close: `}${rest}}`,
  });
  switch (emitter.kind) {
    case "event": {
      const drawn = drawnOf(emitter);
      return [[name, kept(emitter.fields, `${drawn === undefined ? "" : `, sampled: ${drawn}`}${gated(emitter)}`)]];
    }
    case "rollup": {
      const counters = countersOf(emitter).map(
        ({ name, most }) => `{${text(name)}, ${most ?? Number.MAX_SAFE_INTEGER}}`,
      );
      const rest = `, counters: []capped{${counters.join(", ")}}${periodOf(emitter)}${mixedOf(emitter, "values")}${gated(emitter)}`;
      return [[name, kept(emitter.by, rest)]];
    }
    case "metric":
      return [];
    default:
      return emitter satisfies never;
  }
}

function rollupLine(rollup: PlanRollup): Line {
  const counters = `counters: []string{${countersOf(rollup)
    .map(({ name }) => text(name))
    .join(", ")}}`;
  return [
    `rollups[${text(rollup.name)}]`,
    {
      open: "rollupTerms{fields: []field{",
      items: rollup.by.map((field) => fieldOf(field)),
      close: `}, ${counters}${periodOf(rollup)}${mixedOf(rollup, "mixed")}${gated(rollup)}}`,
    },
  ];
}

function gated(one: Belongs): string {
  const gate = gateOf(one);
  return gate === undefined ? "" : `, gate: ${gate}`;
}

function periodOf({ per }: PlanRollup): string {
  return per === undefined ? "" : `, period: ${text(typeof per === "number" ? `${per} calls` : per)}`;
}

/** Those that are sums of a day's calls; what else a call brings is combined in a way of its own. */
export function countersOf({ plain, counters }: PlanRollup): PlanRollup["counters"] {
  return counters.filter(({ counts }) => plain || isCounting(counts));
}

/** Returns what a rollup combines beside its calls. */
export function combinedOf({ plain, counters }: PlanRollup): PlanRollup["counters"] {
  return counters.filter(({ counts }) => !plain && !isCounting(counts));
}

function isCounting(counts: Combine): boolean {
  return counts === "calls" || counts === "failed-calls";
}

function mixedOf(rollup: PlanRollup, called: string): string {
  const all = combinedOf(rollup).map(
    ({ name, counts, value, most }) =>
      `{${[text(name), text(counts), takeOfCombined(counts, value), most ?? Number.MAX_SAFE_INTEGER, allOf(counts, value)].join(", ")}}`,
  );
  return all.length === 0 ? "" : `, ${called}: []combined{${all.join(", ")}}`;
}

function takeOfCombined(counts: Combine, value: PlanValue): string {
  switch (counts) {
    case "count-distinct":
      return "spoken";
    case "union":
      return takeOf(itemOf(value));
    case "calls":
    case "failed-calls":
    case "sum":
    case "max":
    case "min":
    case "last":
      return takeOf(value);
    default:
      return counts satisfies never;
  }
}

function allOf(counts: Combine, value: PlanValue): string {
  if (counts !== "union") return "nil";
  return `[]any{${listedValues(value).map(plain).join(", ")}}`;
}
