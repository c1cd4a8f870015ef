import { code, enumerate, say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import { shown } from "../../../emit/shown.js";
import type { Match } from "../../../model/model.js";
import { type MatchWord, spelt } from "./define.js";

/** `{ any_except: ["", "0"] }`: anything but these. */
export const anyExcept: MatchWord<Extract<Match, { kind: "any-except" }>> = {
  schema: {
    type: "object",
    properties: {
      any_except: {
        description: "It is anything but these.",
        type: "array",
        items: { type: ["string", "number"] },
        minItems: 1,
      },
    },
    additionalProperties: false,
    required: ["any_except"],
  },
  holds: ({ values }, value) => !values.includes(spelt(value)),
  says: ({ values }, textsOnly) =>
    say`anything but ${enumerate(
      values.map((text) => (text === "" ? "the empty text" : textsOnly ? code(text) : shown(text))),
      "and",
    )}`,
  example: ({ values }) =>
    ["1", "yes", "on"].find((text) => !values.includes(text)) ?? values.map((text) => `${text}1`).join(""),
  call: ({ values }) => new PureCall("anyExcept", values),
  samples: ({ values }) => [...values, "1", "false", " "],
  named: ({ values }) => values,
  kinds: () => undefined,
  clients: ["python", "go", "rust"],
};
