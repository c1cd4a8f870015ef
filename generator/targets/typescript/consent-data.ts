import { Call, type Literal } from "../../emit/literal.js";
import { accepts } from "../../model/accepts.js";
import { holds } from "../../model/consent-table.js";
import type { JsonSchema } from "../../model/json-schema.js";
import type { Consent, Match, Model } from "../../model/model.js";
import { matchData, schemaData } from "./field-data.js";

/** Who decides, as the runtime's `ConsentContract`. */
export function consentData(model: Model): Literal {
  const { consent, consentEpoch } = model;
  return {
    optOut: consent.model === "opt-out" || undefined,
    evaluated: consent.evaluated === "at-start" ? consent.evaluated : undefined,
    order: [
      ...buildStep(model),
      ...consent.order.map(({ place, enableWhen, disableWhen }) => ({
        by: place.kind === "env" ? place.env : place.kind,
        find:
          place.kind === "config"
            ? new Call("config", [place.config, place.key])
            : place.kind === "stored"
              ? new Call("stored", [place.key, schemaData(schemaOf(consent, place.key))])
              : undefined,
        key: place.kind === "stored" ? place.key : undefined,
        enable: enableWhen && matchData(enableWhen),
        disable: disableWhen && matchData(disableWhen),
        outdated:
          place.kind === "stored" && consent.model === "opt-in" && consentEpoch > 1
            ? new Call("before", [consentEpoch])
            : undefined,
      })),
    ],
  };
}

/** Builds in which telemetry is off, whatever else says: they come first. */
function buildStep(model: Model): readonly Literal[] {
  const off = model.consent.builds.flatMap(({ name, kind }) => (kind === "normal" ? [] : [name]));
  return off.length === 0 ? [] : [{ by: "build", find: new Call("buildOf"), disable: new Call("exactly", off) }];
}

/** How the state file says yes and no, where it is asked: a value that the first step that looks into it takes for just that. */
export function answerData({ consent }: Model): Literal {
  for (const { place, enableWhen, disableWhen } of consent.order) {
    if (place.kind !== "stored") continue;
    const schema = schemaOf(consent, place.key);
    const first = (match: Match | undefined, not?: Match) =>
      [
        ...(match?.kind === "exactly" ? match.values : []),
        ...[true, false, "yes", "no", "true", "false", "1", "0"],
        ...((schema.enum ?? []) as readonly (string | boolean)[]),
      ].find((value) => match && holds(match, value) && !(not && holds(not, value)) && accepts(schema, value));
    return { key: place.key, yes: first(enableWhen, disableWhen), no: first(disableWhen) };
  }
  return undefined;
}

function schemaOf({ stateFile }: Consent, key: string): JsonSchema {
  return stateFile?.keys.find((one) => one.key === key)?.type.schema ?? {};
}

/** The variables that say no, each with a value that does. */
export function offVariables({ order }: Consent): readonly string[] {
  return order.flatMap(({ place, disableWhen }) =>
    place.kind === "env" && disableWhen ? [`${place.env}=${valueFor(disableWhen)}`] : [],
  );
}

function valueFor(match: Match): string {
  if (match.kind === "exactly") return String(match.values[0]);
  return match.kind === "falsy" ? "0" : "1";
}
