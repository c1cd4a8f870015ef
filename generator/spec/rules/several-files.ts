import { countsAbsent } from "../../language/consent/matches/index.js";
import { placeWord } from "../../language/consent/places/index.js";
import type { ConsentStep } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, itemsOf, type Tree } from "../tree.js";

/**
 * Checks a step about several files, of which every no comes before any yes: a value that no side names can't be told there from a
 * yes, nor a file without the key from one that isn't there.
 * @returns whether something was reported.
 */
export function unclearInSeveral(step: ConsentStep, tree: Tree, report: DiagnosticSink): boolean {
  const [otherwise, no, yes] = ["otherwise", "disable_when", "enable_when"].map((key) => at(tree, key));
  if (itemsOf(at(tree, "config")).length < 2) return false;
  const once = (place: Tree, message: string, hint: string) => {
    if (!report.found.some(({ code, span }) => code === "exclusive-keys" && span?.start === place.start))
      report.add("exclusive-keys", place, message, { hint });
    return true;
  };
  if (no !== undefined && step.disableWhen !== undefined && countsAbsent(step.disableWhen))
    return once(
      no,
      "In a step about several files, each file that isn't there would be a no.",
      "Remove absent, or name one file.",
    );
  const isOther = at(tree, "key") === undefined || placeWord(step.place).textsOnly(step.place);
  // Each is asked for false first, and what is neither true nor false can't be told from a no there.
  const isBare =
    yes?.kind === "list" && yes.items.every((one) => one.kind === "scalar" && typeof one.value === "boolean");
  if (yes !== undefined && no === undefined && !isOther && !isBare)
    return once(
      yes,
      "In a step about several files without disable_when, everything but true and false is a no.",
      "Write the words that are a no, too, for example disable_when: [falsy, disabled, none, never].",
    );
  if (otherwise === undefined || (no !== undefined && at(tree, "enable_when") === undefined)) return false;
  return once(
    otherwise,
    "A step about several files can't say yes and have otherwise.",
    "Write a step for each file, or the words that are a no: disable_when: [falsy, disabled, none, never].",
  );
}
