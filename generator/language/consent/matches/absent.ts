import { PureCall } from "../../../emit/literal.js";
import type { Match } from "../../../model/model.js";
import { type MatchWord, word } from "./define.js";

/** Nothing is there: a key that was deleted, a variable that was never set. */
export const absent: MatchWord<Extract<Match, { kind: "absent" }>> = {
  schema: word("absent", "Nothing is there."),
  holds: () => false,
  says: () => "nothing at all",
  example: () => "",
  call: () => new PureCall("isAbsent"),
  samples: () => [],
  named: () => [],
  kinds: () => [],
  clients: ["python", "go"],
};
