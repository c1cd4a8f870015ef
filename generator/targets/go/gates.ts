import type { PlanEvent } from "../../plan/plan.js";
import { text } from "./literal.js";

/** Facts that the client finds out by itself. */
const KNOWN: Readonly<Record<string, string>> = {
  ci: "isCI",
  container: "inContainer",
  "no-terminal": "withoutTerminal",
};

/** Returns whether a program has to say what a fact is. */
export function isOwed(fact: string): boolean {
  return !Object.hasOwn(KNOWN, fact);
}

/** Returns whether something is so, as the runtime finds it. */
export function factOf({ fact }: { readonly fact: string }): string {
  return `fact(${text(fact)}, ${KNOWN[fact] ?? "nil"})`;
}

export type Belongs = Pick<PlanEvent, "part" | "sinceEpoch" | "onlyWhere">;

/** Returns what decides whether it may be sent, where that is more than all of consent. */
export function gateOf({ part, sinceEpoch, onlyWhere }: Belongs): string | undefined {
  if (part === undefined && sinceEpoch === undefined && onlyWhere === undefined) return undefined;
  return `gated(${text(part ?? "")}, ${sinceEpoch ?? 0}, ${onlyWhere === undefined ? "nil" : factOf(onlyWhere)})`;
}
