import { withApart } from "../model/apart.js";
import { modeOf } from "../model/delivery.js";
import { addressAsKept, withPath } from "../model/in-path.js";
import type {
  Consent,
  Delivery,
  Destination,
  Event,
  Field,
  Guarantee,
  Identifier,
  Model,
  Wire,
} from "../model/model.js";
import { saltsWithSecret as salts } from "../model/salts.js";
import { placedByName } from "../model/wire.js";
import { buildClients } from "./build-clients.js";
import { buildConsent } from "./build-consent.js";
import { buildQueries, dashboardTitles } from "./build-dashboards.js";
import { buildDelivery } from "./build-delivery.js";
import { buildDestination, present } from "./build-destination.js";
import { buildEvents, buildMetrics } from "./build-events.js";
import { buildFields } from "./build-field.js";
import { buildIdentifiers } from "./build-identifiers.js";
import { buildIngest } from "./build-ingest.js";
import { buildLegal } from "./build-owned.js";
import { namedType } from "./build-type.js";
import { buildWire } from "./build-wire.js";
import type { Walk } from "./check-structure.js";
import { type Scope, spanOf } from "./scope.js";
import { at, entriesOf, itemsOf, type MapTree, numberOf, type Tree, textOf, textsOf } from "./tree.js";

/**
 * The model of a spec whose structure has been checked. What is missing or broken becomes a placeholder: the model is then
 * good enough for further findings, and nobody else gets to see it.
 */
export function buildModel(root: MapTree, walk: Walk, described: readonly string[] = []): Model {
  const scope = scopeOf(root, walk);
  const missing: MapTree = { kind: "map", entries: new Map(), flow: false, start: root.start, end: root.end };
  const section = (name: string): Tree => at(root, name) ?? missing;
  const text = (name: string) => textOf(at(root, name)) ?? "";
  // Identifiers first: fields look their formats up. Then every named type, so that an unused one is judged too.
  const identifiers = buildIdentifiers(section("identifiers"), at(root, "shared"), scope);
  for (const [name, { key }] of scope.types) namedType(name, key, scope);
  const address = textOf(at(root, "destination", "url")) ?? "";
  const drawn = withPath(buildWire(section("wire"), scope), addressAsKept(address));
  const events = buildEvents(at(root, "events"), scope);
  const common = withoutIdentifiers(buildFields(at(root, "common"), scope, "setup"), events);
  const wire = withApart(drawn, { common: [common], fields: events.map(({ fields }) => fields) });
  const metrics = buildMetrics(at(root, "metrics"), scope);
  const delivery = buildDelivery(section("delivery"), scope, textOf(at(root, "product")) ?? "");
  const placed = new Set(placedByName(wire).common);
  const inUrl = (name: string) => address.includes(`{common.${name}}`);
  const urlFields = common.filter(({ wireName }) => inUrl(wireName));
  return {
    at: spanOf(scope, root),
    source: walk.report.file,
    ...buildAbout(root),
    ...buildLegal(root),
    consent: {
      ...ofParts(buildConsent(section("consent"), scope, text("justification")), [...events, ...metrics]),
      ...(events.some(({ evenWhenOff }) => evenWhenOff?.despite.includes("default")) && { heedsUnread: true }),
      ...(at(root, "queues") === undefined ? {} : { queues: textsOf(at(root, "queues")) }),
    },
    identifiers,
    ...(salts([...common, ...events.flatMap(({ fields }) => fields), ...metrics.flatMap(({ labels }) => labels)])
      ? { salts: true as const }
      : {}),
    destination: bodiless(buildDestination(section("destination"), text("product"), urlFields, scope), wire, delivery),
    common: common.filter(({ wireName }) => !inUrl(wireName) || placed.has(wireName)),
    events,
    metrics,
    guarantees: textsOf(at(root, "guarantees")) as readonly Guarantee[],
    wire,
    delivery,
    ingest: buildIngest(at(root, "ingest"), at(root, "metrics") !== undefined, root, scope),
    clients: buildClients(at(root, "clients"), root, scope),
    dashboards: dashboardTitles(at(root, "dashboards")),
    queries: buildQueries(at(root, "dashboards"), at(root, "metrics") !== undefined, scope),
    ...buildRetired(root),
    ...(at(root, "page") === undefined ? {} : { programmes: textsOf(at(root, "page")) }),
    ...(described.length === 0 ? {} : { described }),
    openQuestions: textsOf(at(root, "open_questions")),
    history: buildHistory(root, scope),
    ...present("maxBits", numberOf(at(root, "max_bits"))),
    // The released versions lie in files of their own; `evolve` adds them.
    frozen: [],
    changes: [],
  };
}

/** What fields look up while they are built: nothing is found yet but the names of types. */
function scopeOf(root: MapTree, walk: Walk): Scope {
  return {
    report: walk.report,
    walk,
    types: new Map(entriesOf(at(root, "types"))),
    named: new Map(),
    open: new Set(),
    identifiers: new Map<string, Identifier>(),
    identifierExamples: new Map(),
    around: undefined,
  };
}

/** What the contract says about itself. */
function buildAbout(root: MapTree) {
  const text = (name: string) => textOf(at(root, name)) ?? "";
  return {
    product: text("product"),
    title: text("title"),
    summary: text("summary"),
    schemaVersion: numberOf(at(root, "schema_version")) ?? 1,
    consentEpoch: numberOf(at(root, "consent_epoch")) ?? 1,
    why: textsOf(at(root, "why")),
    neverCollected: textsOf(at(root, "never_collected")),
    ...present("policy", textOf(at(root, "policy"))),
    ...present("contact", textOf(at(root, "contact"))),
  };
}

function buildRetired(root: MapTree): Pick<Model, "retired"> {
  const retired = at(root, "retired");
  if (retired === undefined) return {};
  return { retired: { since: textOf(at(retired, "since")) ?? "", why: textOf(at(retired, "why")) ?? "" } };
}

function buildHistory(root: MapTree, scope: Scope): Model["history"] {
  return itemsOf(at(root, "history")).map((entry) => ({
    at: spanOf(scope, entry),
    version: numberOf(at(entry, "version")) ?? 0,
    ...present("date", textOf(at(entry, "date"))),
    change: textOf(at(entry, "change")) ?? "",
    ...present("wordingOnly", textOf(at(entry, "wording_only"))),
  }));
}

/** Makes identifiers optional, since events that are sent although telemetry is off go without them. */
function withoutIdentifiers(common: readonly Field[], events: readonly Event[]): readonly Field[] {
  if (!events.some(({ evenWhenOff }) => evenWhenOff !== undefined)) return common;
  return common.map((field) => (field.from.kind === "identifier" ? { ...field, optional: true } : field));
}

/**
 * Returns the parts' default: where everything belongs to a part and the head has no yes of its own, the parts say what holds
 * where nobody said anything.
 */
function ofParts(consent: Consent, all: readonly { readonly part?: string }[]): Consent {
  const saysYes = consent.order.some(({ enableWhen }) => enableWhen !== undefined);
  const apart = consent.parts !== undefined && all.every(({ part }) => part !== undefined);
  return apart && !saysYes ? { ...consent, model: "opt-out" } : consent;
}

/** A request that the product makes anyway, of which no body is drawn, is one that fetches something. */
function bodiless(destination: Destination, wire: Wire, delivery: Delivery): Destination {
  const none = wire.format !== "prometheus-text" && wire.body === undefined && wire.each === undefined;
  return modeOf({ delivery }).rides && none && destination.method === undefined
    ? { ...destination, method: "GET" }
    : destination;
}
