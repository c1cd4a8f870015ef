import { say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import { shown } from "../../../emit/shown.js";
import type { Match, Scalar } from "../../../model/model.js";
import { kindOf, type MatchWord } from "./define.js";

/**
 * `{ at_least: "2022-07-04" }`: this or more; texts by their order, so that dates are compared as they are written, and only what begins
 * as this one does, digits aside: `never` is no date. A number is compared with the usual spelling of one, too: a variable holds
 * nothing else.
 */
export const atLeast: MatchWord<Extract<Match, { kind: "at-least" }>> = {
  schema: {
    type: "object",
    properties: {
      at_least: {
        description: "It is this or more: a number, or a text of its form by its order, such as a date.",
        type: ["string", "number"],
      },
    },
    additionalProperties: false,
    required: ["at_least"],
  },
  holds: ({ value }, found) =>
    typeof value === "number"
      ? asNumber(found) >= value
      : typeof found === "string" && found >= value && formOf(found, value) === formOf(value, value),
  says: ({ value }) => say`${shown(value)} or more`,
  example: ({ value }) => value,
  call: ({ value }) => new PureCall("atLeast", [value]),
  samples: ({ value }) =>
    typeof value === "number" ? [value, value - 1, value + 1] : [value, "", "zzz", `${value}0`, ...moments(value)],
  // A day is compared with a moment, too.
  named: ({ value }) => (moments(value).length > 0 ? [] : [value]),
  kinds: ({ value }) => [kindOf(value)],
  clients: ["python", "go"],
};

/** Returns the beginning of a text, as far as the other one goes, whatever its digits are. */
function formOf(text: string, { length }: string): string {
  return text.slice(0, length).replace(/\d/g, "0");
}

/** A moment of that day, where it is one. */
function moments(value: string | number): readonly string[] {
  return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? [`${value}T12:00:00Z`] : [];
}

/** NaN, which is never as much as anything, where it is not the usual spelling of a number. */
function asNumber(found: Scalar): number {
  if (typeof found === "boolean") return Number.NaN;
  return /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/.test(String(found)) ? Number(found) : Number.NaN;
}
