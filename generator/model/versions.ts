import type { HasFragments } from "./fragments.js";
import type { FrozenContract, FrozenEvent, FrozenField, FrozenMetric } from "./frozen.js";
import type { JsonValue } from "./json-schema.js";
import type { Model } from "./model.js";

/**
 * The fields that clients of one version may send, and what of it is kept. Nothing here ever grows for a released version: what
 * is sent is as it was released, and what is kept is only what today's contract still has.
 */
export interface AcceptedVersion {
  readonly version: number;
  readonly common: readonly FrozenField[];
  readonly events: readonly AcceptedEvent[];
  readonly metrics: readonly AcceptedMetric[];
  /** The values that the receiver may add to an event of this version: announced then, and still so. */
  readonly add: Readonly<Record<string, JsonValue>>;
  /** The same of what it works out. */
  readonly derives: readonly string[];
}

/** A field with `droppedAtEdge` is checked as ever, and removed before anything is stored. */
export type AcceptedEvent = FrozenEvent &
  HasFragments & {
    /** Retired since: answered with success, and discarded. */ readonly discarded: boolean;
  };
export type AcceptedMetric = FrozenMetric & { readonly discarded: boolean };

/** The versions whose clients are heard, newest first: today's, then the released ones. */
export function acceptedVersions(model: Model): readonly AcceptedVersion[] {
  const released = model.frozen.filter(
    ({ schemaVersion }) => schemaVersion < model.schemaVersion && schemaVersion >= supportedFrom(model),
  );
  return [current(model), ...released.toReversed().map((frozen) => asAcceptedToday(frozen, model))];
}

/** Versions whose clients are answered with success while all that they send is discarded. */
export function sunsetVersions(model: Model): readonly number[] {
  return Array.from({ length: supportedFrom(model) - 1 }, (_, index) => index + 1);
}

export function supportedFrom(model: Model): number {
  return model.ingest.supportedFrom ?? 1;
}

/** Returns where a payload says of which version it is: beside the events or in each of them; nowhere in some contracts. */
export function versionPlace(
  contract: FrozenContract,
): { readonly in: "common" | "event"; readonly wireName: string } | undefined {
  const isVersion = (field: FrozenField) => field.from.kind === "schema-version";
  const common = contract.common.find(isVersion);
  if (common !== undefined) return { in: "common", wireName: common.wireName };
  const versionFields = contract.events.map(({ fields }) => fields.find(isVersion)?.wireName);
  const [first] = versionFields;
  return first !== undefined && versionFields.every((name) => name === first)
    ? { in: "event", wireName: first }
    : undefined;
}

function current(model: Model): AcceptedVersion {
  return {
    version: model.schemaVersion,
    common: model.common,
    events: model.events.map((event) => ({ ...event, discarded: model.retired !== undefined })),
    metrics: model.metrics.map((metric) => ({ ...metric, discarded: model.retired !== undefined })),
    add: model.ingest.forwardTo?.add ?? {},
    derives: (model.ingest.derives ?? []).map(({ name }) => name),
  };
}

function asAcceptedToday(frozen: FrozenContract, model: Model): AcceptedVersion {
  const announced = frozen.ingest.forwardTo?.add ?? {};
  return {
    version: frozen.schemaVersion,
    common: frozen.common.map((field) => keptIf(field, model.common)),
    events: frozen.events.map((event) => {
      const today = namedNow(event.wireName, model.events);
      return {
        ...event,
        fields: event.fields.map((field) => keptIf(field, today?.fields ?? [])),
        discarded: today === undefined || model.retired !== undefined,
      };
    }),
    metrics: frozen.metrics.map((metric) => ({
      ...metric,
      discarded: model.retired !== undefined || model.metrics.every(({ wireName }) => wireName !== metric.wireName),
    })),
    derives: (model.ingest.derives ?? []).flatMap((one) =>
      frozen.ingest.derives?.some(({ name, from }) => name === one.name && from === one.from) ? [one.name] : [],
    ),
    add: Object.fromEntries(
      Object.entries(model.ingest.forwardTo?.add ?? {}).filter(([key]) => Object.hasOwn(announced, key)),
    ),
  };
}

/** What an older version called so: by its name, and else by what it was called. */
function namedNow<Item extends { readonly wireName: string; readonly renamedFrom?: string }>(
  name: string,
  today: readonly Item[],
): Item | undefined {
  return today.find(({ wireName }) => wireName === name) ?? today.find(({ renamedFrom }) => renamedFrom === name);
}

/** Returns how a removed field is kept. It is still accepted, because old clients go on posting, and is then removed. */
function keptIf(field: FrozenField, today: readonly FrozenField[]): FrozenField {
  const same = namedNow(field.wireName, today);
  const kept =
    field.from.kind === "schema-version" ||
    (same !== undefined && same.droppedAtEdge !== true && field.droppedAtEdge !== true);
  if (!kept) return { ...field, droppedAtEdge: true };
  const type = keptInside(field.type, same?.type);
  return type === field.type ? field : { ...field, type };
}

/** The same of what stands inside: what today's object no longer has is removed from an older one. */
function keptInside(type: FrozenField["type"], today: FrozenField["type"] | undefined): FrozenField["type"] {
  if (type.of !== undefined && today?.of !== undefined) {
    const of = keptInside(type.of, today.of);
    return of === type.of ? type : { ...type, of };
  }
  if (type.fields === undefined || today?.fields === undefined) return type;
  const fields = type.fields.map((field) => keptIf(field, today.fields ?? []));
  return fields.every((field, at) => field === type.fields?.[at]) ? type : { ...type, fields };
}
