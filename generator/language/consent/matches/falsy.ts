import { code, enumerate, say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import type { Match } from "../../../model/model.js";
import { type MatchWord, spelt, word } from "./define.js";

const words = ["0", "false", "no", "off"];

/** The usual words for no. */
export const falsy: MatchWord<Extract<Match, { kind: "falsy" }>> = {
  schema: word("falsy", "0 false no off, in any case, with spaces around them."),
  holds: (_, value) => words.includes(spelt(value).trim().toLowerCase()),
  says: () => say`${enumerate(words.map(code), "or")}, in any letter case`,
  example: () => "0",
  call: () => new PureCall("falsy"),
  samples: () => ["0", " Off ", "maybe"],
  named: () => [],
  kinds: () => undefined,
  clients: ["python", "go", "rust"],
};
