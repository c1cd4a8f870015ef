import { endingForm, isMarker } from "../../language/consent/places/config.js";
import type { ConsentStep } from "../../model/model.js";
import type { Report } from "../report.js";
import { readAs } from "../state-form.js";
import { at, entriesOf, itemsOf, type Tree, textOf } from "../tree.js";

const readable = /\.(?:json|ya?ml|toml|ini|txt)$/;

/** A configuration that the client reads has a form that it knows. */
export function unreadableForm({ place }: ConsentStep, tree: Tree, report: Report): void {
  if (place.kind !== "config" || isMarker(place) || place.form !== undefined) return;
  const config = at(tree, "config");
  for (const one of config?.kind === "list" ? config.items : [config]) unreadable(one, report);
}

/** One file has one form, in all steps that look into it. */
export function otherForm({ place }: ConsentStep, tree: Tree, forms: Map<string, string>, report: Report): void {
  if (place.kind !== "config" || isMarker(place)) return;
  const form = place.form ?? endingForm(place.config) ?? "json";
  const first = forms.get(place.config);
  if (first === undefined) forms.set(place.config, form);
  else if (first !== form)
    report.add(
      "config-form-unknown",
      at(tree, "form") ?? at(tree, "config") ?? tree,
      `"${place.config}" is read as ${form} here, and as ${first} by a step before.`,
      { hint: `Say the same form: ${first}.` },
    );
}

/** A path, or a name with an ending. Anything else (a ConfigMap, a service's settings) comes from the program. */
export function unreadable(tree: Tree | undefined, report: Report): void {
  const name = tree?.kind === "scalar" && typeof tree.value === "string" ? tree.value : "";
  const file = /^(?:~|\.{0,2}|\{app_dir\})\/|^\S+\.[A-Za-z]\w*$/.test(name);
  if (tree === undefined || !file || readable.test(name)) return;
  report.add("config-form-unknown", tree, `Nobody can read ${JSON.stringify(name)}: its form isn't known.`, {
    hint: "Files that are read end in .json, .yml, .yaml, .toml, .ini or .txt, or say their form; a name without an ending is what the program gives to setup.",
  });
}

/** What can't be written back in its own form is only read. */
export function stateForm(consent: Tree | undefined, report: Report): void {
  const file = at(consent, "state_file");
  const path = textOf(at(file, "path")) ?? "";
  const ending = /\.(?:cfg|conf|xml|properties|env|plist)$/i.exec(path)?.[0];
  if (file !== undefined && ending !== undefined && at(file, "form") === undefined)
    report.add(
      "state-file-form",
      at(file, "path") ?? file,
      `The state file ends in ${ending}, and is read and written as JSON.`,
      {
        hint: "Give it a name that ends in .json, or in nothing; or say its form, and it is read alone.",
      },
    );
  const read = readAs(file);
  if (read === undefined) return;
  const kept = entriesOf(at(file, "keys")).find(([, { value }]) => textOf(at(value, "type")) === "identifier");
  const writes = [
    itemsOf(at(consent, "ask"))[0],
    at(consent, "notice", "stores"),
    at(consent, "adopts"),
    kept?.[1].key,
    ...["status", "enable", "disable"].map((name) => at(consent, "commands", name, "stores")),
  ].find((one) => one !== undefined);
  if (writes !== undefined)
    report.add("state-file-form", writes, `${read.path} is read as ${read.form.toUpperCase()}, and never written.`, {
      hint: `Read it by a step { config: ${read.path}, key: … }, and keep what is written in a state_file that ends in .json.`,
    });
}
