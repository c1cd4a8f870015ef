import { answered, answerOfPart } from "../../language/consent/answer.js";
import { allSteps } from "../../language/consent/parts.js";
import { placeWord } from "../../language/consent/places/index.js";
import { decidingValue } from "../../language/consent/step.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, entriesOf, itemsOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** Checks that a step reads the stored answer; otherwise a prompt or a command of the client's would keep it for nobody. */
export function answersKept({ model: { consent }, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent", "types", "identifiers")) return;
  // What is wrong with a type is said there.
  if (consent.stateFile?.keys.some(({ type }) => isUnsettled(type))) return;
  const menu = at(root, "consent", "commands", "disable", "where");
  const read = allSteps(consent).some(
    ({ place, disableWhen }) => place.kind !== "env" && place.kind !== "flag" && place.kind !== "fact" && disableWhen,
  );
  if (menu !== undefined && !read)
    report.add("answer-kept-nowhere", menu, "No step reads what is set there.", {
      hint: "Add the step that reads it: { given: NAME, means: … }, or a key of config or stored.",
    });
  for (const part of consent.parts ?? []) {
    const [ask] = itemsOf(at(root, "consent", "parts", part.name, "ask"));
    if (ask !== undefined && answerOfPart({ consent }, part) === undefined)
      report.add("answer-kept-nowhere", ask, `The answer for ${part.name} is stored where none of its steps looks.`, {
        hint: "Add a step { stored: KEY } to the part, with a key that nothing else reads.",
      });
  }
  const first = answered(consent);
  if (first !== undefined) {
    for (const [name, says_] of [
      ["enable", "yes"],
      ["disable", "no"],
    ] as const) {
      const command = at(root, "consent", "commands", name, "run");
      if (command !== undefined && decidingValue(first, says_, consent) === undefined)
        report.add(
          "answer-kept-nowhere",
          command,
          `What commands.${name} says can't be kept: ${placeWord(first.place).name(first.place)} never holds a ${says_}.`,
          { hint: `Give the step a value that says ${says_}, or remove the command.` },
        );
    }
    return;
  }
  const hint = "Add a step { stored: KEY } and its state_file.";
  const [ask] = itemsOf(at(root, "consent", "ask"));
  if (ask !== undefined) report.add("answer-kept-nowhere", ask, "The answer is stored where no step looks.", { hint });
  // It answers for each part.
  if ((consent.parts ?? []).some((part) => answerOfPart({ consent }, part) !== undefined)) return;
  // A configuration may be what the command writes into.
  if (consent.order.some(({ place }) => place.kind === "config" || place.kind === "given")) return;
  for (const [name, { key, value }] of entriesOf(at(root, "consent", "commands")))
    if ((name === "enable" || name === "disable") && at(value, "run") !== undefined)
      report.add("answer-kept-nowhere", key, `What commands.${name} says is kept where no step looks.`, { hint });
}
