import { hashIdentifier } from "../../templates/client/runtime/state/identity.js";
import { failed, type Outcome, orEmpty, passed, same } from "./outcome.js";
import { contractOf } from "./systems.js";

/** Wire key → name in generated code. */
export async function runCodeNames(
  table: { readonly keys: Readonly<Record<string, string>> },
  system: string,
): Promise<readonly Outcome[]> {
  const model = contractOf(system);
  const named: readonly { readonly wireName: string; readonly codeName: string }[] = [
    ...model.common,
    ...model.events.flatMap((event) => [...event.fields, event]),
    ...model.metrics.flatMap((metric) => [...metric.labels, metric]),
  ];
  const outcomes = Object.entries(table.keys).map(([key, name]) =>
    same(`${system}/code-names ${key}`, name, named.find(({ wireName }) => wireName === key)?.codeName),
  );
  return orEmpty(`${system}/code-names`, outcomes);
}

interface IdentifierTable {
  readonly cases: readonly {
    readonly name: string;
    readonly given?: { readonly machine: string };
    readonly expect: Readonly<Record<string, unknown>>;
  }[];
}

/** Hashed identifiers, made of what the case calls the machine: the client itself only ever knows a random text that it keeps. */
export async function runIdentifiers(table: IdentifierTable, system: string): Promise<readonly Outcome[]> {
  const outcomes = table.cases.flatMap(({ name, given, expect }) =>
    Object.entries(expect).map(([property, expected]) => {
      const label = `${system}/identifiers ${name}: ${property}`;
      const found = propertyOf(system, property);
      if (found === undefined) return failed(label, expected, "no such property");
      const values = (more = "") => make(system, found.identifier, `${given?.machine ?? "any machine"}${more}`);
      return found.holds(values, expected) ? passed(label) : failed(label, expected, values());
    }),
  );
  return orEmpty(`${system}/identifiers`, outcomes);
}

type Value = string | number;
/** `values()` is the identifier of what the case names; with a text, of another. */
type Property = (values: (more?: string) => Value, expected: unknown) => boolean;

/** The checks for an identifier, behind its name: `uid_at_most`, `session_id_is_uuid`. */
const properties: Readonly<Record<string, Property>> = {
  equal_across_runs: (values, expected) => (new Set([values(), values()]).size === 1) === expected,
  is_integer: (values, expected) => Number.isSafeInteger(values()) === expected,
  is_uuid: (values, expected) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(values())) === expected,
  not: (values, expected) => values() !== expected,
  at_least: (values, expected) => Number(values()) >= Number(expected),
  at_most: (values, expected) => Number(values()) <= Number(expected),
  does_not_contain: (values, expected) => !String(values()).includes(String(expected)),
  does_not_end_with: (values, expected) => !String(values()).endsWith(String(expected)),
  differs_between_machines: (values, expected) => (values() !== values(" and another")) === expected,
  differs_between_sessions: (values, expected) => (values() !== values(" later")) === expected,
};

/** A property that names no identifier is the session's. */
function propertyOf(system: string, stated: string): { identifier: string; holds: Property } | undefined {
  const { identifiers } = contractOf(system);
  for (const [property, holds] of Object.entries(properties)) {
    const named = identifiers.find(({ name }) => stated === `${name.replaceAll("-", "_")}_${property}`);
    const session = stated === property ? identifiers.find(({ identifies }) => identifies === "session") : undefined;
    const identifier = (named ?? session)?.name;
    if (identifier !== undefined) return { identifier, holds };
  }
  return undefined;
}

function make(system: string, name: string, seed: string): Value {
  const model = contractOf(system);
  const identifier = model.identifiers.find((one) => one.name === name);
  if (identifier?.hash === undefined) throw new Error(`${system} hashes no identifier called ${name}`);
  return hashIdentifier(model.product, name, identifier.hash.keep, seed);
}
