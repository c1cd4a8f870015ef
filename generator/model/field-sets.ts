import type { Field, Model } from "./model.js";
import type { SetName } from "./wire.js";

/** Set → its fields, in groups that are there together: those of every event, or those of each event. */
const GROUPS: Readonly<Record<SetName, (model: Model) => readonly (readonly Field[])[]>> = {
  common: ({ common }) => [common],
  fields: ({ events }) => events.map(({ fields }) => fields),
};

/** Returns the fields of a set, those of one event together. */
export function groupsOf(model: Model, set: SetName): readonly (readonly Field[])[] {
  return GROUPS[set](model);
}

/** Every field of a set, wherever it is declared. */
export function fieldsOf(model: Model, set: SetName): readonly Field[] {
  return groupsOf(model, set).flat();
}
