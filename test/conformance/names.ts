import { hashIdentifier } from "../../templates/client/runtime/identity.js";
import { failed, type Outcome, orEmpty, passed, same } from "./outcome.js";
import { modelOf } from "./systems.js";

/** Wire key → name in generated code. */
export async function runCodeNames(
  table: { readonly keys: Readonly<Record<string, string>> },
  system: string,
): Promise<readonly Outcome[]> {
  const model = modelOf(system);
  const fields = [...model.common, ...model.events.flatMap((event) => event.fields)];
  const outcomes = Object.entries(table.keys).map(([key, name]) =>
    same(`${system}/code-names ${key}`, name, fields.find(({ wireName }) => wireName === key)?.codeName),
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
  const outcomes = table.cases.flatMap(({ name, given, expect }) => {
    const machine = given?.machine ?? "any machine";
    return Object.entries(expect).map(([property, expected]) => {
      const holds = Object.hasOwn(properties, property) && properties[property]?.(system, machine, expected);
      return holds
        ? passed(`${system}/identifiers ${name}`)
        : failed(`${system}/identifiers ${name}`, { [property]: expected }, "does not hold");
    });
  });
  return orEmpty(`${system}/identifiers`, outcomes);
}

const properties: Readonly<Record<string, (system: string, machine: string, expected: unknown) => boolean>> = {
  uid_equal_across_runs: (system, machine) =>
    new Set(["a run", "another run"].map(() => make(system, "uid", machine))).size === 1,
  uid_is_integer: (system, machine) => Number.isSafeInteger(make(system, "uid", machine)),
  uid_not: (system, machine, expected) => make(system, "uid", machine) !== expected,
  uid_at_most: (system, machine, expected) => Number(make(system, "uid", machine)) <= Number(expected),
  session_id_is_uuid: (system, machine) =>
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(make(system, "session-id", machine))),
  session_id_does_not_end_with: (system, machine, expected) =>
    !String(make(system, "session-id", machine)).endsWith(String(expected)),
  differs_between_sessions: (system, machine) =>
    make(system, "session-id", machine) !== make(system, "session-id", `${machine} later`),
};

function make(system: string, name: string, seed: string): string | number {
  const model = modelOf(system);
  const identifier = model.identifiers.find((one) => one.name === name);
  if (identifier?.hash === undefined) throw new Error(`${system} hashes no identifier called ${name}`);
  return hashIdentifier(model.product, name, identifier.hash.keep, seed);
}
