import type { JsonValue } from "../../model/json-schema.js";
import type { ConsentPlace, ConsentStep, Match } from "../../model/model.js";
import { readMatch } from "./matches/index.js";
import { kindOfStep, PLACES, placeWord } from "./places/index.js";

/**
 * A step as it is written. A configuration or state file says yes with `true` and no with `false` unless the spec says
 * otherwise. Where only `disable_when` is written, nothing enables: a step that was written to say no must not say yes by default.
 */
export function readStep(written: Readonly<Record<string, JsonValue>>): Omit<ConsentStep, "at"> {
  const place = PLACES[kindOfStep(written)].read(written) as ConsentPlace;
  const { usual, textsOnly } = placeWord(place);
  const anyCase = written["any_case"] === true;
  const read = (key: string) => {
    if (written[key] === undefined) return undefined;
    const match = textsOnly(place) ? spelledOut(readMatch(written[key])) : readMatch(written[key]);
    return anyCase ? small(match) : match;
  };
  const enable = read("enable_when");
  const disable = read("disable_when");
  const enableWhen = enable ?? (usual?.yes === undefined || disable !== undefined ? undefined : exactly(usual.yes));
  const disableWhen =
    disable ?? (usual === undefined ? undefined : usual.no === "present" ? { kind: usual.no } : exactly(usual.no));
  return {
    place,
    ...(enableWhen === undefined ? {} : { enableWhen }),
    ...(disableWhen === undefined ? {} : { disableWhen }),
    ...(anyCase ? { anyCase } : {}),
    ...(written["trimmed"] === true ? { trimmed: true as const } : {}),
    ...(written["otherwise"] === "disable" ? { otherwise: "disable" as const } : {}),
  };
}

function exactly(value: boolean): Match {
  return { kind: "exactly", values: [value] };
}

/** Where only texts can stand a number is its usual spelling. */
export function spelledOut(match: Match): Match {
  if (match.kind === "any-of") return { ...match, of: match.of.map(spelledOut) };
  if (match.kind !== "exactly") return match;
  return { ...match, values: match.values.map((value) => (typeof value === "number" ? String(value) : value)) };
}

function small(match: Match): Match {
  if (match.kind === "any-of") return { ...match, of: match.of.map(small) };
  if (match.kind === "any-except") return { ...match, values: match.values.map((value) => value.toLowerCase()) };
  if (match.kind !== "exactly") return match;
  return { ...match, values: match.values.map((value) => (typeof value === "string" ? value.toLowerCase() : value)) };
}
