import { code, say } from "../../../emit/document.js";
import { Call } from "../../../emit/literal.js";
import type { Consent, ConsentPlace, ConsentStep, Scalar } from "../../../model/model.js";
import { type Kind, kindOf } from "../matches/define.js";
import { kindsIn } from "../matches/index.js";
import { type PlaceWord, putUnder, under, unsure } from "./define.js";

type Config = Extract<ConsentPlace, { kind: "config" }>;

/** A configuration file, or what else a cluster or a project is configured by. */
export const config: PlaceWord<Config> = {
  keys: {
    config: {
      description: "A configuration file, or what else a cluster or project is configured by.",
      type: "string",
      minLength: 1,
    },
    key: { description: "The key in it; a dot goes one level down.", type: "string", minLength: 1 },
  },
  required: ["config", "key"],
  sides: ["enable", "disable"],
  usual: { yes: true, no: false },
  read: (written) => ({ kind: "config", config: String(written["config"] ?? ""), key: String(written["key"] ?? "") }),
  by: () => "config",
  looked: ({ config, key }) => say`${code(key)} in ${code(config)}`,
  textsOnly: () => false,
  refuses: () => undefined,
  name: ({ config, key }) => `${config} ${key}`,
  find: (step, consent) => {
    const { config, key } = step.place;
    const kinds = kindsOfStep(step);
    const above = isAbove(step.place, consent);
    const all: readonly string[] = above ? [...(kinds ?? ["string", "boolean", "number"]), "object"] : (kinds ?? []);
    return new Call("config", [config, key, ...all]);
  },
  put: ({ config, key }, value, world) => {
    world.config[config] ??= {};
    return putUnder(world.config[config] as Record<string, unknown>, key, value);
  },
  found: (place, world, step, consent) => {
    const value = under(world.config[place.config], place.key);
    if (value === undefined || (typeof value === "object" && isAbove(place, consent))) return undefined;
    if (typeof value === "object") return unsure;
    return kindsOfStep(step)?.includes(kindOf(value as Scalar)) === false ? unsure : (value as Scalar);
  },
};

/** The kinds of values that the step can be about; nothing where any scalar will do. What is of another kind can't be told. */
export function kindsOfStep({ enableWhen, disableWhen }: ConsentStep): readonly Kind[] | undefined {
  const kinds = [enableWhen, disableWhen].flatMap((match) => (match === undefined ? [] : [kindsIn(match)]));
  const all = [...new Set(kinds.flatMap((one) => one ?? []))].sort();
  // Absence alone is about no value at all: whatever is there decides nothing.
  return kinds.includes(undefined) || all.length === 0 ? undefined : all;
}

/** Whether another step looks below this key: then a mapping there is no answer, and nothing wrong. */
function isAbove({ config, key }: Config, { order }: Consent): boolean {
  return order.some(
    ({ place }) => place.kind === "config" && place.config === config && place.key.startsWith(`${key}.`),
  );
}
