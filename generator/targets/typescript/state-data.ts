import { type Literal, PureCall } from "../../emit/literal.js";
import { FILE_FORMS } from "../../language/file-forms.js";
import type { JsonSchema } from "../../model/json-schema.js";
import type { Model, StateFile } from "../../model/model.js";
import { stateKeyOf } from "../../model/state-path.js";
import { ownKeysOf } from "../../plan/make-plan.js";

type Form = NonNullable<StateFile["form"]>;

/** Returns the call that reads a state file in another form than JSON. */
export function readStateCall(model: Model): Literal {
  const form = model.consent.stateFile?.form;
  return form === undefined
    ? undefined
    : new PureCall("stateIn", [new PureCall(`${form}Scalar`), ...keysIn(model, form)]);
}

/** Returns the call that changes it. */
export function writeStateCall(model: Model): Literal {
  const form = model.consent.stateFile?.form;
  if (form === undefined) return undefined;
  return new PureCall("rewriteIn", [
    new PureCall(`${form}Scalar`),
    new PureCall(FILE_FORMS[form].edit),
    ...keysIn(model, form),
  ]);
}

/** Every key that is kept, where it stands, and what it holds where there are only texts. */
function keysIn(model: Model, form: Form): readonly Literal[] {
  const declared = (model.consent.stateFile?.keys ?? []).map(({ key, type }) => [key, type.schema] as const);
  const ids = model.identifiers
    .filter(({ name }) => stateKeyOf(model, name) === undefined && !declared.some(([key]) => key === name))
    .map(({ name, format }) => [name, format.schema] as const);
  const own = Object.entries(ownKeysOf(model)).filter(([key]) => !declared.some(([one]) => one === key));
  const { beside: nameOf, oneText, textsOnly } = FILE_FORMS[form];
  const beside = (oneText ? [] : [...ids, ...own]).map(
    ([key, schema]) => [key, schema, nameOf(key, declared[0]?.[0] ?? "")] as const,
  );
  return [...declared.map(([key, schema]) => [key, schema, key] as const), ...beside].map(([key, schema, at]) => [
    key,
    at,
    ...(textsOnly ? kindOf(schema) : []),
  ]);
}

function kindOf({ type, const: constant, enum: values }: JsonSchema): readonly string[] {
  const kinds = new Set([type, typeof (constant ?? values?.[0])]);
  if (kinds.has("boolean")) return ["boolean"];
  return kinds.has("integer") || kinds.has("number") ? ["number"] : [];
}
