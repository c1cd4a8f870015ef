import { epochKey } from "../language/consent/answer.js";
import { mostAtOnce } from "../model/delivery.js";
import { marksOf } from "../model/marks.js";
import type { Model } from "../model/model.js";
import { stateKeyOf, statePath } from "../model/state-path.js";
import { setupFields, takesCommand, takesVersion } from "../payload/call-shape.js";
import { planConsent } from "./consent.js";
import { planControls } from "./controls.js";
import { planEmitters } from "./emitters.js";
import { planField, planFields } from "./fields.js";
import { plain } from "./plain.js";
import {
  type Plan,
  type PlanDelivery,
  type PlanDestination,
  type PlanIdentifier,
  type PlanState,
  planVersion,
} from "./plan.js";
import { valueOfSchema } from "./values.js";
import { wordsIn } from "./words.js";

/** The client of a contract, as plain data. */
export function planOf(model: Model): Plan {
  const state = planState(model);
  return {
    plan: planVersion,
    source: model.source,
    product: model.product,
    title: model.title,
    summary: model.summary,
    schemaVersion: model.schemaVersion,
    setup: {
      fields: setupFields(model).map(({ name, field }) => planField(model, field, wordsIn(name))),
      version: takesVersion(model),
      command: takesCommand(model),
    },
    emitters: planEmitters(model),
    controls: planControls(model),
    common: planFields(model, model.common),
    consent: planConsent(model),
    ...(model.retired === undefined ? {} : { retired: true }),
    ...(state === undefined ? {} : { state }),
    identifiers: model.identifiers.map((identifier) => planIdentifier(model, identifier)),
    ...(model.salts ? { secret: true } : {}),
    destination: planDestination(model),
    wire: plain(model.wire),
    delivery: planDelivery(model),
  };
}

function planIdentifier(model: Model, one: Model["identifiers"][number]): PlanIdentifier {
  const { name, madeFrom, hash, created, format, drawn, inCi, resetBy } = one;
  const key = stateKeyOf(model, name);
  return {
    name,
    ...(key === undefined ? {} : { key }),
    madeFrom,
    ...(hash === undefined ? {} : { hash: plain(hash) }),
    created,
    value: valueOfSchema(format.schema),
    // Of one that is given, the fields say it.
    ...(inCi === undefined || madeFrom === "given" ? {} : { inCi }),
    ...(drawn === undefined ? {} : { drawn }),
    ...(resetBy === undefined ? {} : { resetBy }),
  };
}

/** Keys of our own: which edition of the list a person was told about, and what hashed identifiers are made of. */
export const ownKeys = {
  consent_epoch: { type: "integer", minimum: 1 },
  machine_secret: { type: "string", pattern: "^[0-9a-f]{64}$", maxLength: 64 },
} as const;

/** Our own keys of this contract. */
export function ownKeysOf({ consent, consentEpoch }: Pick<Model, "consent" | "consentEpoch">) {
  const epochs = consentEpoch > 1 ? (consent.parts ?? []).map(({ name }) => epochKey(name)) : [];
  const adopted = consent.adopts === undefined ? {} : { adopted: { type: "boolean" } as const };
  return { ...ownKeys, ...adopted, ...Object.fromEntries(epochs.map((key) => [key, ownKeys.consent_epoch])) };
}

function planState(model: Model): PlanState | undefined {
  const path = statePath(model);
  if (path === undefined) return undefined;
  const schemas = {
    ...ownKeysOf(model),
    ...Object.fromEntries(model.identifiers.map(({ name, format }) => [name, format.schema])),
    ...Object.fromEntries((model.consent.stateFile?.keys ?? []).map(({ key, type }) => [key, type.schema])),
  };
  return {
    path,
    keys: Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, valueOfSchema(schema)])),
    declared: model.consent.stateFile !== undefined,
  };
}

function planDestination(model: Model): PlanDestination {
  const { url, urlFields, override, method, namedBy } = model.destination;
  return {
    ...(namedBy === undefined ? {} : { namedBy }),
    ...(method === undefined ? {} : { method }),
    url,
    urlFields: planFields(model, urlFields),
    ...(override === undefined ? {} : { override: plain(override) }),
  };
}

function planDelivery(model: Model): PlanDelivery {
  const { mode, answer, timeout, attempts, onFailure, logLevel, queue, debug } = model.delivery;
  const marks = marksOf(model);
  return {
    mode,
    ...(answer === undefined ? {} : { answer }),
    timeout,
    attempts,
    ...(model.ingest.putsBack && { putsBack: model.ingest.putsBack }),
    onFailure,
    logLevel,
    ...(queue === undefined ? {} : { queue: plain(queue) }),
    ...(debug === undefined ? {} : { debug: plain(debug) }),
    ...(marks === undefined ? {} : { marks }),
    limits: { ...mostAtOnce(model) },
  };
}
