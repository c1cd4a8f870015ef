import { endingForm } from "../language/consent/places/config.js";
import type { StateFile } from "../model/model.js";
import { at, type Tree, textOf } from "./tree.js";

/** The form of a state file that isn't JSON: as it is said, or as its ending says. */
export function stateForm(file: Tree | undefined): StateFile["form"] {
  const form = textOf(at(file, "form")) ?? endingForm(textOf(at(file, "path")) ?? "");
  return form === "yaml" || form === "toml" || form === "ini" || form === "text" ? form : undefined;
}
