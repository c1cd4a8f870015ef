import { valueFor } from "../../generator/language/consent/step.js";
import { consentTable } from "../../generator/language/consent/table.js";
import type { Field, Model } from "../../generator/model/model.js";
import { namesEvents } from "../../generator/model/wire.js";
import type { Broken } from "./check.js";
import type { Contract } from "./contract.js";

/**
 * What is known to be wrong and not mended yet. This list only ever gets shorter: `npm run property` names the entries that
 * nothing needed.
 */
interface Known {
  readonly rule: RegExp;
  readonly problem: RegExp;
  readonly about?: (model: Model) => boolean;
  readonly why: string;
}

const EMITS = /one request/;

export const KNOWN: readonly Known[] = [
  {
    rule: EMITS,
    problem: /./,
    about: ({ metrics }) => metrics.some(({ value }) => !["int", "const"].includes(value.type.kind)),
    why: "a metric's value of a named type that is no number",
  },
  {
    rule: EMITS,
    problem: /./,
    about: ({ metrics }) => metrics.some(({ value }) => typeof (value.type.schema.const ?? 0) !== "number"),
    why: "a metric's value of a named type that is no number",
  },
  {
    rule: EMITS,
    problem: /wrong_path/,
    about: ({ destination }) =>
      destination.urlFields.some(({ type }) => type.fields !== undefined || type.of !== undefined),
    why: "a list or an object in the address",
  },
  {
    rule: EMITS,
    problem: /made 0 requests|nothing was filled in/,
    about: (model) => identifiersWithin(model) || JSON.stringify(model.events).includes('"identifier":"'),
    why: "identifiers below the top, and in an event's own fields where events wait",
  },
  {
    rule: EMITS,
    problem: /dropped_incomplete|made 0 requests|nothing was filled in/,
    about: ({ events }) =>
      events.some(({ rollup, fields }) => rollup !== undefined && fields.some(({ from }) => from.kind !== "call")),
    why: "a rollup's fields that the client fills in",
  },
  {
    rule: EMITS,
    problem: /made 0 requests/,
    about: ({ common }) => common.some(({ codeName }) => codeName === "host"),
    why: "a field called host is taken for the stand-in of the host",
  },
  {
    rule: EMITS,
    problem: /made 0 requests|instead of/,
    about: (model) => sharedSetup(model),
    why: "two fields of one name are given once",
  },
  {
    rule: EMITS,
    problem: /dropped_|made 0|instead of|travels/,
    about: (model) => belowTop(model),
    why: "conditions and legacy fields below the top",
  },
  {
    rule: EMITS,
    problem: /travels, and nobody asked/,
    about: (model) => /"kind":"otherwise"/.test(JSON.stringify(model)),
    why: "an optional field that was not given is sent as its otherwise",
  },
  {
    rule: /switch/,
    problem: /is printed as/,
    about: ({ consent }) =>
      new Set(consent.order.map(({ place }) => JSON.stringify(place))).size < consent.order.length,
    why: "two steps on one place",
  },
  {
    rule: /switch/,
    problem: /./,
    about: ({ consent }) => /"kind":"(?:at-least|absent|fact|flag|given)"/.test(JSON.stringify(consent)),
    why: "sides that name an order or an absence; flags, facts and given settings, which the page's reader doesn't know well yet",
  },
  {
    rule: /switch/,
    problem: /printed as on/,
    about: ({ consent }) =>
      consent.order.some((step) => step.enableWhen !== undefined && valueFor(step, "yes", consent) === undefined),
    why: "a side that the other one always outweighs is printed all the same",
  },
  {
    rule: /switch/,
    problem: /printed as on, and it is off by/,
    about: ({ consent }) =>
      consent.order.some(
        ({ place, enableWhen, disableWhen }) =>
          ["config", "env"].includes(place.kind) && enableWhen !== undefined && disableWhen !== undefined,
      ),
    why: "two sides of one step that overlap",
  },
  {
    rule: EMITS,
    problem: /./,
    about: ({ destination, metrics }) => destination.method !== undefined && metrics.length > 0,
    why: "reports of metrics go by POST, whatever destination.method says",
  },
  {
    rule: EMITS,
    problem: /made 0 requests/,
    about: ({ identifiers }) =>
      identifiers.some(
        ({ madeFrom, format }) => madeFrom === "random" && !/^a UUID(?: of version 4)?$|whole/.test(format.rule),
      ),
    why: "random identifiers of a form that the client can't make",
  },
  { rule: /bits/, problem: /./, why: "bits inside an object" },
];

function belowTop({ common, events, metrics }: Model): boolean {
  const inner = [common, events, metrics].map((all) => JSON.stringify(all)).join();
  return /"fields":\[.*"(?:legacy":true|onlyWhen":\[\{)/s.test(inner);
}

function identifiersWithin({ common, events, metrics }: Model): boolean {
  const within = (fields: readonly Field[]) => fields.map(({ type }) => [type.of, type.fields]);
  const text = JSON.stringify([
    within(common),
    events.map(({ fields }) => within(fields)),
    metrics.map(({ labels }) => within(labels)),
  ]);
  return text.includes('"identifier":"');
}

function sharedSetup({ common, events, metrics }: Model): boolean {
  const groups = [common, ...events.map(({ fields }) => fields), ...metrics.map(({ labels }) => labels)];
  const names = groups.flatMap((group) =>
    group.filter(({ from }) => from.kind === "setup").map(({ codeName }) => codeName),
  );
  return new Set(names).size < names.length;
}

/** Those that were needed in this process. */
export const needed = new Set<string>();

export function isKnown({ rule, problem }: Broken, { model }: Contract): boolean {
  const known = KNOWN.find((one) => one.rule.test(rule) && one.problem.test(problem) && (one.about?.(model) ?? true));
  if (known !== undefined) needed.add(known.why);
  return known !== undefined;
}

/** What the compiler or a generated suite is known to refuse. */
const KNOWN_IN_BATCH: readonly { readonly about: (model: Model) => boolean; readonly why: string }[] = [
  {
    about: ({ consent }) => consent.notice?.sendsFrom !== undefined,
    why: "the generated suite knows no run before the first one that sends",
  },
  {
    about: ({ events, wire }) =>
      events.some(({ rollup }) => rollup !== undefined) && /"kind":"name"/.test(JSON.stringify(wire)),
    why: "counters that are repeated as items of a list come in the order of the rollup, and the golden ones by name",
  },
  {
    about: ({ identifiers, wire }) =>
      identifiers.length > 0 && /"kind":"(json|base64|base64url)"/.test(JSON.stringify(wire)),
    why: "the generated suite compares identifiers only where they stand as they are, and not in what is encoded",
  },
  {
    about: ({ consent }) => consent.order.some(({ place }) => place.kind === "given"),
    why: "the calls of a batch give setup no settings of the program, where its type asks for them",
  },
  {
    about: (model) => everyField(model).some(({ onlyWhen }) => onlyWhen.length > 0),
    why: "types ask for conditional fields",
  },
  { about: ({ wire, events }) => !namesEvents(wire) && events.length > 1, why: "two events without a name" },
  {
    about: ({ consent, consentEpoch }) => !consentTable(consent, consentEpoch).some(({ enabled }) => enabled),
    why: "nothing can turn it on",
  },
];

function everyField({ common, events, metrics }: Model): readonly Field[] {
  return [common, ...events.map((event) => event.fields), ...metrics.map(({ labels }) => labels)].flat();
}

export function isKnownInBatch({ model }: Contract): boolean {
  return KNOWN_IN_BATCH.some(({ about }) => about(model));
}
