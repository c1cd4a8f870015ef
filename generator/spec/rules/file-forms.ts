import { isMarker } from "../../language/consent/places/config.js";
import { endingForm, FILE_FORMS } from "../../language/file-forms.js";
import type { ConsentStep, Model } from "../../model/model.js";
import { isKept } from "../../model/state-path.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, type Tree, textOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** A configuration that the client reads has a form that it knows. */
export function unreadableForm({ place }: ConsentStep, tree: Tree, report: DiagnosticSink): void {
  if (place.kind !== "config" || isMarker(place) || place.form !== undefined) return;
  const config = at(tree, "config");
  for (const one of config?.kind === "list" ? config.items : [config]) unreadable(one, report);
}

/** One file has one form, in all steps that look into it. */
export function otherForm(
  { place }: ConsentStep,
  tree: Tree,
  forms: Map<string, string>,
  report: DiagnosticSink,
): void {
  if (place.kind !== "config" || isMarker(place)) return;
  const form = place.form ?? endingForm(place.config) ?? "json";
  const first = forms.get(place.config);
  if (first === undefined) forms.set(place.config, form);
  else if (first !== form)
    report.add(
      "config-form-unknown",
      at(tree, "form") ?? at(tree, "config") ?? tree,
      `"${place.config}" is read as ${form} here, and as ${first} by a step before.`,
      { hint: `Write the same form: ${first}.` },
    );
}

/** A path, or a name with an ending. Anything else (a ConfigMap, a service's settings) comes from the program. */
export function unreadable(tree: Tree | undefined, report: DiagnosticSink): void {
  const name = tree?.kind === "scalar" && typeof tree.value === "string" ? tree.value : "";
  const file = /^(?:~|\.{0,2}|\{app_dir\})\/|^\S+\.[A-Za-z]\w*$/.test(name);
  if (tree === undefined || !file || endingForm(name) !== undefined) return;
  report.add("config-form-unknown", tree, `The tool can't read ${JSON.stringify(name)}: its format is unknown.`, {
    hint: "Use a name that ends in .json, .jsonc, .yml, .yaml, .toml, .ini or .txt, or state its form. A name without an ending means that the program passes the values to setup.",
  });
}

/** A state file has a form that is known, in which all that is kept has a place. */
export function stateFileForm({ root, model }: Pick<Judged, "root" | "model">, report: DiagnosticSink): void {
  const { consent } = model;
  const file = at(root, "consent", "state_file");
  const path = textOf(at(file, "path")) ?? "";
  const ending = /\.(?:jsonc|cfg|conf|xml|properties|env|plist)$/i.exec(path)?.[0];
  if (file !== undefined && ending !== undefined && at(file, "form") === undefined)
    report.add(
      "state-file-form",
      at(file, "path") ?? file,
      `The state file ends in ${ending}, and is read and written as JSON.`,
      {
        hint: "Add form: yaml, toml, ini or text, or give it a name that ends in .json or has no ending.",
      },
    );
  const { form } = consent.stateFile ?? {};
  if (file === undefined || consent.stateFile === undefined || form === undefined || !FILE_FORMS[form].oneText) return;
  // One line holds one value.
  const beside = keptBeside(model);
  const [, second] = consent.stateFile.keys;
  const more = second === undefined ? beside[0] : `the key "${second.key}"`;
  if (more !== undefined)
    report.add(
      "state-file-form",
      at(file, "form") ?? at(file, "path") ?? file,
      `${path} is one line of text, and there is no place in it for ${more}.`,
      {
        hint: `Read it by a step { config: ${path}, form: text }, and keep what is written in a state_file that ends in .json.`,
      },
    );
}

/** The keys that are kept beside those that the contract names. */
function keptBeside({ consent, consentEpoch, identifiers, salts }: Model): readonly string[] {
  const { adopts, notice } = consent;
  const marked = notice?.once === true && notice.stores.length === 0;
  return [
    ...identifiers.filter(isKept).map(({ name }) => `the identifier "${name}"`),
    ...(salts ? ["what hashes are salted with"] : []),
    ...(consentEpoch > 1 || marked ? ["which edition of the list a person was told about"] : []),
    ...(adopts === undefined ? [] : ["what was taken over"]),
  ];
}
