import { answerOfPart } from "../../language/consent/answer.js";
import { allSteps } from "../../language/consent/parts.js";
import type { Model } from "../../model/model.js";
import type { Report } from "../report.js";
import { at, entriesOf, itemsOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** Where no step reads a stored answer, a prompt or a command of the client's would keep it for nobody. */
export function nowhereToKeep({ consent }: Model, root: Judged["root"], report: Report): void {
  const menu = at(root, "consent", "commands", "disable", "where");
  const read = allSteps(consent).some(
    ({ place, disableWhen }) => place.kind !== "env" && place.kind !== "flag" && place.kind !== "fact" && disableWhen,
  );
  if (menu !== undefined && !read)
    report.add("answer-kept-nowhere", menu, "What is set there is read by no step.", {
      hint: "Add the step that reads it: { given: NAME, means: … }, or a key of config or stored.",
    });
  const hint = "Add a step { stored: KEY } and its state_file.";
  for (const part of consent.parts ?? []) {
    const [ask] = itemsOf(at(root, "consent", "parts", part.name, "ask"));
    if (ask !== undefined && answerOfPart({ consent }, part) === undefined)
      report.add("answer-kept-nowhere", ask, `The answer for ${part.name} is kept where no step of its own looks.`, {
        hint: "Add a step { stored: KEY } to the part, with a key that nothing else reads.",
      });
  }
  if (consent.order.some(({ place }) => place.kind === "stored")) return;
  const [ask] = itemsOf(at(root, "consent", "ask"));
  if (ask !== undefined) report.add("answer-kept-nowhere", ask, "The answer is kept where no step looks.", { hint });
  // A configuration may be what the command writes into.
  if (consent.order.some(({ place }) => place.kind === "config" || place.kind === "given")) return;
  for (const [name, { key, value }] of entriesOf(at(root, "consent", "commands")))
    if ((name === "enable" || name === "disable") && at(value, "run") !== undefined)
      report.add("answer-kept-nowhere", key, `What commands.${name} says is kept where no step looks.`, { hint });
}
