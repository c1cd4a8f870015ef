import { example, namedIn } from "../language/consent/matches/index.js";
import { placeWord } from "../language/consent/places/index.js";
import { schemaOf } from "../language/consent/places/stored.js";
import { says } from "../language/consent/step.js";
import { accepts } from "../model/accepts.js";
import type { Command, Consent, Match, Model, Scalar, Stores } from "../model/model.js";
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
    order: consent.order.map(({ place, enableWhen, disableWhen, anyCase, trimmed, otherwise }) => ({
      by: placeWord(place).by(place),
      place: plain(place),
      ...(place.kind === "stored" ? { value: valueOfSchema(schemaOf(consent, place.key)) } : {}),
      ...(enableWhen ? { enable: plain(enableWhen) } : {}),
      ...(disableWhen ? { disable: plain(disableWhen) } : {}),
      ...(anyCase ? { anyCase } : {}),
      ...(trimmed ? { trimmed } : {}),
      ...(otherwise ? { otherwise } : {}),
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
export function answerOf({ consent }: Pick<Model, "consent">): PlanConsent["answer"] {
  const step = consent.order.find(({ place }) => place.kind === "stored");
  if (step?.place.kind !== "stored") return undefined;
  const { key } = step.place;
  const schema = schemaOf(consent, key);
  const usual = [true, false, "yes", "no", "true", "false", "1", "0", 1, 0] as const;
  const first = (match: Match | undefined, said: "yes" | "no") => {
    const named: readonly Scalar[] = match === undefined ? [] : [...namedIn(match), example(match)];
    const all = [...named, ...usual, ...((schema.enum ?? []) as readonly Scalar[])];
    return all.find((value) => says(step, value) === said && accepts(schema, value));
  };
  const [yes, no] = [first(step.enableWhen, "yes"), first(step.disableWhen, "no")];
  return { key, ...(yes === undefined ? {} : { yes }), ...(no === undefined ? {} : { no }) };
}

/** The variables that say no, each with a value that does. */
export function offVariables({ order }: Consent): readonly string[] {
  return order.flatMap(({ place, disableWhen }) =>
    place.kind === "env" && disableWhen ? [`${place.env}=${example(disableWhen)}`] : [],
  );
}

function commandOf({ run, prints, stores }: Command): PlanCommand {
  return { run, prints, stores: storesOf(stores) };
}

function storesOf(stores: Stores): PlanStores {
  return Object.fromEntries(stores.map(({ key, value }) => [key, value]));
}
