import type { Diagnostic, Span } from "../../diagnostics/diagnostic.js";
import type { FrozenContract, FrozenField } from "../../model/frozen.js";
import type { Model } from "../../model/model.js";
import { refusal } from "../refusal.js";

interface Named {
  readonly wireName: string;
  readonly renamedFrom?: string;
}

/** The page says what something was called before, so some released version had it under that name in the same place. */
export function formerNames(model: Model, released: readonly FrozenContract[]): readonly Diagnostic[] {
  if (released.length === 0) return [];
  const never = [
    ...neverSo(model.events, all(released, "events"), ({ fields }) => fields),
    ...neverSo(model.metrics, all(released, "metrics"), ({ labels }) => labels),
    ...neverSo(model.common, all(released, "common"), fieldsIn),
    ...neverSo(
      model.destination.urlFields,
      released.map(({ destination }) => destination.urlFields),
      fieldsIn,
    ),
  ];
  return never.map((item) =>
    refusal(
      "former-name-unknown",
      `"${item.wireName}" says that it was called "${item.renamedFrom}", and no released version has anything of that name in its place.`,
      (item as { at?: Span }).at,
    ),
  );
}

function all<Kind extends "events" | "metrics" | "common">(released: readonly FrozenContract[], kind: Kind) {
  return released.map((version): FrozenContract[Kind] => version[kind]);
}

/** Those of today whose former name nothing had, and the same of what is within them. */
function neverSo<Item extends Named>(
  today: readonly Item[],
  released: readonly (readonly Item[])[],
  within: (item: Item) => readonly FrozenField[],
): readonly Named[] {
  return today.flatMap((item) => {
    const { wireName, renamedFrom } = item;
    const before = released.map((items) => items.filter((old) => [wireName, renamedFrom].includes(old.wireName)));
    // A released version that says so itself is the record of what users were told.
    const isKnown = (old: Item) => old.wireName === renamedFrom || old.renamedFrom === renamedFrom;
    const never = renamedFrom !== undefined && !before.flat().some(isKnown);
    const inner = neverSo(
      within(item),
      before.map((items) => items.flatMap(within)),
      fieldsIn,
    );
    return never ? [item, ...inner] : inner;
  });
}

/** The fields of an object, of the objects in a list or a map, and of each case. */
function fieldsIn({ type }: Pick<FrozenField, "type">): readonly FrozenField[] {
  const { fields = [], of, cases = [] } = type;
  const inner = [...(of === undefined ? [] : [of]), ...cases.map((one) => one.type)];
  return [...fields, ...inner.flatMap((one) => fieldsIn({ type: one }))];
}
