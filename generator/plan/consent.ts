import { accepts } from "../model/accepts.js";
import { holds } from "../model/consent-table.js";
import type { JsonSchema } from "../model/json-schema.js";
import type { Command, Consent, Match, Model, Stores } from "../model/model.js";
import { plain } from "./plain.js";
import type { PlanCommand, PlanConsent, PlanStores } from "./plan.js";
import { valueOfSchema } from "./values.js";

/** Who decides, how a person is asked and told, and what the telemetry command says and stores. */
export function planConsent(model: Model): PlanConsent {
  const { consent, consentEpoch } = model;
  const answer = answerOf(model);
  return {
    model: consent.model,
    evaluated: consent.evaluated,
    order: consent.order.map(({ place, enableWhen, disableWhen }) => ({
      by: place.kind === "env" ? place.env : place.kind,
      place: plain(place),
      ...(place.kind === "stored" ? { value: valueOfSchema(schemaOf(consent, place.key)) } : {}),
      ...(enableWhen ? { enable: plain(enableWhen) } : {}),
      ...(disableWhen ? { disable: plain(disableWhen) } : {}),
      ...(place.kind === "stored" && consent.model === "opt-in" && consentEpoch > 1
        ? { sinceEpoch: consentEpoch }
        : {}),
    })),
    builds: plain(consent.builds),
    epoch: consentEpoch,
    ...(answer === undefined ? {} : { answer }),
    offVariables: offVariables(consent),
    ask: consent.ask.map((one) => ({ ...plain(one), stores: storesOf(one.stores) })),
    ...(consent.notice && { notice: { ...plain(consent.notice), stores: storesOf(consent.notice.stores) } }),
    commands: {
      ...(consent.commands.status && { status: commandOf(consent.commands.status) }),
      ...(consent.commands.enable && { enable: commandOf(consent.commands.enable) }),
      ...(consent.commands.disable && { disable: commandOf(consent.commands.disable) }),
      ...(consent.commands.forget && { forget: commandOf(consent.commands.forget) }),
    },
  };
}

/** How the state file says yes and no, where it is asked: a value that the first step that looks into it takes for just that. */
export function answerOf({ consent }: Model): PlanConsent["answer"] {
  for (const { place, enableWhen, disableWhen } of consent.order) {
    if (place.kind !== "stored") continue;
    const schema = schemaOf(consent, place.key);
    const first = (match: Match | undefined, not?: Match) =>
      [
        ...(match?.kind === "exactly" ? match.values : []),
        ...[true, false, "yes", "no", "true", "false", "1", "0"],
        ...((schema.enum ?? []) as readonly (string | boolean)[]),
      ].find((value) => match && holds(match, value) && !(not && holds(not, value)) && accepts(schema, value));
    const [yes, no] = [first(enableWhen, disableWhen), first(disableWhen)];
    return { key: place.key, ...(yes === undefined ? {} : { yes }), ...(no === undefined ? {} : { no }) };
  }
  return undefined;
}

/** What the state file may hold under a key. */
export function schemaOf({ stateFile }: Consent, key: string): JsonSchema {
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

function commandOf({ run, prints, stores }: Command): PlanCommand {
  return { run, prints, stores: storesOf(stores) };
}

function storesOf(stores: Stores): PlanStores {
  return Object.fromEntries(stores.map(({ key, value }) => [key, value]));
}
