import { Call, type Literal } from "../../emit/literal.js";
import type { JsonSchema } from "../../model/json-schema.js";
import type { Model, StateFile } from "../../model/model.js";
import { ownKeysOf } from "../../plan/make-plan.js";

type Form = NonNullable<StateFile["form"]>;

/** The functions that read and change one key of each form. */
const FORMS: { readonly [F in Form]: { readonly read: string; readonly edit: string } } = {
  yaml: { read: "yamlScalar", edit: "editYaml" },
  toml: { read: "tomlScalar", edit: "editToml" },
  ini: { read: "iniScalar", edit: "editIni" },
  text: { read: "textScalar", edit: "editText" },
};

/** Returns the call that reads a state file in another form than JSON. */
export function readStateCall(model: Model): Literal {
  const form = model.consent.stateFile?.form;
  return form === undefined ? undefined : new Call("stateIn", [new Call(FORMS[form].read), ...keysIn(model, form)]);
}

/** Returns the call that changes it. */
export function writeStateCall(model: Model): Literal {
  const form = model.consent.stateFile?.form;
  if (form === undefined) return undefined;
  const { read, edit } = FORMS[form];
  return new Call("rewriteIn", [new Call(read), new Call(edit), ...keysIn(model, form)]);
}

/** The key under which an identifier is kept, where the state file says another than its name. */
export function stateKeyOf({ consent }: Model, name: string): string | undefined {
  const key = consent.stateFile?.keys.find(({ type }) => type.identifier === name)?.key;
  return key === name ? undefined : key;
}

/** Every key that is kept, where it stands, and what it holds where there are only texts. */
function keysIn(model: Model, form: Form): readonly Literal[] {
  const declared = (model.consent.stateFile?.keys ?? []).map(({ key, type }) => [key, type.schema] as const);
  const ids = model.identifiers
    .filter(({ name }) => stateKeyOf(model, name) === undefined && !declared.some(([key]) => key === name))
    .map(({ name, format }) => [name, format.schema] as const);
  const own = Object.entries(ownKeysOf(model)).filter(([key]) => !declared.some(([one]) => one === key));
  const beside = (form === "text" ? [] : [...ids, ...own]).map(
    ([key, schema]) => [key, schema, besideIn(form, key, declared[0]?.[0] ?? "")] as const,
  );
  return [...declared.map(([key, schema]) => [key, schema, key] as const), ...beside].map(([key, schema, at]) => [
    key,
    at,
    ...(form === "ini" || form === "text" ? kindOf(schema) : []),
  ]);
}

/** In INI, a section's own keys stay together, and no name has a colon. */
function besideIn(form: Form, key: string, first: string): string {
  return form === "ini" ? `${first.slice(0, first.lastIndexOf(".") + 1)}${key.replaceAll(":", "-")}` : key;
}

function kindOf({ type, const: constant, enum: values }: JsonSchema): readonly string[] {
  const kinds = new Set([type, typeof (constant ?? values?.[0])]);
  if (kinds.has("boolean")) return ["boolean"];
  return kinds.has("integer") || kinds.has("number") ? ["number"] : [];
}
