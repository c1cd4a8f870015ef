import { drawnFields } from "./apart.js";
import type { Field, Model } from "./model.js";
import { apartIn, type SetName } from "./wire.js";

/** Set → its fields, in groups that are there together: those of every event, or those of each event. */
const GROUPS: Readonly<Record<SetName, (model: Model) => readonly (readonly Field[])[]>> = {
  common: ({ common }) => [common],
  fields: ({ events }) => events.map(({ fields }) => fields),
};

/** Returns the fields of a set as they are declared, those of one event together. */
export function declaredIn(model: Model, set: SetName): readonly (readonly Field[])[] {
  return GROUPS[set](model);
}

/** The same as they are drawn: what stands inside an object and has a place of its own is one of them. */
export function groupsOf(model: Model, set: SetName): readonly (readonly Field[])[] {
  return declaredIn(model, set).map((fields) => drawnFields(fields, apartIn(model.wire, set)));
}

/** Every field of a set as it is drawn, wherever it is declared. */
export function fieldsOf(model: Model, set: SetName): readonly Field[] {
  return groupsOf(model, set).flat();
}
