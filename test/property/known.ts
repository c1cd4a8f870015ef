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

export const KNOWN: readonly Known[] = [];

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
