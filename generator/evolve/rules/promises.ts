import { holds, samples } from "../../language/consent/matches/index.js";
import { asksIn } from "../../language/consent/parts.js";
import type { FrozenContract } from "../../model/frozen.js";
import { promisesIn } from "../compare-words.js";
import { factInWords } from "../words.js";

const rights = [
  [0o004, "read by others on the machine"],
  [0o002, "written by others on the machine"],
  [0o040, "read by its group"],
  [0o020, "written by its group"],
] as const;

/** Compares what others than its owner may do with the file that holds answers and identifiers. */
export function openness({ consent }: FrozenContract): readonly string[] {
  const mode = Number.parseInt(consent.stateFile?.mode ?? "0600", 8);
  return rights.flatMap(([bit, what]) => ((mode & bit) === 0 ? [] : [what]));
}

/** Compares bounds: who promises at most 10 promises at most 20, too. */
function bounds({ maxBits }: FrozenContract, other: FrozenContract): readonly number[] {
  if (maxBits === undefined) return [];
  return [...new Set([maxBits, other.maxBits ?? maxBits])].filter((bits) => bits >= maxBits);
}

/** Returns what can name another address: `TOOL_ENDPOINT`, `endpoint in tool.yml`. */
export function overridePlaces({ destination }: FrozenContract): readonly string[] {
  return (destination.override?.order ?? []).map((place) =>
    place.kind === "env" ? place.env : `${place.key} in ${place.config}`,
  );
}

const aboutFile = "the state file can't be ";

const spoken = ["1", "true", "0", "false", "", "anything"] as const;

/** Values of the variable with which something is shown instead of sent here, and not there. */
function shownOnly({ delivery: { debug } }: FrozenContract, other: FrozenContract): readonly string[] {
  const there = other.delivery.debug;
  if (debug?.sends === undefined || there?.sends === undefined || debug.env !== there.env) return [];
  return [...new Set([...samples(debug.when), ...samples(there.when), ...spoken].map(String))]
    .filter((value) => holds(debug.when, value) && !holds(there.when, value))
    .map((value) => `with ${debug.env}=${value} nothing is sent`);
}

/** The place of a promise in the contract. */
export function nearPromise({ consent, destination }: FrozenContract, one: string): object {
  return one.startsWith(aboutFile) ? (consent.stateFile ?? consent) : destination;
}

/** Compares promises. A promise about something that only one side has counts with that thing. */
export function promises(contract: FrozenContract, other: FrozenContract): readonly string[] {
  const { destination, ingest, consent, delivery, identifiers } = contract;
  const said = (words: string, text: string | undefined) => (text === undefined ? [] : [`${words}${text}`]);
  return [
    ...contract.neverCollected.flatMap(promisesIn).map((one) => `never collected: ${one}`),
    ...(consent.commands.status?.prints ?? []).map((one) => `the status command shows ${one}`),
    ...(delivery.debug === undefined
      ? []
      : [
          `${delivery.debug.env} shows what is sent`,
          `${delivery.debug.env} shows ${delivery.debug.shows.replaceAll("-", " ")}`,
          ...(delivery.debug.sends === undefined ? [] : [`where ${delivery.debug.env} shows it, nothing is sent`]),
          ...(delivery.debug.whenOff === undefined
            ? []
            : [`${delivery.debug.env} shows it while telemetry is off, too`]),
        ]),
    ...shownOnly(contract, other),
    ...contract.guarantees,
    ...(contract.described ?? []).map((one) => `the product's own code does this: ${one}`),
    ...(contract.contact === undefined ? [] : ["somebody is named whom people can ask"]),
    ...said("complies with ", contract.policy),
    ...(contract.legal?.controller === undefined ? [] : ["a controller is named"]),
    // Where nothing is handed on any more, nothing is kept.
    ...(destination.storedIn === undefined || (ingest.forwardTo && !other.ingest.forwardTo)
      ? []
      : ["it is said where the data is kept"]),
    ...said("legal basis: ", contract.legal?.basis),
    ...said("rights: ", contract.legal?.rights),
    ...said("licence: ", contract.licence),
    ...said("access: ", destination.access),
    ...said("deletion: ", destination.deletion),
    ...(consent.commands.forget === undefined ? [] : ["deletion by a command of the product's own"]),
    ...identifiers
      .filter(({ name }) => other.identifiers.some((identifier) => identifier.name === name))
      .flatMap(({ name, deletionBy }) => said(`deletion by ${name}: `, deletionBy)),
    ...identifiers
      .filter(
        ({ name, inCi }) => inCi !== undefined && other.identifiers.some((identifier) => identifier.name === name),
      )
      .map(({ name }) => `in CI ${name} tells nobody apart`),
    ...(other.ingest.forwardTo === undefined ? [] : (ingest.forwardTo?.backendSettings ?? [])).map(
      (one) => `at the backend: ${one}`,
    ),
    ...(consent.notice === undefined
      ? []
      : [
          `a notice ${{ "before-first-send": "before anything is sent", "first-run": "on the first run" }[consent.notice.when]}${
            consent.notice.onlyWhere === undefined ? "" : `, only where ${factInWords(consent.notice.onlyWhere)}`
          }`,
          ...(consent.notice.once || other.consent.notice === undefined ? [] : ["the notice is shown every time"]),
        ]),
    ...(destination.override === undefined
      ? []
      : [
          "the endpoint can be set by the user",
          ...(other.destination.override === undefined
            ? []
            : overridePlaces(contract).map((place) => `the endpoint can be set by ${place}`)),
          ...(destination.override.httpAllowedFor.length === 0 ? ["TLS for every endpoint"] : []),
          ...(destination.override.whenRejected === "disable" && other.destination.override !== undefined
            ? ["nothing is sent where the endpoint that was set is not accepted"]
            : []),
        ]),
    ...asksIn(consent)
      .filter(({ where, askAgain }) => askAgain === "never" && asksIn(other.consent).some((one) => one.where === where))
      .map(({ where }) => `${where} asks nobody a second time`),
    ...rights.filter(([, what]) => !openness(contract).includes(what)).map(([, what]) => aboutFile + what),
    ...bounds(contract, other).map((bits) => `at most ${bits} bits in one event`),
  ];
}
