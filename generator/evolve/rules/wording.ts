import { asksIn } from "../../language/consent/parts.js";
import { typeInWords } from "../../language/types/comparison.js";
import { same } from "../../language/types/contains.js";
import type { FrozenContract } from "../../model/frozen.js";
import { ownPath, statePath } from "../../model/state-path.js";
import { compareParts } from "../compare-parts.js";
import { plain, sameWords } from "../compare-words.js";
import type { RuleFinding } from "../finding.js";
import { differences } from "../leaves.js";
import type { Pair } from "../pair.js";
import { duration } from "../words.js";
import { fieldRule, type Rule } from "./define-rule.js";
import { roomier } from "./edge.js";
import { takesAnothersName } from "./fields.js";
import { openness, overridePlaces } from "./promises.js";
import { prose, type Words, wordsOfEvent, wordsOfField } from "./prose.js";
import { sameTypes } from "./types.js";

/** Returns how it travels, is asked about and is kept on the machine. */
function delivery(contract: FrozenContract, other: FrozenContract): Words {
  const { consent, ingest, destination } = contract;
  const { debug, queue, ...how } = contract.delivery;
  const own = (path: string | undefined) => path && ownPath(path, contract);
  return {
    delivery: {
      ...how,
      queue: { ...queue, file: own(queue?.file) },
      debug: { ...debug, line: undefined, env: undefined, shows: undefined },
    },
    builds: consent.builds
      .filter(
        ({ name, kind }) =>
          kind === "normal" && !other.consent.builds.some((build) => build.name === name && build.kind !== kind),
      )
      .map(({ name }) => name),
    ask: asksIn(consent).map(
      ({ question: _question, preselected: _preselected, whenSkipped: _whenSkipped, askAgain: _askAgain, ...ask }) =>
        ask,
    ),
    parts: Object.fromEntries(
      [...contract.events, ...contract.metrics].flatMap(({ wireName, part }) =>
        [...other.events, ...other.metrics].some((one) => one.wireName === wireName) ? [[wireName, part]] : [],
      ),
    ),
    notice: { ...consent.notice, text: undefined, when: undefined, onlyWhere: undefined },
    commands: {
      status: { ...consent.commands.status, prints: undefined },
      enable: consent.commands.enable,
      forget: { run: other.consent.commands.forget && consent.commands.forget?.run },
      disable: { ...consent.commands.disable, run: undefined },
    },
    state_file: {
      path: own(statePath(contract)),
      mode: same(openness(contract), openness(other)) ? consent.stateFile?.mode : undefined,
      keys: Object.fromEntries((consent.stateFile?.keys ?? []).map(({ key, type }) => [key, typeInWords(type)])),
    },
    // Whether nothing is sent instead is a promise.
    override: destination.override && {
      ...destination.override,
      // Other places are told as such; the same ones in another order, here.
      order: same(overridePlaces(contract).toSorted(), overridePlaces(other).toSorted())
        ? overridePlaces(contract)
        : undefined,
      whenRejected: [destination, other.destination].some((one) => one.override?.whenRejected === "disable")
        ? undefined
        : destination.override.whenRejected,
    },
    rate_limit: ingest.rateLimit?.per,
    counters: Object.fromEntries(
      contract.events.map(({ wireName, rollup }) => [wireName, rollup?.counters.map((counter) => counter.wireName)]),
    ),
  };
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);
}

/** Words by which people judge what is sent, and a promise that goes. */
function isToldElsewhere({ path, before, after }: ReturnType<typeof differences>[number]): boolean {
  return (
    /^(why|when|means|note|notice|ask)\b/.test(path) ||
    (before !== undefined && /^(parts|deleting_it)\b/.test(path)) ||
    (after === undefined && path === "contact")
  );
}

/** Differences of words, without those that change more than typography where another class speaks about them. */
function reworded(where: string, was: Words, is: Words, near: object, event?: string): readonly RuleFinding[] {
  return differences(was, is)
    .filter((one) => !isToldElsewhere(one) || sameWords(shown(one.before), shown(one.after)))
    .map(({ path, before, after }) => ({
      sentence: `${where}${path} reads differently.`,
      before: shown(before),
      after: shown(after),
      near,
      ...(event === undefined ? {} : { event }),
    }));
}

const proseEdited: Rule = {
  id: "prose-edited",
  find: (pair) => {
    const { before, after } = pair;
    const released = Math.min(before.schemaVersion, after.schemaVersion);
    return [
      ...reworded("", prose(before, released), prose(after, released), after),
      ...pair.events.flatMap(({ before: was, after: is }) =>
        was === undefined || is === undefined
          ? []
          : reworded(`"${is.wireName}": `, wordsOfEvent(was), wordsOfEvent(is), is, is.wireName),
      ),
      ...pair.fields.flatMap(({ before: was, after: is, owner, name, event }) => {
        return was === undefined || is === undefined
          ? []
          : reworded(`${name} of ${owner}: `, wordsOfField(was, is), wordsOfField(is, was), is, event);
      }),
      ...typography(pair),
    ];
  },
};

/** Purposes, promises and a store that are the same but for their spelling. */
function typography({ before, after }: Pair): readonly RuleFinding[] {
  const words = (contract: FrozenContract) =>
    [
      ...contract.why,
      ...contract.neverCollected,
      contract.policy,
      contract.legal?.basis,
      contract.legal?.rights,
      contract.destination.storedIn,
      contract.destination.access,
      contract.destination.deletion,
      ...(contract.ingest.forwardTo?.backendSettings ?? []),
    ].flatMap((text) => text ?? []);
  const olds = words(before);
  const known = new Map(olds.map((text) => [plain(text), text]));
  return words(after).flatMap((text): readonly RuleFinding[] => {
    const was = known.get(plain(text)) ?? olds.find((one) => sameWords(one, text));
    return was === undefined || was === text
      ? []
      : [{ sentence: "A purpose, promise or store is written differently.", before: was, after: text, near: after }];
  });
}

const deliveryChanged: Rule = {
  id: "delivery-changed",
  find: (pair) => {
    const { before, after } = pair;
    const told = new Set(compareParts(pair).flatMap(({ names }) => names));
    const changed = differences(delivery(before, after), delivery(after, before)).filter(
      ({ path }) => !told.has(path.replace(/^parts\./, "")),
    );
    const said = changed.map(({ path, before: was, after: is }) => ({
      what: inSpecWords(path),
      before: spokenAt(path, was),
      after: spokenAt(path, is),
    }));
    return [...said, ...roomier(before, after)].map(({ what, before: was, after: is }) => ({
      sentence: `${what} is ${is}, and was ${was}.`,
      before: was,
      after: is,
      near: after.delivery,
    }));
  },
};

/** The language's own names; those of the state file's keys are the spec's. */
function inSpecWords(path: string): string {
  return path.startsWith("state_file.keys.")
    ? path
    : path.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

function spokenAt(path: string, value: unknown): string {
  return typeof value === "number" && /\.(timeout|every|reclaimAfter)$/.test(path) ? duration(value) : shown(value);
}

const codeNames = fieldRule("rendering-changed", (field, pair) => {
  const { owner, name, before, after } = field;
  return before === undefined ||
    after === undefined ||
    before.codeName === after.codeName ||
    before.wireName !== after.wireName ||
    takesAnothersName(field, pair)
    ? undefined
    : {
        sentence: `In code, ${name} of ${owner} is called ${after.codeName}; it was ${before.codeName}.`,
        before: before.codeName,
        after: after.codeName,
      };
});

const renderingChanged: Rule = {
  id: "rendering-changed",
  find: (pair) => [
    ...sameTypes.find(pair),
    ...codeNames.find(pair),
    ...pair.events.flatMap(({ before, after }): readonly RuleFinding[] =>
      before === undefined ||
      after === undefined ||
      before.codeName === after.codeName ||
      before.wireName !== after.wireName
        ? []
        : [
            {
              sentence: `In code, "${after.wireName}" is called ${after.codeName}; it was ${before.codeName}.`,
              before: before.codeName,
              after: after.codeName,
              event: after.wireName,
              near: after,
            },
          ],
    ),
    ...(pair.before.product === pair.after.product
      ? []
      : [
          {
            sentence: `The product is called ${pair.after.product} in code.`,
            before: pair.before.product,
            after: pair.after.product,
            near: pair.after,
          },
        ]),
  ],
};

export const wordingRules: readonly Rule[] = [deliveryChanged, proseEdited, renderingChanged];
