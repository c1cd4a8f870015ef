import { outlives } from "../language/identifiers/created.js";
import type { FrozenContract } from "./frozen.js";

/** Returns whether it outlives the process. Of a hash, what is kept is the random number that it is made of. */
export function isKept({ created, hash, madeFrom }: FrozenContract["identifiers"][number]): boolean {
  const kept: Readonly<Record<typeof madeFrom, boolean>> = {
    random: outlives(created),
    hash: hash?.of !== "session",
    given: false,
  };
  // A word that isn't one has its finding already.
  return kept[madeFrom] ?? false;
}

/** Returns where the state lies. A contract that names no file, but has something to keep, keeps it in the application's folder. */
export function statePath({
  consent,
  identifiers,
  salts,
}: Pick<FrozenContract, "consent" | "identifiers" | "salts">): string | undefined {
  const needed = consent.notice !== undefined || salts || identifiers.some(isKept);
  return consent.stateFile?.path ?? (needed ? "{app_dir}/telemetry.json" : undefined);
}

/** Returns the key under which an identifier is kept, where the state file says another than its name. */
export function stateKeyOf({ consent }: Pick<FrozenContract, "consent">, name: string): string | undefined {
  const key = consent.stateFile?.keys.find(({ type }) => type.identifier === name)?.key;
  return key === name ? undefined : key;
}

/** A path with whose folder `{app_dir}` is: a product under another name has another one, and finds nothing in it. */
export function ownPath(path: string, { product }: Pick<FrozenContract, "product">): string {
  return path.replace(/^\{app_dir\}/, `{app_dir of ${product}}`);
}
