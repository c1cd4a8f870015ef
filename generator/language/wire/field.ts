import type { FieldSet, Picture } from "../../model/wire.js";
import type { Placeholder } from "./define.js";

export const common: Placeholder = {
  name: "$common.NAME",
  describes: "one field of `common`, left out of `$common`",
  read: fieldOf,
};

export const fields: Placeholder = {
  name: "$fields.NAME",
  describes: "one field of the event, left out of `$fields`",
  read: fieldOf,
};

function fieldOf(text: string): Picture | undefined {
  const set = fieldSet(text);
  return set?.name === undefined ? undefined : { kind: "field", set: set.of, name: set.name };
}

/** `common`, `fields.measures`: what may stand as a key, to be spread or repeated. A name may have dots of its own. */
export function fieldSet(text: string): FieldSet | undefined {
  const [, of, name] = /^(common|fields)(?:\.(.+))?$/s.exec(text) ?? [];
  if (of === undefined) return undefined;
  return { of: of as FieldSet["of"], ...(name === undefined ? {} : { name }) };
}
