import { allSteps } from "../language/consent/parts.js";
import { unsure } from "../language/consent/places/define.js";
import { placeWord } from "../language/consent/places/index.js";
import type { FrozenContract } from "../model/frozen.js";
import type { ConsentPlace, Scalar } from "../model/model.js";
import { ownPath } from "../model/state-path.js";

export type Step = FrozenContract["consent"]["order"][number];
/** The value in a place, or that it can't be told. */
export type Value = Scalar | typeof unsure;
/** The values that are set, by the places' keys. */
export type World = ReadonlyMap<string, Value>;

/**
 * Returns what a place is known by. The state file's path is a part of it: answers in a file that nobody reads any more are forgotten ones;
 * and so is a configuration's form: what was written in another one isn't read.
 */
export function keyOf(step: Step, contract: FrozenContract): string {
  return `${step.place.kind} ${nameOf(step, contract)}${formOf(step.place)}`;
}

/** Nothing where the file's ending says as much. */
function formOf(place: ConsentPlace): string {
  if (place.kind !== "config" || place.form === undefined) return "";
  const ending = /\.(\w+)$/.exec(place.config)?.[1]?.replace("yml", "yaml");
  return place.form === ending ? "" : ` (${place.form})`;
}

function nameOf({ place }: Step, contract: FrozenContract): string {
  const file = place.kind === "stored" ? `${statePath(contract)} ` : "";
  return file + placeWord(place).name(place);
}

function statePath(contract: FrozenContract): string {
  return ownPath(contract.consent.stateFile?.path ?? "state file", contract);
}

/** The file that a place lies in, which may be there and not be readable as a whole. */
const files: {
  readonly [K in ConsentPlace["kind"]]: (
    place: Extract<ConsentPlace, { kind: K }>,
    contract: FrozenContract,
  ) => string | undefined;
} = {
  env: () => undefined,
  config: ({ config }) => `file ${config}`,
  stored: (_, contract) => `file ${statePath(contract)}`,
  flag: () => undefined,
  fact: () => undefined,
  given: () => undefined,
};

export function fileOf({ place }: Step, contract: FrozenContract): string | undefined {
  return fileIn(place, contract);
}

export function fileIn(place: ConsentPlace, contract: FrozenContract): string | undefined {
  const find = files[place.kind] as (place: ConsentPlace, contract: FrozenContract) => string | undefined;
  return find(place, contract);
}

/** The ways people say that something is in a place. */
const settings: Readonly<Record<ConsentPlace["kind"], (name: string, value: Scalar) => string>> = {
  env: (name, value) => `${name.slice("env ".length)}=${value}`,
  config: (name, value) => `${name}: ${value}`,
  stored: (name, value) => `${name}: ${value}`,
  flag: (name, value) => `${name}=${value}`,
  fact: (name, value) => `the fact ${name}: ${value}`,
  given: (name, value) => `the setting ${name}: ${value}`,
};

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
      const shown = place.kind === "env" ? place.env : name;
      const bare = place.kind === "flag" && !place.valued;
      names.set(key, {
        by: placeWord(place).by(place),
        said: (value) =>
          value === unsure ? `${shown} that can't be told` : bare ? shown : settings[place.kind](name, value),
      });
      if (file !== undefined)
        names.set(file, { by: file, said: () => `${file.slice("file ".length)} that can't be read` });
    }
  return names;
}

export function spoken(world: World, names: ReadonlyMap<string, Name>): string {
  return [...world].map(([key, value]) => names.get(key)?.said(value) ?? key).join(", ");
}
