import { code, prose, say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import { shown } from "../../../emit/shown.js";
import type { Scalar } from "../../../model/model.js";
import { kindOf } from "../matches/define.js";
import { kindsOfStep } from "./config.js";
import { type PlaceWord, unsure } from "./define.js";

interface Given {
  readonly kind: "given";
  readonly given: string;
  readonly means: string;
}

/** A setting that the program reads itself, and gives to `setup`. What it owes can't be told. */
export const given: PlaceWord<Given> = {
  keys: {
    given: {
      description:
        "A setting that the program reads itself and gives to `setup`: a Helm value, a registry key, a menu.",
      allOf: [{ $ref: "#/definitions/name" }],
    },
    means: {
      description: "What it is and where a person finds it: `Settings → Privacy`.",
      type: "string",
      minLength: 1,
    },
  },
  required: ["given", "means"],
  sides: ["enable", "disable"],
  usual: { yes: true, no: false },
  read: (written) => ({ kind: "given", given: String(written["given"] ?? ""), means: String(written["means"] ?? "") }),
  by: ({ given }) => given,
  looked: ({ given, means }) => say`the setting ${code(given)}: ${prose(means)}`,
  textsOnly: () => false,
  refuses: () => undefined,
  name: ({ given }) => given,
  find: (step) => new PureCall("given", [step.place.given, ...(kindsOfStep(step) ?? [])]),
  put: ({ given }, value, world) => {
    if (Object.hasOwn(world.config, given) && world.config[given] !== null && world.config[given] !== value)
      return false;
    world.config[given] = value;
    return true;
  },
  found: ({ given }, world, step) => {
    const value = world.config[given];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "object") return unsure;
    return kindsOfStep(step)?.includes(kindOf(value as Scalar)) === false ? unsure : (value as Scalar);
  },
  holds: () => true,
  file: () => undefined,
  set: (_, value, name) => `the setting ${name}: ${value}`,
  toSet: ({ given, means }, value) => say`set ${code(given)} to ${shown(value)} (${prose(means)})`,
  sense: ({ given }) => given,
  owedBySetup: "config",
  clients: ["python", "go"],
};
