import { change, type FrozenType, type TypeChange, typeInWords } from "./comparison.js";
import { same } from "./contains.js";
import { defineType, type Lowering, oneOf, type ParameterSchema, type Problem } from "./define.js";

type Edge = number | "unlimited";

interface Bucket {
  readonly unit: string;
  readonly below?: Readonly<Record<string, Edge>>;
  readonly up_to?: Readonly<Record<string, Edge>>;
}

const edges = {
  type: "object",
  minProperties: 2,
  propertyNames: { $ref: "#/definitions/range" },
  additionalProperties: { anyOf: [{ type: "number" }, { const: "unlimited" }] },
} as const satisfies Omit<ParameterSchema, "description">;

export const bucket = defineType<Bucket>({
  name: "bucket",
  describes: "a range's label; the emitter takes the number, which is never sent",
  compare: compareBuckets,
  compareOthers,
  frozen: ["values", "input"],
  closed: true,
  clients: ["python", "go", "rust"],
  parameters: {
    unit: {
      description: "What the raw number counts: `files`, `GiB`.",
      type: "string",
      minLength: 1,
    },
    below: {
      description: "Label → edge: for numbers below it. Edges rise; the last is `unlimited`.",
      ...edges,
    },
    up_to: {
      description: "Label → edge: for numbers whose whole part is at most that.",
      ...edges,
    },
  },
  required: ["unit"],
  oneOf: ["below", "up_to"],
  check: checkEdges,
  lower: (parameters, context) => {
    const ranges = context.entries(parameters.below === undefined ? "up_to" : "below");
    const labels = ranges.map(([label]) => label);
    return {
      kind: "bucket",
      schema: oneOf(labels),
      values: labels,
      rule: `a range of ${parameters.unit}, one of`,
      alternatives: labels.length,
      input: {
        kind: "bucket",
        unit: parameters.unit,
        edges: ranges.flatMap(([, edge]) => (typeof edge === "number" ? [edge] : [])),
        labels,
        compare: parameters.below === undefined ? "up-to" : "below",
      },
    };
  },
  example: ({ values }) => values?.[0],
});

/**
 * The order written must be the rising one: a reader checks a range by reading it, and a shuffled list hides an edge.
 * `unlimited` stands last, so that every number has a label and none needs to be sent as it is.
 */
function checkEdges(parameters: Bucket, context: Pick<Lowering, "entries">): readonly Problem[] {
  const name = parameters.below === undefined ? "up_to" : "below";
  const labels = context.entries(name) as readonly (readonly [string, Edge])[];
  const problems: Problem[] = [];
  let previous: readonly [string, Edge] | undefined;
  for (const entry of labels) {
    const [label, edge] = entry;
    if (previous !== undefined && previous[1] === "unlimited") {
      problems.push({
        code: "edges-not-rising",
        path: [name, label],
        message: `"${label}" comes after "${previous[0]}", which already takes every number.`,
        hint: "Write unlimited once, at the last label.",
      });
    } else if (previous !== undefined && edge !== "unlimited" && edge <= (previous[1] as number)) {
      problems.push({
        code: "edges-not-rising",
        path: [name, label],
        message: `The edge ${edge} of "${label}" is not above ${previous[1]}, the edge of "${previous[0]}".`,
        hint: "Write the labels from the smallest edge to the largest.",
      });
    }
    previous = entry;
  }
  if (previous !== undefined && !labels.some(([, edge]) => edge === "unlimited")) {
    problems.push({
      code: "edges-not-closed",
      path: [name, previous[0]],
      message: `The last label "${previous[0]}" ends at ${previous[1]}: larger numbers would have no label.`,
      hint: `Give the last label the edge unlimited.`,
    });
  }
  return problems;
}

function compareBuckets(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  const [was, is] = [before.input, after.input];
  if (was?.kind !== "bucket" || is?.kind !== "bucket") return [];
  if (was.unit !== is.unit) return change("meaning-changed", `counted ${was.unit} and would count ${is.unit}`);
  const [kept, all] = [
    is.edges.every((edge) => was.edges.includes(edge)),
    was.edges.every((edge) => is.edges.includes(edge)),
  ];
  const now = `tells ${is.labels.join(", ")}; it told ${was.labels.join(", ")}`;
  if (was.compare !== is.compare || (!kept && !all)) return change("buckets-shifted", now);
  if (kept && all) {
    if (same(was.labels, is.labels)) return [];
    // A label that goes on to stand for another range: what is stored and what comes could not be told apart.
    const moved = is.labels.some((label, index) => was.labels[index] !== label && was.labels.includes(label));
    return change(moved ? "meaning-changed" : "value-renamed", now);
  }
  return change(kept ? "precision-lowered" : "precision-raised", now);
}

/** A number that becomes its range, a range that becomes its number, and a range beside another closed set. */
function compareOthers(before: FrozenType, after: FrozenType): readonly TypeChange[] | undefined {
  if (before.kind === "int") return intoRanges(before, after);
  if (after.kind === "int")
    return change("type-widened", `is now the number itself, and no longer ${typeInWords(before)}`);
  if (before.values === undefined || after.values === undefined) return undefined;
  return change(
    "type-widened",
    `is now ${typeInWords(after)}, and was ${typeInWords(before)}; a label that both have may mean something else`,
  );
}

/** A range in which no number lay that could be sent is something new to tell. */
function intoRanges(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  const { minimum = 0, maximum = 0 } = before.schema;
  const edges = after.input?.kind === "bucket" ? after.input.edges : [];
  const beyond = maximum < (edges.at(-1) ?? 0) || minimum >= (edges[0] ?? Number.POSITIVE_INFINITY);
  const lowered = change("precision-lowered", `is now ${typeInWords(after)}, and no longer the number itself`);
  return beyond
    ? [
        ...change(
          "type-widened",
          `also tells of numbers that were not sent: ${typeInWords(after)}; it was ${typeInWords(before)}`,
        ),
        ...lowered,
      ]
    : lowered;
}
