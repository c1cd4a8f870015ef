import { code, say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import { accepts } from "../../../model/accepts.js";
import type { JsonSchema } from "../../../model/json-schema.js";
import type { Consent, ConsentStep, Scalar } from "../../../model/model.js";
import { holdsTextsOnly } from "../../file-forms.js";
import { falsy } from "../matches/falsy.js";
import { truthy } from "../matches/truthy.js";
import { type PlaceWord, putUnder, under, unsure } from "./define.js";

interface Stored {
  readonly kind: "stored";
  readonly key: string;
}

/** A key of the state file. */
export const stored: PlaceWord<Stored> = {
  keys: {
    stored: { description: "A key of the state file; a dot goes one level down.", type: "string", minLength: 1 },
  },
  required: ["stored"],
  sides: ["enable", "disable"],
  usual: { yes: true, no: false },
  read: (written) => ({ kind: "stored", key: String(written["stored"] ?? "") }),
  by: () => "stored",
  looked: ({ key }, { stateFile }) => say`${code(key)} in ${code(stateFile?.path ?? "the state file")}`,
  textsOnly: () => false,
  refuses: ({ key }, value, consent) => {
    const type = consent.stateFile?.keys.find((one) => one.key === key)?.type;
    if (type === undefined || accepts(type.schema, value)) return undefined;
    const other = [Number(value), String(value), value === "true"].find(
      (one) => String(one) === String(value) && accepts(type.schema, one),
    );
    const rule =
      type.values === undefined ? type.rule : `one of ${type.values.map((one) => JSON.stringify(one)).join(", ")}`;
    return `The state file's "${key}" is ${rule}${other === undefined ? "." : `: write ${JSON.stringify(other)}.`}`;
  },
  name: ({ key }) => key,
  find: (step, consent, takes) => {
    const { key } = step.place;
    const found = new PureCall(key.includes(".") ? "storedBelow" : "stored", [key, takes(schemaOf(consent, key))]);
    return isOffAnyway(step, consent) ? new PureCall("orNothing", [found]) : found;
  },
  put: ({ key }, value, world) => putUnder(world.stored, key, value),
  found: ({ key }, world, _, consent) => {
    const value = inForm(consent, key, under(world.stored, key));
    if (value === undefined) return undefined;
    return typeof value !== "object" && accepts(schemaOf(consent, key), value as Scalar) ? (value as Scalar) : unsure;
  },
  holds: () => true,
  file: (_, { stateFile }) => stateFile?.path ?? "state file",
  set: (_, value, name) => `${name}: ${value}`,
  // It is what the commands write.
  toSet: () => undefined,
  sense: ({ key }) => key,
  clients: ["python", "go", "rust"],
};

/**
 * Returns the text that a file of texts holds for a value: of a key for something else its usual spelling, and the usual words
 * for yes and no.
 */
function inForm(consent: Consent, key: string, value: unknown): unknown {
  const form = consent.stateFile?.form;
  if (value === undefined || !holdsTextsOnly(form)) return value;
  const text = String(value);
  const words = [truthy, falsy].map((one) => one.holds({ kind: one === truthy ? "truthy" : "falsy" } as never, text));
  const meant = words.includes(true) ? [words[0] === true, Number(text)] : [Number(text)];
  const schema = schemaOf(consent, key);
  return meant.find((one) => (typeof one === "boolean" || String(one) === text) && accepts(schema, one)) ?? text;
}

/** Returns what a key of the state file can hold. */
export function schemaOf({ stateFile }: Pick<Consent, "stateFile">, key: string): JsonSchema {
  return stateFile?.keys.find((one) => one.key === key)?.type.schema ?? {};
}

/** Returns whether it is off without this step, and no step behind it turns it on: then what can't be told decides nothing. */
export function isOffAnyway(step: ConsentStep, { heedsUnread, model, order }: Consent): boolean {
  const index = order.findIndex(({ place }) => place === step.place);
  return (
    heedsUnread === undefined &&
    model === "opt-in" &&
    order.slice(index + 1).every(({ enableWhen }) => enableWhen === undefined)
  );
}
