import { defineType } from "./define.js";

export const identifier = defineType<Record<never, never>>({
  name: "identifier",
  describes: "the declared identifier of the same name",
  parameters: {},
  required: [],
  lower: (_parameters, context) => {
    const found = context.identifier();
    // An identifier that isn't declared is a finding of its own; nothing passes for it.
    if (found === undefined)
      return { kind: "identifier", schema: { enum: [] }, rule: "an identifier", alternatives: 1 };
    const { values: _values, input: _input, name: _name, ...format } = found.format;
    // It tells one apart from another by design, so its bits are counted with the identifiers, not with the field.
    return { ...format, kind: "identifier", alternatives: 1, identifier: found.name };
  },
});
