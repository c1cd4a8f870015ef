import type { Model } from "../../generator/model/model.js";
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
    problem: /arrived in place of/,
    about: ({ wire }) => wire.format === "json" && wire.eventKey === undefined,
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
    problem: /dropped_incomplete|made 0 requests/,
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
    problem: /made 0 requests/,
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
  return /"fields":\[.*"(?:legacy":true|otherwise|onlyWhen":\[\{)/s.test(JSON.stringify([common, events, metrics]));
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
const KNOWN_IN_BATCH: readonly ((model: Model) => boolean)[] = [];

export function isKnownInBatch({ model }: Contract): boolean {
  return KNOWN_IN_BATCH.some((about) => about(model));
}
