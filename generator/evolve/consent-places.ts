import { allSteps } from "../language/consent/parts.js";
import { unsure } from "../language/consent/places/define.js";
import { placeWord } from "../language/consent/places/index.js";
import { endingForm, type FormName } from "../language/file-forms.js";
import type { FrozenContract } from "../model/frozen.js";
import type { Consent, Scalar } from "../model/model.js";
import { ownPath } from "../model/state-path.js";

export type Step = FrozenContract["consent"]["order"][number];
/** The value in a place, or that it is unknown. */
export type Value = Scalar | typeof unsure;
/** The values that are set, by the places' keys. */
export type World = ReadonlyMap<string, Value>;

/**
 * Returns what a place is known by. The state file's path is a part of it: answers in a file that nobody reads any more are forgotten ones;
 * and so is a configuration's form: what was written in another one isn't read.
 */
export function keyOf(step: Step, contract: FrozenContract): string {
  return `${step.place.kind} ${nameOf(step, contract)}`;
}

/** Nothing where the file's ending says as much. */
function formOf(file: string, form: FormName | undefined): string {
  return form === undefined || form === endingForm(file) ? "" : ` (${form})`;
}

function nameOf({ place }: Step, contract: FrozenContract): string {
  const name = placeWord(place).name(place);
  if (place.kind === "stored") return `${statePath(contract)} ${name}`;
  return place.kind === "config" ? name.replace(place.config, (file) => file + formOf(file, place.form)) : name;
}

function statePath(contract: FrozenContract): string {
  const { path = "state file", form } = contract.consent.stateFile ?? {};
  return `${ownPath(path, contract)}${formOf(path, form)}`;
}

/** A released consent as the language's words ask one: none of them looks at its places in the YAML, which it has lost. */
export function consentOf(contract: FrozenContract): Consent {
  return contract.consent as unknown as Consent;
}

/** The file that a place lies in, which may be there and not be readable as a whole. */
export function fileOf({ place }: Pick<Step, "place">, contract: FrozenContract): string | undefined {
  const file = placeWord(place).file(place, consentOf(contract));
  return file === undefined ? undefined : `file ${place.kind === "config" ? file : ownPath(file, contract)}`;
}

export interface Name {
  /** The place that the status command names as deciding. */
  readonly by: string;
  readonly said: (value: Value) => string;
}

export function namesOf(contracts: readonly FrozenContract[]): ReadonlyMap<string, Name> {
  const names = new Map<string, Name>();
  for (const contract of contracts)
    for (const step of allSteps(contract.consent)) {
      const [name, key, file] = [nameOf(step, contract), keyOf(step, contract), fileOf(step, contract)];
      const { place } = step;
      names.set(key, {
        by: placeWord(place).by(place),
        said: (value) => (value === unsure ? `${name} that can't be told` : placeWord(place).set(place, value, name)),
      });
      if (file !== undefined)
        names.set(file, { by: file, said: () => `${file.slice("file ".length)} that can't be read` });
    }
  return names;
}

export function spoken(world: World, names: ReadonlyMap<string, Name>): string {
  return [...world].map(([key, value]) => names.get(key)?.said(value) ?? key).join(", ");
}
