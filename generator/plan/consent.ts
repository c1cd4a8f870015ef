import { answerOf, answerOfPart } from "../language/consent/answer.js";
import { telemetryCommand } from "../language/consent/commands.js";
import { consentOf } from "../language/consent/parts.js";
import { placeWord } from "../language/consent/places/index.js";
import { schemaOf } from "../language/consent/places/stored.js";
import { decidingValue } from "../language/consent/step.js";
import { holdsFrom } from "../model/epochs.js";
import { FORGET_PATH, forgettableFields } from "../model/forget.js";
import type { Command, Consent, ConsentPart, ConsentStep, Model, Stores } from "../model/model.js";
import { plain } from "./plain.js";
import type { PlanCommand, PlanConsent, PlanStep, PlanStores } from "./plan.js";
import { valueOfSchema } from "./values.js";

/** Plans who decides, how a person is asked and told, and what the telemetry command says and stores. */
export function planConsent(model: Model): PlanConsent {
  const { consent, consentEpoch } = model;
  const answer = answerOf(model);
  const called = telemetryCommand(consent);
  return {
    model: consent.model,
    evaluated: consent.evaluated,
    ...(consent.heedsUnread && { heedsUnread: true }),
    ...(consent.queues && { queues: consent.queues }),
    order: consent.order.map((step) => planStep(model, step)),
    ...(consent.parts && { parts: consent.parts.map((part) => planPart(model, part)) }),
    ...(consent.adopts && { adopts: plain(consent.adopts) }),
    ...(consent.epochFrom && { epochFrom: plain(consent.epochFrom) }),
    holdsFrom: { "opt-in": holdsFrom(model), "opt-out": 1 }[consent.model],
    builds: plain(consent.builds),
    epoch: consentEpoch,
    ...(answer === undefined ? {} : { answer }),
    offVariables: offVariables(consent),
    ask: consent.ask.map((question) => ({ ...plain(question), stores: storesOf(question.stores) })),
    ...(consent.notice && { notice: { ...plain(consent.notice), stores: storesOf(consent.notice.stores) } }),
    ...(consent.commands.forget && { forget: { path: FORGET_PATH, names: forgettable(model) } }),
    commands: {
      ...(consent.commands.status && { status: commandOf(consent.commands.status) }),
      ...(consent.commands.enable && { enable: commandOf(consent.commands.enable) }),
      ...(consent.commands.disable && { disable: commandOf(consent.commands.disable) }),
      ...(consent.commands.forget && { forget: commandOf(consent.commands.forget) }),
    },
    ...(called === undefined ? {} : { called }),
  };
}

function forgettable(model: Model): Readonly<Record<string, string>> {
  return Object.fromEntries(
    forgettableFields(model).map(({ type, wireName }) => [type.identifier ?? wireName, wireName] as const),
  );
}

function planPart(model: Model, part: ConsentPart): NonNullable<PlanConsent["parts"]>[number] {
  const { name, needs, ask } = part;
  const partConsent = consentOf(model.consent, part);
  const answer = answerOfPart(model, part);
  return {
    name,
    model: part.model,
    needs,
    ...(part.sinceEpoch === undefined ? {} : { sinceEpoch: part.sinceEpoch }),
    order: part.order.map((step) => planStep({ ...model, consent: partConsent }, step)),
    ...(answer === undefined ? {} : { answer }),
    ask: ask.map((question) => ({ ...plain(question), stores: storesOf(question.stores) })),
  };
}

function planStep(
  model: Model,
  { place, enableWhen, disableWhen, anyCase, trimmed, otherwise, onlyWhere }: ConsentStep,
): PlanStep {
  const { consent } = model;
  const oldest = holdsFrom(model);
  return {
    by: placeWord(place).by(place),
    place: plain(place),
    ...(place.kind === "stored" ? { value: valueOfSchema(schemaOf(consent, place.key)) } : {}),
    ...(enableWhen ? { enable: plain(enableWhen) } : {}),
    ...(disableWhen ? { disable: plain(disableWhen) } : {}),
    ...(anyCase ? { anyCase } : {}),
    ...(trimmed ? { trimmed } : {}),
    ...(otherwise ? { otherwise } : {}),
    ...(onlyWhere ? { onlyWhere: plain(onlyWhere) } : {}),
    ...(place.kind === "stored" && consent.model === "opt-in" && oldest > 1 ? { sinceEpoch: oldest } : {}),
  };
}

/** The variables that say no wherever the program runs, each with a value that does. */
export function offVariables(consent: Consent): readonly string[] {
  return consent.order.flatMap((step) => {
    const { place, onlyWhere } = step;
    if (place.kind !== "env" || onlyWhere !== undefined) return [];
    const value = decidingValue(step, "no", consent);
    return value === undefined ? [] : [`${place.env}=${value}`];
  });
}

function commandOf({ run, prints, stores }: Command): PlanCommand {
  return { run, prints, stores: storesOf(stores) };
}

function storesOf(stores: Stores): PlanStores {
  return Object.fromEntries(stores.map(({ key, value }) => [key, value]));
}
