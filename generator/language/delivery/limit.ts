import type { Limit } from "../../model/model.js";
import { DURATION, defineRhythm, inWords, milliseconds } from "./define.js";

/** The most often that it is sent, for one process, day, machine, or stretch of time. */
export const limit = defineRhythm<Limit>({
  schema: {
    description: "At most how often.",
    type: "object",
    properties: {
      once_per: {
        description: "`process` (its main thread), `day` (UTC), `machine`, or a duration, counted from 1970: `12h`.",
        type: "string",
        pattern: `^(?:process|day|machine|${DURATION.slice(1, -1)})$`,
      },
      for_each: {
        description: "Fields with closed sets: once for each combination.",
        type: "array",
        items: { type: "string", minLength: 1 },
        minItems: 1,
        uniqueItems: true,
      },
      described: {
        description: "The product's own code does this.",
        const: true,
      },
    },
    required: ["once_per"],
    additionalProperties: false,
  },
  read: (written) => {
    const { once_per, for_each = [] } = written as { once_per: string; for_each?: readonly string[] };
    const named = once_per === "process" || once_per === "day" || once_per === "machine";
    return { oncePer: named ? once_per : milliseconds(once_per), forEach: for_each };
  },
  title: "Limit:",
  sentence: (value) => `at most ${once(value)}${begins(value)}.`,
  spoken: (value) => (value === undefined ? "every time" : once(value)),
  denser: (was, is) => perDay(is) > perDay(was) || (is?.forEach ?? []).some((name) => !was?.forEach.includes(name)),
});

function once({ oncePer, forEach }: Limit): string {
  const what = typeof oncePer === "number" ? `once in ${inWords(oncePer)}` : `once per ${oncePer}`;
  return forEach.length === 0 ? what : `${what} for each ${forEach.map((name) => `\`${name}\``).join(" and ")}`;
}

/** Two may lie close together, where one stretch ends and the next begins. */
function begins({ oncePer }: Limit): string {
  if (oncePer === "day") return " (UTC)";
  return typeof oncePer === "number"
    ? `. The ${inWords(oncePer).replace(/^1 /, "")} are counted from 1970 (UTC), not from the last one`
    : "";
}

function perDay(value: Limit | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  switch (value.oncePer) {
    case "process":
      return Number.MAX_SAFE_INTEGER;
    case "day":
      return 1;
    case "machine":
      return 0;
    default:
      return 86_400_000 / value.oncePer;
  }
}
