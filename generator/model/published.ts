import { createHash } from "node:crypto";
import { conditionsAsWritten } from "./conditions.js";
import type { Retention } from "./destination.js";
import { FORGET_PATH } from "./forget.js";
import type { FrozenField } from "./frozen.js";
import { addressAsShown } from "./in-path.js";
import type { JsonSchema, JsonValue } from "./json-schema.js";
import type { Model } from "./model.js";
import { acceptedVersions, sunsetVersions } from "./versions.js";

/**
 * The published description of a deployed endpoint, and what `plainsight verify` compares with the spec: everything that decides
 * what is let in, kept and passed on. Prose is left out, so that a better sentence is no difference.
 */
export interface PublishedContract {
  readonly product: string;
  readonly schema_version: number;
  readonly consent_epoch: number;
  /** The versions whose clients are heard, rising. */
  readonly supported: readonly number[];
  /** Answered with success, and discarded. */
  readonly sunset: readonly number[];
  readonly path: string;
  readonly wire: JsonValue;
  readonly policies: { readonly unknown_event: string; readonly unknown_field: string; readonly invalid_field: string };
  readonly limits: { readonly body: number; readonly events: number };
  readonly accept_times: { readonly past?: number; readonly future?: number };
  /** The address, and who is behind it. */
  readonly destination: {
    readonly url: string;
    readonly operator: string;
    readonly client_ip: string;
    readonly retention: Retention;
  };
  /** The values that the receiver computes: name → source. */
  readonly derives?: Readonly<Record<string, string>>;
  readonly rate_limit?: { readonly per: string; readonly requests: number; readonly window: number };
  readonly responses: Readonly<Record<string, number>>;
  /** Other contracts whose clients are answered there, by their own rules. */
  readonly also?: readonly string[];
  /** The kind of store, and on which host. */
  readonly sink: { readonly kind: string; readonly host?: string };
  /** The path for requests to be forgotten. */
  readonly forget?: string;
  /** `v1` → what its clients may send. */
  readonly versions: Readonly<Record<string, PublishedVersion>>;
}

export interface PublishedVersion {
  readonly common: Readonly<Record<string, PublishedField>>;
  /** Events, or metrics with their labels as fields. */
  readonly events: Readonly<
    Record<
      string,
      {
        readonly discarded?: true;
        readonly fields: Readonly<Record<string, PublishedField>>;
        readonly value?: JsonSchema;
      }
    >
  >;
  /** The values that the receiver adds. */
  readonly adds: Readonly<Record<string, JsonValue>>;
}

export interface PublishedField {
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly nullable?: true;
  readonly only_when?: Readonly<Record<string, JsonValue>>;
  /** Let in, and removed before anything is stored. */
  readonly dropped?: true;
}

/** The path at which an endpoint answers with its contract. */
export const CONTRACT_PATH = "/v1/contract";

/** The contract as its endpoint answers it, under `contract`, on `GET /v1/contract`. */
export function publishedContract(model: Model): PublishedContract {
  const { destination, ingest } = model;
  const versions = acceptedVersions(model).toReversed();
  return {
    product: model.product,
    schema_version: model.schemaVersion,
    consent_epoch: model.consentEpoch,
    supported: versions.map(({ version }) => version),
    sunset: sunsetVersions(model),
    ...(ingest.also === undefined ? {} : { also: ingest.also }),
    path: new URL(model.destination.url.replaceAll(/[{}]/g, "_")).pathname,
    wire: model.wire as object as JsonValue,
    policies: {
      unknown_event: ingest.unknownEvent,
      unknown_field: ingest.unknownField,
      invalid_field: ingest.invalidField,
    },
    limits: { ...ingest.limits },
    accept_times: { ...ingest.acceptTimes },
    destination: {
      url: destination.namedBy === undefined ? addressAsShown(destination.url) : `named by the ${destination.namedBy}`,
      operator: destination.operator.name,
      client_ip: destination.clientIp,
      retention: { ...destination.retention },
    },
    ...(ingest.derives === undefined
      ? {}
      : { derives: Object.fromEntries(ingest.derives.map(({ name, from }) => [name, from])) }),
    ...(ingest.rateLimit === undefined ? {} : { rate_limit: { ...ingest.rateLimit } }),
    responses: { ...ingest.responses },
    sink: {
      kind: ingest.forwardTo?.sink ?? "none",
      ...(ingest.forwardTo?.url === undefined ? {} : { host: hostOf(ingest.forwardTo.url) }),
    },
    ...(model.consent.commands.forget === undefined ? {} : { forget: FORGET_PATH }),
    versions: Object.fromEntries(
      versions.map(({ version, common, events, metrics, add }) => [
        `v${version}`,
        {
          common: published(common),
          events: {
            ...Object.fromEntries(
              events.map((event) => [event.wireName, { ...discarded(event), fields: published(event.fields) }]),
            ),
            ...Object.fromEntries(
              metrics.map((metric) => [
                metric.wireName,
                { ...discarded(metric), fields: published(metric.labels), value: metric.value.type.schema },
              ]),
            ),
          },
          adds: { ...add },
        },
      ]),
    ),
  };
}

/** Without path and query, which may hold something private. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}

/** Text of which equal contracts have equal bytes: keys in one order, no white space. Reading it and printing it gives it again. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, inOrder(item)]),
  );
}

/** `sha256-` and 64 hex digits, of the canonical text. */
export function digestOf(published: unknown): string {
  return `sha256-${createHash("sha256").update(canonicalJson(published)).digest("hex")}`;
}

function published(fields: readonly FrozenField[]): Readonly<Record<string, PublishedField>> {
  return Object.fromEntries(
    fields.map((field) => [
      field.wireName,
      {
        schema: field.type.schema,
        required: !field.optional && !field.legacy && field.onlyWhen.length === 0,
        ...(field.nullable ? { nullable: true as const } : {}),
        ...(field.onlyWhen.length === 0 ? {} : { only_when: conditionsAsWritten(field) }),
        ...(field.droppedAtEdge === true ? { dropped: true as const } : {}),
      },
    ]),
  );
}

function discarded(of: { readonly discarded: boolean }): { readonly discarded?: true } {
  return of.discarded ? { discarded: true } : {};
}
