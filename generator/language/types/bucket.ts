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
