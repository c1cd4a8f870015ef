import type { ConsentStep, Match } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, type Tree } from "../tree.js";

/** A number without quotes is compared with texts that are numbers, too; one in quotes only sign by sign. */
export function numberInQuotes({ enableWhen, place }: ConsentStep, tree: Tree, report: DiagnosticSink): void {
  // A key of the state file holds what its type says, and a text there is compared as one.
  if (place.kind === "stored") return;
  const least = enableWhen && leasts(enableWhen).find((one) => /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/.test(String(one)));
  if (typeof least !== "string") return;
  report.add(
    "number-in-quotes",
    at(tree, "enable_when") ?? tree,
    `"${least}" is a text, and texts are compared sign by sign: 10 is less than 9.`,
    { hint: `Write at_least: ${least}. A variable that holds a number is compared with it, too.` },
  );
}

function leasts(match: Match): readonly (string | number)[] {
  if (match.kind === "any-of") return match.of.flatMap(leasts);
  return match.kind === "at-least" ? [match.value] : [];
}
