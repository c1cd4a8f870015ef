import type { JsonValue } from "../../model/json-schema.js";
import type { ConsentPlace, ConsentStep, Match } from "../../model/model.js";
import { readMatch } from "./matches/index.js";
import { isMarker } from "./places/config.js";
import { readFact } from "./places/fact.js";
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
  const beside = {
    ...(anyCase ? { anyCase } : {}),
    ...(written["trimmed"] === true ? { trimmed: true as const } : {}),
    ...(written["otherwise"] === "disable" ? { otherwise: "disable" as const } : {}),
    ...whereOf(written),
  };
  const enable = read("enable_when");
  const disable = read("disable_when");
  if (place.kind === "config" && isMarker(place)) {
    // Of a marker, all that is left to say is that it is there.
    const isNo = enable === undefined || beside.otherwise !== undefined;
    const no = disable ?? (isNo ? ({ kind: "present" } as const) : undefined);
    return { place, ...(enable && { enableWhen: enable }), ...(no && { disableWhen: no }), ...whereOf(written) };
  }
  // Where there are only texts, the usual words count.
  const texts = place.kind === "config" && textsOnly(place);
  if (texts && enable === undefined && disable === undefined)
    return { place, enableWhen: { kind: "truthy" }, disableWhen: { kind: "falsy" }, ...beside };
  // A flag that says yes says nothing else.
  const onlyYes = place.kind === "flag" && enable !== undefined && disable === undefined;
  const enableWhen =
    enable ?? (texts || usual?.yes === undefined || disable !== undefined ? undefined : exactly(usual.yes));
  const disableWhen =
    disable ??
    (texts || onlyYes || usual === undefined
      ? undefined
      : usual.no === "present"
        ? { kind: usual.no }
        : exactly(usual.no));
  return {
    place,
    ...(enableWhen === undefined ? {} : { enableWhen }),
    ...(disableWhen === undefined ? {} : { disableWhen }),
    ...beside,
  };
}

/**
 * A step about several files is several steps: a no in any of them, and then a yes of the first that is there.
 * @returns each as it would be written for one file.
 */
export function stepsFor(written: Readonly<Record<string, JsonValue>>): readonly Readonly<Record<string, JsonValue>>[] {
  const files = written["config"];
  // A flag finds what one match names: a no, and then a yes.
  const { enable_when, disable_when, ...bare } = written;
  if (written["flag"] !== undefined && enable_when !== undefined && disable_when !== undefined)
    return [
      { ...bare, disable_when },
      { ...bare, enable_when },
    ];
  if (!Array.isArray(files)) return [written];
  const { enableWhen, disableWhen } = readStep(written);
  const { config: _, enable_when: yes, disable_when: no, ...rest } = written;
  const names = files.map(String);
  return [
    ...(disableWhen === undefined
      ? []
      : names.map((config) => ({ ...rest, config, disable_when: no ?? usualSide(disableWhen) }))),
    ...(enableWhen === undefined
      ? []
      : names.map((config, at) => ({
          ...rest,
          config,
          enable_when: yes ?? usualSide(enableWhen),
          no_disable: true,
          ...(at === 0 ? {} : { behind: names.slice(0, at) }),
        }))),
  ];
}

/** A side that nobody wrote, as it would be written. */
function usualSide(match: Match): JsonValue {
  return match.kind === "exactly" ? [...match.values] : match.kind;
}

function whereOf(written: Readonly<Record<string, JsonValue>>): Pick<ConsentStep, "onlyWhere"> {
  return written["only_where"] === undefined ? {} : { onlyWhere: readFact(written["only_where"]) };
}

function exactly(value: boolean): Match {
  return { kind: "exactly", values: [value] };
}

/** Spells a number out where only texts can stand. */
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
