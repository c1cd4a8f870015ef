import { PureCall } from "../../../emit/literal.js";
import type { Match } from "../../../model/model.js";
import { type MatchWord, word } from "./define.js";

/** Set at all. */
export const present: MatchWord<Extract<Match, { kind: "present" }>> = {
  schema: word("present", "Set at all, even to nothing."),
  holds: () => true,
  says: () => "set to anything, even the empty text",
  example: () => "1",
  call: () => new PureCall("present"),
  samples: () => ["1", "0", ""],
  named: () => [],
  kinds: () => undefined,
  clients: ["python", "go", "rust"],
};
