import type { Sample } from "../../model/model.js";
import { defineRhythm } from "./define.js";

/** A part of the events, or of the machines, drawn by chance. */
export const sample = defineRhythm<Sample>({
  schema: {
    description: "Only a part is sent.",
    type: "object",
    properties: {
      one_in: { description: "One in how many.", type: "integer", minimum: 2, maximum: 1_000_000 },
      by: {
        description: "An identifier, whose value then sends all or nothing. By default each event is drawn.",
        type: "string",
        minLength: 1,
      },
      reported_as: {
        description: "The field in which the client says one in how many.",
        type: "string",
        minLength: 1,
      },
      described: {
        description: "The product's own code does this.",
        const: true,
      },
    },
    required: ["one_in"],
    additionalProperties: false,
  },
  read: (written) => {
    const { one_in, by, reported_as } = written as { one_in: number; by?: string; reported_as?: string };
    return {
      oneIn: one_in,
      ...(by === undefined ? {} : { by }),
      ...(reported_as === undefined ? {} : { reportedAs: reported_as }),
    };
  },
  title: "Sample:",
  sentence: ({ oneIn, by, reportedAs }) =>
    `${by === undefined ? `one in ${oneIn} is sent, by chance` : `one in ${oneIn} is drawn by its \`${by}\`, and sends it each time; the others never do`}${reportedAs === undefined ? "" : `; \`${reportedAs}\` says so`}.`,
  spoken: (value) => {
    if (value === undefined) return "always";
    const { oneIn, by, reportedAs } = value;
    const how = by === undefined ? `one time in ${oneIn}` : `by one \`${by}\` in ${oneIn}`;
    return reportedAs === undefined ? how : `${how}, as \`${reportedAs}\` says`;
  },
  denser: (was, is) =>
    (is?.oneIn ?? 1) < (was?.oneIn ?? 1) || (was?.by !== is?.by && is !== undefined && was !== undefined),
});
