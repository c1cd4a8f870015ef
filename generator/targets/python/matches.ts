import type { Match } from "../../model/model.js";
import type { Plain } from "../../plan/plan.js";
import { Call, type Literal, Name } from "./literal.js";

/** A match as the runtime's functions. */
export function matchData(match: Match | Plain<Match>): Literal {
  switch (match.kind) {
    case "exactly":
      return new Call("exactly", match.values as readonly Literal[]);
    case "any-except":
      return new Call("any_except", match.values as readonly Literal[]);
    case "any-of":
      return new Call("any_of", match.of.map(matchData));
    case "non-empty":
      return new Name("non_empty");
    case "truthy":
    case "falsy":
    case "present":
      return new Name(match.kind);
    case "absent":
      return new Name("is_absent");
    case "at-least":
      return new Call("at_least", [match.value]);
    default:
      return match satisfies never;
  }
}
