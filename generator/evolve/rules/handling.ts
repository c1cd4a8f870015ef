import { quoted } from "../../language/types/comparison.js";
import type { FrozenContract } from "../../model/frozen.js";
import type { Model } from "../../model/model.js";
import { isMoreExact } from "../compare-words.js";
import type { RuleFinding } from "../finding.js";
import type { Pair } from "../pair.js";
import { missingFrom, type Rule } from "./define-rule.js";
import { nearPromise, overridePlaces, promises } from "./promises.js";
import { retention } from "./retention.js";
import { serverSide } from "./server-side.js";

/**
 * A set of sentences on each side: what came, and what went.
 * @param words the kind of those in words of the authors' own, where another spelling says the same. In any other one letter makes another
 * host, variable or name.
 */
function setRule(
  id: Rule["id"],
  gained: boolean,
  sentences: (contract: FrozenContract, other: FrozenContract) => readonly string[],
  says: (one: string) => string,
  near: (contract: FrozenContract, one: string) => object = ({ destination }) => destination,
  words: (one: string) => string | undefined = () => undefined,
): Rule {
  return {
    id,
    find: ({ before, after }) => {
      const [was, is] = [sentences(before, after), sentences(after, before)];
      const [known, all] = gained ? [was, is] : [is, was];
      const exact = all.filter((one) => words(one) === undefined);
      const changed = [
        ...exact.filter((one) => !known.includes(one)),
        ...missingFrom(
          known,
          all.filter((one) => !exact.includes(one)),
        ),
      ];
      return changed.map((one) => ({
        sentence: says(one),
        before: gained ? "not there" : one,
        after: gained ? one : "gone",
        near: near(after, one),
        ...about(words(one)),
      }));
    },
  };
}

function about(words: string | undefined): Pick<RuleFinding, "words"> {
  return words === undefined ? {} : { words };
}

/** The kind of a promise that is made in words of the authors' own. */
function promisedInWords(one: string): string | undefined {
  return /^(?:never collected|access|deletion|at the backend|deletion by [^:]+|legal basis|rights)(?=: )|^complies with(?= )/.exec(
    one,
  )?.[0];
}

function recipients({ destination, ingest, legal }: FrozenContract, other: FrozenContract): readonly string[] {
  const { namedBy, operator, url } = destination;
  const { controller, processors = [] } = legal ?? {};
  const there = other.destination.storedIn;
  // The same place, said more exactly by the one side, is one place.
  const isExact = there !== undefined && destination.storedIn !== undefined && isMoreExact(there, destination.storedIn);
  const storedIn = isExact ? there : destination.storedIn;
  const forward = ingest.forwardTo;
  return [
    `${operator.name} (${operator.party} party)`,
    namedBy === undefined ? `the host ${hostOf(url)}` : `whatever host the ${namedBy} names`,
    ...said("the controller ", controller),
    ...processors.map((one) => `the processor ${one}`),
    ...(storedIn === undefined ? [] : [`the store ${storedIn}`]),
    ...(ingest.operatedBy === undefined ? [] : [`an endpoint operated by ${ingest.operatedBy}`]),
    ...(forward === undefined
      ? []
      : [
          `${forward.sink}${forward.url === undefined ? "" : ` at ${forward.url.replace(/^https:\/\/|\/$/g, "")}`}${forward.region === undefined ? "" : ` in ${forward.region}`}${forward.secret === undefined ? "" : `, with the key in ${forward.secret}`}`,
        ]),
    ...(ingest.also ?? []).map((system) => `this endpoint, from clients of the contract "${system}",`),
    // Whoever has such a variable for another reason would send there.
    ...(destination.override === undefined || other.destination.override === undefined
      ? []
      : overridePlaces({ destination } as FrozenContract).map((place) => `any address in ${place}`)),
  ];
}

function said(words: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [words + text];
}

function storeInWords(one: string): string | undefined {
  return one.startsWith("the store ") ? "stored_in" : undefined;
}

function hostOf(url: string): string {
  return url.split("/")[2] ?? url;
}

/** Gates that turn what used to be partly kept away whole. */
function stricter({ before, after }: Pair): readonly RuleFinding[] {
  return policies.flatMap((policy): readonly RuleFinding[] => {
    const [was, is] = [before.ingest[policy], after.ingest[policy]];
    return strictness.indexOf(is) <= strictness.indexOf(was)
      ? []
      : [
          {
            sentence: `What the contract does not know is now answered with ${quoted([is])}, and was with ${quoted([was])} (${policy}).`,
            before: was,
            after: is,
            near: after.ingest,
          },
        ];
  });
}

export const policies = ["unknownEvent", "unknownField", "invalidField"] as const;
export const strictness = ["strip", "drop", "reject"] as const;

/** Charts and tables that show what single people, machines or whatever an identifier stands for do. */
function tracking(contract: FrozenContract): ReadonlyMap<string, string> | undefined {
  // Released versions keep no queries, so nobody knows what they were, and nothing is reported.
  const { queries } = contract as FrozenContract & { readonly queries?: Model["queries"] };
  const names = new Set(contract.identifiers.map(({ name }) => name));
  return (
    queries &&
    new Map(
      queries.flatMap(({ by, title }) => {
        const shown = by.filter((field) => names.has(field.slice(field.lastIndexOf(".") + 1)));
        return shown.length === 0 ? [] : [[`${title}\0${shown.join()}`, `"${title}" by ${quoted(shown)}`] as const];
      }),
    )
  );
}

function newTracking({ before, after }: Pair): readonly RuleFinding[] {
  const [was, is] = [tracking(before), tracking(after)];
  if (was === undefined || is === undefined) return [];
  return [...is]
    .filter(([key]) => !was.has(key))
    .map(([, what]) => ({
      sentence: `It is now looked at one by one: the dashboard ${what}.`,
      before: "not there",
      after: what,
      near: after,
    }));
}

const purposes = setRule(
  "purpose-changed",
  true,
  ({ why }) => why,
  (one) => `It also serves to answer: ${one}`.replace(/\.?$/, "."),
  undefined,
  () => "why",
);

const promised = setRule(
  "promise-added",
  true,
  promises,
  (one) => `It is now promised: ${one}`.replace(/\.?$/, "."),
  nearPromise,
  promisedInWords,
);

export const handlingRules: readonly Rule[] = [
  { ...purposes, find: (pair) => [...purposes.find(pair), ...newTracking(pair)] },
  setRule(
    "purpose-removed",
    false,
    ({ why }) => why,
    (one) => `It no longer serves to answer: ${one}`.replace(/\.?$/, "."),
    undefined,
    () => "why",
  ),
  setRule(
    "recipient-added",
    true,
    recipients,
    (one) => `It goes to ${one}`.replace(/\.?$/, "."),
    undefined,
    storeInWords,
  ),
  setRule(
    "recipient-removed",
    false,
    recipients,
    (one) => `It no longer goes to ${one}`.replace(/\.?$/, "."),
    undefined,
    storeInWords,
  ),
  setRule(
    "promise-removed",
    false,
    promises,
    (one) => `It is no longer promised: ${one}`.replace(/\.?$/, "."),
    nearPromise,
    promisedInWords,
  ),
  { ...promised, find: (pair) => [...promised.find(pair), ...stricter(pair)] },
  { id: "server-field-added", find: (pair) => serverSide(pair, true) },
  { id: "server-field-removed", find: (pair) => serverSide(pair, false) },
  { id: "retention-extended", find: (pair) => retention(pair, true) },
  { id: "retention-shortened", find: (pair) => retention(pair, false) },
  {
    id: "version-sunset",
    find: ({ before, after }) => {
      const [was, is] = [before.ingest.supportedFrom ?? 1, after.ingest.supportedFrom ?? 1];
      return is <= was
        ? []
        : [
            {
              sentence: `What clients older than v${is} send is answered with success and discarded.`,
              before: `v${was} and later are accepted`,
              after: `v${is} and later are accepted`,
              near: after.ingest,
            },
          ];
    },
  },
];
