import { accepts } from "../../model/accepts.js";
import { automaton, countTexts, Undecided } from "./automaton.js";
import { bySets } from "./comparison.js";
import { counted, defineType, type Problem } from "./define.js";
import { intrusionIn } from "./intruders.js";
import { patternProblem } from "./pattern-problems.js";

interface Text {
  readonly pattern: string;
  readonly max_length: number;
  readonly otherwise?: string;
  readonly justification?: string;
}

export const string = defineType<Text>({
  name: "string",
  describes: "text of a `pattern`, at most `max_length` long",
  compare: bySets,
  frozen: [],
  closed: false,
  clients: ["python", "go", "rust"],
  parameters: {
    pattern: {
      description:
        "A regular expression from ^ to $, without look-around or repeated repetition. Without a justification it lets through no path, e-mail address, URL with credentials or sentence.",
      type: "string",
      minLength: 1,
      maxLength: 512,
      examples: ["^[a-z-]+$"],
    },
    max_length: {
      description: "The most UTF-16 units.",
      type: "integer",
      minimum: 1,
      maximum: 65536,
      examples: [32],
    },
    otherwise: {
      description: "Sent in place of a text of another form, or of a missing one. It has the form itself.",
      type: "string",
    },
    justification: {
      description: "Why wider text is let through.",
      examples: ["The names are the product's own."],
      type: "string",
      minLength: 20,
    },
  },
  required: ["pattern", "max_length"],
  check: checkPattern,
  lower: ({ pattern, max_length, otherwise, justification }) => ({
    kind: "string",
    schema: { type: "string", pattern, maxLength: max_length },
    rule: `at most ${counted(max_length, "character")} of a fixed form`,
    alternatives: textsOf(pattern, max_length),
    ...(otherwise === undefined ? {} : { input: { kind: "replaced", otherwise } as const }),
    ...(justification === undefined ? {} : { justification }),
  }),
});

const judged = new Map<string, readonly Problem[]>();

/** Judges a pattern once: the same few stand in many fields. */
function checkPattern(parameters: Text): readonly Problem[] {
  const problems = formProblems(parameters);
  const { pattern, max_length, otherwise } = parameters;
  const schema = { type: "string", pattern, maxLength: max_length } as const;
  if (problems.length > 0 || otherwise === undefined || accepts(schema, otherwise)) return problems;
  return [
    {
      code: "otherwise-not-listed",
      path: ["otherwise"],
      message: `${JSON.stringify(otherwise)} doesn't match the pattern.`,
      hint: "Add it to the pattern as an alternative, or name a text that matches.",
    },
  ];
}

function formProblems(parameters: Text): readonly Problem[] {
  const key = JSON.stringify([parameters.pattern, parameters.max_length, parameters.justification !== undefined]);
  const before = judged.get(key);
  if (before !== undefined) return before;
  const problems = judgePattern(parameters);
  judged.set(key, problems);
  return problems;
}

function judgePattern({ pattern, max_length, justification }: Text): readonly Problem[] {
  if (max_length > 1024 && justification === undefined)
    return [
      {
        code: "out-of-range",
        path: ["max_length"],
        message: `max_length is ${max_length}; above 1024 a text needs a justification.`,
        hint: "Add justification: why so much text has to leave. TELEMETRY.md prints it.",
      },
    ];
  const problem = patternProblem(pattern);
  if (problem !== undefined) return [{ path: ["pattern"], ...problem }];
  if (textsOf(pattern, max_length) === 0)
    return [
      {
        code: "out-of-range",
        path: ["max_length"],
        message: `No text of at most ${counted(max_length, "character")} matches the pattern.`,
        hint: "Raise max_length, or shorten what the pattern accepts.",
      },
    ];
  const found = justification === undefined ? intrusionIn(pattern, max_length) : undefined;
  if (found === undefined) return [];
  return [
    found === "undecided"
      ? {
          code: "pattern-undecided",
          path: ["pattern"],
          message: "The pattern is too complex to tell whether it accepts paths, addresses or sentences.",
          hint: "Use fewer and smaller repetitions, or add a justification that TELEMETRY.md will print.",
        }
      : {
          code: "too-wide",
          path: ["pattern"],
          message: `The pattern accepts ${found.what}: ${JSON.stringify(found.text)}.`,
          hint: "Narrow it, or add a justification that TELEMETRY.md will print.",
        },
  ];
}

/** More texts than this are named rather than counted: 33 bits would tell all people alive apart. */
const countable = 2 ** 33;

/** Returns how many texts of that form there are; infinity for more than can be counted. */
function textsOf(pattern: string, maxLength: number): number {
  try {
    return countTexts(automaton(pattern, maxLength), maxLength, countable);
  } catch (error) {
    if (error instanceof Undecided) return Number.POSITIVE_INFINITY;
    throw error;
  }
}
