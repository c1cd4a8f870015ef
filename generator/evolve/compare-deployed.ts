import type { Model } from "../model/model.js";
import { digestOf, publishedContract } from "../model/published.js";
import { differences } from "./leaves.js";

/** The result of reading a deployed endpoint's answer. */
export interface Verified {
  /** `false`: it enforces something else, or does not say what it enforces. */
  readonly same: boolean;
  /** For people, one per line. */
  readonly said: readonly string[];
}

/** So many differences are named; the rest by number. */
const named = 40;

/**
 * Compares what an endpoint answers on `GET /v1/contract` with the spec. Its digest is worked out anew from the contract that it
 * shows, so that an old digest beside a new contract is noticed.
 * @param releases versions of clients that are to be released: each must be heard.
 */
export function compareDeployed(model: Model, answer: unknown, releases: readonly number[]): Verified {
  try {
    if (isAnswer(answer)) return compare(model, answer, releases);
  } catch (error) {
    // Endless nesting can't be a contract either.
    if (!(error instanceof RangeError)) throw error;
  }
  return {
    same: false,
    said: ["The endpoint does not show a contract: it is not a plainsight worker, or an older one."],
  };
}

function compare(model: Model, answer: Answer, releases: readonly number[]): Verified {
  const expected = publishedContract(model);
  const digest = digestOf(answer.contract);
  const problems = [
    ...(digest === answer.digest
      ? []
      : [`It shows a contract whose digest is ${digest}, and says that it is ${answer.digest}.`]),
    ...different(answer.contract, expected),
    ...disagreeing(answer),
    ...releases
      .filter((version) => !answer.supported.includes(version))
      .map((version) => `Version ${version} is not accepted there: don't release its clients yet.`),
  ];
  if (problems.length > 0) return { same: false, said: problems };
  const heard = answer.supported.map((version) => `v${version}`).join(", ");
  return { same: true, said: [`It shows the published contract: ${digest}.`, `It accepts ${heard}.`] };
}

interface Answer {
  readonly digest: string;
  readonly schema_version: unknown;
  readonly supported: readonly unknown[];
  readonly contract: object;
}

function isAnswer(value: unknown): value is Answer {
  if (typeof value !== "object" || value === null) return false;
  const { digest, contract, supported } = value as Partial<Answer>;
  return typeof digest === "string" && typeof contract === "object" && contract !== null && Array.isArray(supported);
}

/** Finds where the values next to the contract differ from those inside it. */
function disagreeing({ contract, schema_version, supported }: Answer): readonly string[] {
  const inside = contract as { schema_version?: unknown; supported?: unknown };
  const found: string[] = [];
  if (schema_version !== inside.schema_version)
    found.push(
      `It says version ${JSON.stringify(schema_version)}, and shows version ${JSON.stringify(inside.schema_version)}.`,
    );
  if (JSON.stringify(supported) !== JSON.stringify(inside.supported))
    found.push(`It says that it hears ${JSON.stringify(supported)}, and shows ${JSON.stringify(inside.supported)}.`);
  return found;
}

function different(deployed: object, expected: object): readonly string[] {
  const shown = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
  const all = differences(deployed, expected).map(
    ({ path, before, after }) => `${path}: the endpoint has ${shown(before)}, the contract ${shown(after)}.`,
  );
  return all.length > named ? [...all.slice(0, named), `And ${all.length - named} more differences.`] : all;
}
