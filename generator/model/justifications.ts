import type { FrozenField } from "./frozen.js";

type FrozenType = FrozenField["type"];

/** Why something is let through that isn't without a reason. */
export interface Justification {
  /** Of what there is more: entries, kinds of texts, or identifiers that nobody declared. */
  readonly for: "many" | "open" | "hash";
  readonly text: string;
}

/** The reasons of a type and of all that it is made of. An object's fields have their own. */
export function justificationsOf({
  kind,
  justification,
  of,
  keys,
  cases = [],
  input,
}: FrozenType): readonly Justification[] {
  const clear = input?.kind === "hashed" ? input.clear : undefined;
  const own: readonly Justification[] =
    justification === undefined
      ? []
      : [{ for: of !== undefined ? "many" : kind === "hashed" ? "hash" : "open", text: justification }];
  const inner = [keys, of, clear, ...cases.map(({ type }) => type)].flatMap((one) =>
    one === undefined ? [] : justificationsOf(one),
  );
  const said = new Map([...own, ...inner].map((one) => [`${one.for} ${one.text}`, one]));
  return [...said.values()];
}
