import { endingForm } from "../language/consent/places/config.js";
import { at, type Tree, textOf } from "./tree.js";

/** A state file in another form than JSON: the client reads it, and never writes it. Undefined for one in JSON. */
export function readAs(
  tree: Tree | undefined,
): { readonly path: string; readonly form: "yaml" | "toml" | "ini" | "text" } | undefined {
  const path = textOf(at(tree, "path"));
  const form = textOf(at(tree, "form")) ?? endingForm(path ?? "");
  if (path === undefined || (form !== "yaml" && form !== "toml" && form !== "ini" && form !== "text")) return undefined;
  return { path, form };
}
