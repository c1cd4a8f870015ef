import { endingForm, STATE_FORMS } from "../language/file-forms.js";
import type { StateFile } from "../model/model.js";
import { at, type Tree, textOf } from "./tree.js";

/** The form of a state file that isn't JSON: as it is said, or as its ending says. */
export function stateForm(file: Tree | undefined): StateFile["form"] {
  const said = textOf(at(file, "form")) ?? endingForm(textOf(at(file, "path")) ?? "");
  const form = STATE_FORMS.find((one) => one === said);
  return form === "json" ? undefined : form;
}
