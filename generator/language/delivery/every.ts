import type { JsonValue } from "../../model/json-schema.js";
import type { Schedule } from "../../model/model.js";
import { DURATION, defineRhythm, inWords, milliseconds } from "./define.js";

/** The keys that say so, beside each other in an event or a metric. */
export const SCHEDULE_KEYS = ["every", "first_after", "jitter"] as const;

const length = (description: string) => ({ description, type: "string", pattern: DURATION });

/** By the clock: so often, and not when something happens. */
export const every = defineRhythm<Schedule>({
  schema: length("Sent by the clock while the program runs: `24h`."),
  read: (written) => {
    const { every = "0", first_after, jitter } = written as Partial<Record<(typeof SCHEDULE_KEYS)[number], string>>;
    return {
      every: milliseconds(every),
      ...(first_after === undefined ? {} : { firstAfter: milliseconds(first_after) }),
      ...(jitter === undefined ? {} : { jitter: milliseconds(jitter) }),
    };
  },
  title: "Rhythm:",
  sentence: (value) => `${often(value)} while the program runs${first(value)}${spread(value)}.`,
  spoken: (value) => (value === undefined ? "when it happens" : `${often(value)}${first(value)}${spread(value)}`),
  // Whether what happens is rarer than a clock's rhythm, nobody can tell.
  denser: (was, is) => {
    if (was === undefined || is === undefined) return was !== is;
    return is.every < was.every || (is.firstAfter ?? 0) < (was.firstAfter ?? 0) || (is.jitter ?? 0) < (was.jitter ?? 0);
  },
});

/** The schemas of the keys beside `every`. */
export const beside: Readonly<Record<"first_after" | "jitter", { readonly [keyword: string]: JsonValue }>> = {
  first_after: length("When the first one is due, after the first start on a machine. At once by default."),
  jitter: length("Each is due up to so much later, by chance."),
};

/** `every 24 hours`; `every hour`. */
function often({ every: length }: Schedule): string {
  return `every ${(length === 86_400_000 ? "24 hours" : inWords(length)).replace(/^1 /, "")}`;
}

function first({ firstAfter }: Schedule): string {
  return firstAfter === undefined ? "" : `, for the first time ${inWords(firstAfter)} after its first start`;
}

function spread({ jitter }: Schedule): string {
  return jitter === undefined ? "" : `, each time up to ${inWords(jitter)} later, by chance`;
}
