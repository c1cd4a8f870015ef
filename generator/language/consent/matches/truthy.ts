import { code, enumerate, say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import type { Match } from "../../../model/model.js";
import { type MatchWord, spelt, word } from "./define.js";

const words = ["1", "true", "yes", "on"];

/** The usual words for yes. */
export const truthy: MatchWord<Extract<Match, { kind: "truthy" }>> = {
  schema: word("truthy", "1 true yes on, in any case, with spaces around them."),
  holds: (_, value) => words.includes(spelt(value).trim().toLowerCase()),
  says: () => say`${enumerate(words.map(code), "or")}, in any letter case`,
  example: () => "1",
  call: () => new PureCall("truthy"),
  samples: () => ["1", " TRUE ", "maybe"],
  named: () => [],
  kinds: () => undefined,
  clients: ["python", "go", "rust"],
};
