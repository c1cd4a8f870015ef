import { consentTable } from "../../generator/model/consent-table.js";
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
const SWITCH = /switch/;

export const KNOWN: readonly Known[] = [
  {
    rule: EMITS,
    problem: /./,
    about: ({ metrics }) => metrics.some(({ value }) => !["int", "const"].includes(value.type.kind)),
    why: "a metric's value of a named type that is no number",
  },
  {
    rule: EMITS,
    problem: /wrong_path/,
    about: ({ destination }) => destination.urlFields.length > 0,
    why: "URL fields that may be absent, or whose values are escaped",
  },
  {
    rule: EMITS,
    problem: /made 0 requests/,
    about: ({ destination }) => destination.urlFields.length > 0,
    why: "URL fields that may be absent",
  },
  { rule: EMITS, problem: /header .* is missing/, why: "headers with a dash" },
  {
    rule: EMITS,
    problem: /arrived in place of|dropped_|incomplete|kept/,
    about: ({ wire }) => !namesEvents(wire),
    why: "two events without a name",
  },
  {
    rule: EMITS,
    problem: /made 0 requests|nothing was filled in/,
    about: (model) => identifiersWithin(model),
    why: "identifiers in an event's own fields, and below the top",
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
    about: ({ common, destination }) =>
      [...common, ...destination.urlFields].some(({ codeName }) => codeName === "host"),
    why: "a field called host is taken for the stand-in of the host",
  },
  {
    rule: EMITS,
    problem: /./,
    about: (model) => sharedSetup(model),
    why: "two fields of one name are given once",
  },
  {
    rule: EMITS,
    problem: /dropped_|made 0|instead of|travels/,
    about: (model) => belowTop(model),
    why: "conditions, legacy and optional fields below the top",
  },
  {
    rule: EMITS,
    problem: /travels, and nobody asked/,
    about: (model) => /"optional":true/.test(JSON.stringify(model)) && /"kind":"otherwise"/.test(JSON.stringify(model)),
    why: "an optional field that was not given is sent as its otherwise",
  },
  {
    rule: SWITCH,
    problem: /printed as on, and it is off by (?:[A-Z_]+|config|stored)/,
    why: "a side that enables is also a no",
  },
  {
    rule: SWITCH,
    problem: /printed as (?:on|off), and it is (?:on|off) by/,
    why: "a command without a stored answer; one variable in two steps",
  },
  {
    rule: SWITCH,
    problem: /on by default, and it is off/i,
    about: ({ consent }) => consent.order.some(({ place }) => place.kind === "config" && place.config.includes("/")),
    why: "a configuration file below ~/",
  },
  { rule: SWITCH, problem: /printed as off \(after/, why: "one variable in two steps" },
  {
    rule: /commands/,
    problem: /ends with/,
    why: "a command of which only some words are named, or without a stored answer",
  },
  { rule: /understood/, problem: /./, why: "what is there and can't be told is as if absent" },
  { rule: /names all/, problem: /consent_epoch/, why: "the page leaves out keys that the client keeps" },
  { rule: /names all/, problem: /the page says nothing/, why: "identifiers below the top" },
  { rule: /bits/, problem: /./, why: "bits inside an object" },
];

function belowTop({ common, events, metrics }: Model): boolean {
  return /"fields":\[.*"(?:legacy":true|onlyWhen":\[\{)/s.test(JSON.stringify([common, events, metrics]));
}

function identifiersWithin({ common, events, delivery }: Model): boolean {
  const text = JSON.stringify([
    common.map(({ type }) => [type.of, type.fields]),
    events.map(({ fields }) => fields.map(({ type }) => [type.of, type.fields])),
  ]);
  return (
    text.includes('"identifier":"') || (delivery.mode === "queued" && JSON.stringify(events).includes('"identifier":"'))
  );
}

function sharedSetup({ common, events, metrics, destination }: Model): boolean {
  const groups = [
    common,
    destination.urlFields,
    ...events.map(({ fields }) => fields),
    ...metrics.map(({ labels }) => labels),
  ];
  const names = groups.flatMap((group) =>
    group.filter(({ from }) => from.kind === "setup").map(({ codeName }) => codeName),
  );
  return new Set(names).size < names.length;
}

export function isKnown({ rule, problem }: Broken, { model }: Contract): boolean {
  const known = KNOWN.find((one) => one.rule.test(rule) && one.problem.test(problem) && (one.about?.(model) ?? true));
  if (known !== undefined) needed.add(known.why);
  return known !== undefined;
}

/** Those that were needed in this process. */
export const needed = new Set<string>();

/** What the compiler or a generated suite is known to refuse. */
const KNOWN_IN_BATCH: readonly { readonly about: (model: Model) => boolean; readonly why: string }[] = [
  {
    about: ({ events }) => JSON.stringify(events).includes('"identifier":"'),
    why: "identifiers in an event's own fields",
  },
  {
    about: ({ consent, identifiers }) =>
      consent.order.some(({ place }) => place.kind === "stored" && identifiers.some(({ name }) => name === place.key)),
    why: "a stored step on an identifier",
  },
  {
    about: (model) => everyField(model).some(({ onlyWhen }) => onlyWhen.length > 0),
    why: "types ask for conditional fields",
  },
  { about: ({ destination }) => destination.urlFields.length > 0, why: "URL fields whose values are escaped" },
  {
    about: ({ wire, events }) => !namesEvents(wire) && events.length > 1,
    why: "two events without a name",
  },
  {
    about: ({ consent }) =>
      new Set(consent.order.map(({ place }) => JSON.stringify(place))).size < consent.order.length,
    why: "two steps on one place",
  },
  {
    about: ({ consent, consentEpoch }) => !consentTable(consent, consentEpoch).some(({ enabled }) => enabled),
    why: "nothing can turn it on",
  },
  {
    about: (model) =>
      everyField(model).some(({ from, type }) => from.kind === "schema-version" && type.schema.const === undefined),
    why: "the example of a version is another version",
  },
  {
    about: (model) => everyField(model).some(({ from, is }) => from.kind === "env" && is),
    why: "one variable in a switch and in a field",
  },
  {
    about: ({ events }) => events.some(({ rollup }) => rollup !== undefined && rollup.by.length === 0),
    why: "a rollup that is given amounts alone",
  },
];

function everyField({ common, events, metrics, consent }: Model): readonly (Field & { readonly is?: boolean })[] {
  const fields = [common, ...events.map((event) => event.fields), ...metrics.map(({ labels }) => labels)].flat();
  const switches = new Set(consent.order.map(({ place }) => (place.kind === "env" ? place.env : "")));
  return fields.map((field) => ({ ...field, is: field.from.kind === "env" && switches.has(field.from.env) }));
}

export function isKnownInBatch({ model }: Contract): boolean {
  return KNOWN_IN_BATCH.some(({ about }) => about(model));
}
