import { accepts } from "../../model/accepts.js";
import type { Type } from "../../model/model.js";
import { bySets } from "./comparison.js";
import { defineType } from "./define.js";

interface Reference {
  readonly of?: string;
}

export const identifier = defineType<Reference>({
  name: "identifier",
  describes: "a declared identifier",
  compare: bySets,
  frozen: [],
  closed: false,
  clients: ["python", "go", "rust"],
  parameters: {
    of: {
      description: "Which identifier, if the field has another name.",
      type: "string",
      minLength: 1,
    },
  },
  required: [],
  lower: ({ of }, context) => {
    const found = context.identifier(of);
    // One that is not declared, or whose form could not be made out, is a finding of its own; nothing passes for it.
    if (found === undefined || found.format.kind === "nothing")
      return {
        kind: "identifier",
        schema: { enum: [] },
        rule: "an identifier",
        alternatives: 1,
        ...(of === undefined ? {} : { name: of }),
      };
    const { values: _values, input, name: _name, ...format } = orInCi(found.format, found.inCi?.text);
    // It tells one apart from another by design, so its bits are counted with the identifiers, not with the field.
    // Of what is hashed the program has the text.
    const hashed = input?.kind === "hashed" ? { input } : {};
    return { ...format, ...hashed, kind: "identifier", alternatives: 1, identifier: found.name };
  },
});

/** The form of an identifier, or the one text that stands in its place where programs are built and tested. */
function orInCi(format: Type, text: string | undefined): Type {
  const { pattern, maxLength = 0 } = format.schema;
  if (text === undefined) return format;
  const rule = `${format.rule}, or ${JSON.stringify(text)} in CI`;
  if (accepts(format.schema, text)) return { ...format, rule };
  if (format.schema.enum !== undefined) return { ...format, schema: { enum: [...format.schema.enum, text] }, rule };
  if (pattern === undefined) return format;
  const own = pattern.replace(/^\^/, "").replace(/\$$/, "");
  return {
    ...format,
    schema: {
      type: "string",
      pattern: `^(?:(?:${own})|${text.replaceAll(".", "\\.")})$`,
      maxLength: Math.max(maxLength, text.length),
    },
    rule,
  };
}
