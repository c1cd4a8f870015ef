import { PureCall } from "../../../emit/literal.js";
import type { Match } from "../../../model/model.js";
import { type MatchWord, spelt, word } from "./define.js";

/** Set to something. */
export const nonEmpty: MatchWord<Extract<Match, { kind: "non-empty" }>> = {
  schema: word("non-empty", 'Set, and not to "".'),
  holds: (_, value) => spelt(value) !== "",
  says: () => "anything but the empty text",
  example: () => "1",
  call: () => new PureCall("nonEmpty"),
  samples: () => ["1", "0", ""],
  named: () => [],
  kinds: () => undefined,
  clients: ["python", "go", "rust"],
};
