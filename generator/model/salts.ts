import type { Field, Type } from "./fields.js";

/** The key of the machine's own secret, which never leaves it. */
export const SECRET = "machine_secret";

/** The salts of all that is hashed in fields: names of identifiers, or the machine's secret. */
export function saltsOf(fields: readonly Field[]): readonly string[] {
  return [...new Set(fields.flatMap(({ type }) => within(type)))];
}

export function saltsWithSecret(fields: readonly Field[]): boolean {
  return saltsOf(fields).includes(SECRET);
}

/** Returns what stands in front of what is hashed. */
export function saltOf({ input }: Type): string | undefined {
  if (input?.kind !== "hashed" || input.salt.kind === "none") return undefined;
  return input.salt.kind === "machine" ? SECRET : input.salt.identifier;
}

function within(type: Type): readonly string[] {
  const { fields = [], of, cases = [] } = type;
  const salt = saltOf(type);
  return [
    ...(salt === undefined ? [] : [salt]),
    ...(of === undefined ? [] : within(of)),
    ...[...fields, ...cases].flatMap((one) => within(one.type)),
  ];
}
