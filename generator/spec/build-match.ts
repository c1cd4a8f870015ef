import { readMatch } from "../language/consent/matches/index.js";
import { spelledOut } from "../language/consent/read-step.js";
import type { Match } from "../model/model.js";
import { type Tree, toJson } from "./tree.js";

/** Builds the condition of a variable's value: there are only texts in the environment, so a number is its usual spelling. */
export function buildMatch(tree: Tree): Match {
  return spelledOut(readMatch(toJson(tree)));
}
