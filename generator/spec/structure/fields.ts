import { SOURCES } from "../../language/sources/index.js";
import type { TypeDefinition } from "../../language/types/define.js";
import { TYPES } from "../../language/types/index.js";
import { INHERITED } from "./names.js";
import { OWNED } from "./owned.js";
import { FIELD_CODE_NAME, TYPE_NAME } from "./patterns.js";
import { described, flag, listOf, mapOf, PART_OF, record, ref, type Schema, SINCE_EPOCH, text } from "./schema.js";

/** A value of a sibling. */
const CONDITION: Schema = { type: ["string", "boolean", "integer"] };

const BUILT_IN = TYPES.map(({ name }) => name);

/** The keys of a field beside its type and the type's parameters. */
export const FIELD_KEYS = {
  why: text("Which question it answers, or why it is needed."),
  example: { description: "A value of the type. Needed unless the type suggests one." },
  note: text("Printed with it."),
  code_name: {
    description: "Its name in generated code.",
    type: "string",
    pattern: FIELD_CODE_NAME,
    maxLength: 128,
  },
  optional: flag("It may be absent."),
  nullable: flag("It may be `null`."),
  legacy: { description: "Accepted from old clients, never sent.", const: true },
  dropped_at_edge: {
    description: "The receiver removes it before anything is stored.",
    const: true,
  },
  ...OWNED,
  renamed_from: { description: "Its name in the version before.", ...ref("name") },
  only_when: described(
    "Field → value or values: it exists only then.",
    mapOf({ anyOf: [CONDITION, listOf(CONDITION, { minItems: 1, uniqueItems: true })] }, undefined, {
      minProperties: 1,
    }),
  ),
  part: PART_OF,
  since_epoch: SINCE_EPOCH,
  from: described("Who fills it in.", ref("source")),
} as const satisfies Record<string, Schema>;

/** The value of `from`. */
export const SOURCE: Schema = {
  anyOf: [
    {
      description: "`call`: the emitter's caller. `setup`: given once. The others are filled in.",
      enum: Object.keys(SOURCES),
    },
    record(
      {
        env: described("An environment variable …", ref("env")),
        is: described(
          "Only whether its value matches is sent, as true or false. Without this, its text.",
          ref("match"),
        ),
      },
      ["env"],
    ),
  ],
};

/** A type and its parameters, with further keys around it: one alternative for each field type, and one for named types. */
function typed(
  extra: Readonly<Record<string, Schema>>,
  required: readonly string[],
  types: readonly TypeDefinition[] = TYPES,
): Schema {
  const builtIn = types.map((type) =>
    record(
      { type: { description: type.describes, const: type.name }, ...type.parameters, ...extra },
      ["type", ...type.required, ...required],
      type.oneOf === undefined ? {} : { oneOf: type.oneOf.map((name) => ({ required: [name] })) },
    ),
  );
  const parameters = Object.fromEntries(
    types.flatMap((type) => Object.keys(type.parameters).map((name): [string, Schema] => [name, {}])),
  );
  const named = record({ type: ref("typeName"), ...parameters, ...extra }, ["type", ...required]);
  return { anyOf: [...builtIn, named] };
}

const needs = ({ required }: TypeDefinition) => required.filter((name) => name !== "justification");

const shared = (name: keyof typeof FIELD_KEYS): [string, Schema] => [name, ref(`field.${name}`)];
const keys = Object.keys(FIELD_KEYS) as (keyof typeof FIELD_KEYS)[];
const whole = TYPES.filter(({ name }) => name === "int" || name === "const").map((type) =>
  // A sample's value is a number, also where it is always the same one.
  type.name === "const"
    ? {
        ...type,
        parameters: { value: { ...type.parameters.value, description: "The one number.", type: "number" } },
      }
    : type,
);

/** Definitions that the rest of the meta-schema refers to. */
export const FIELD_DEFINITIONS: Readonly<Record<string, Schema>> = {
  ...Object.fromEntries(
    Object.entries(FIELD_KEYS).map(([name, schema]): [string, Schema] => [`field.${name}`, schema]),
  ),
  typeName: {
    description: "A name from `types`. Parameters may be added that the named type leaves open.",
    type: "string",
    pattern: TYPE_NAME,
    maxLength: 128,
    not: { enum: [...BUILT_IN, ...INHERITED] },
  },
  source: SOURCE,
  shape: typed({}, []),
  namedShape: typed({ nullable: ref("field.nullable"), optional: ref("field.optional") }, []),
  item: {
    anyOf: [
      { enum: BUILT_IN.filter((name) => TYPES.some((type) => type.name === name && type.required.length === 0)) },
      ref("typeName"),
      ref("itemShape"),
    ],
  },
  itemShape: typed({ nullable: ref("field.nullable") }, []),
  // What is only hashed isn't let through: nobody has to say why.
  hashedItem: {
    anyOf: [
      { enum: BUILT_IN.filter((name) => TYPES.some((type) => type.name === name && needs(type).length === 0)) },
      ref("typeName"),
      ref("hashedShape"),
    ],
  },
  hashedShape: typed(
    {},
    [],
    TYPES.map((type) => ({ ...type, required: needs(type) })),
  ),
  field: typed(Object.fromEntries(keys.map(shared)), ["why"]),
  innerField: typed(Object.fromEntries(keys.map(shared)), []),
  innerFields: mapOf(ref("innerField"), undefined, { minProperties: 1 }),
  value: typed({ example: ref("field.example"), means: text("What is counted: `nodes`.") }, [], whole),
};
