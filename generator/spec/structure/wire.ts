import { WRITTEN_FORMATS } from "../../language/wire/index.js";
import { described, listOf, mapOf, record, ref, type Schema, text, WIRE_TEXT } from "./schema.js";

/** Returns the schema of a picture: any map, list or value may stand there, since a schema can't tell what is one. */
const picture = (description: string): Schema => ({ description });

const secretHeader = record(
  {
    env: described("The environment variable that holds its value; without it the header isn't sent.", ref("env")),
    secret: { description: "Never shown, and sent only to an accepted endpoint.", const: true },
  },
  ["env", "secret"],
);

const lineHeader = record(
  {
    $line: described(
      "Texts that are joined; one with an absent field is left out.",
      listOf(WIRE_TEXT, { minItems: 1 }),
    ),
    by: described("The text between them.", WIRE_TEXT),
  },
  ["$line", "by"],
);

/** The drawings that become one text. */
const encodedHeaders = (["$json", "$base64", "$base64url"] as const).map((name) =>
  record({ [name]: picture("What is drawn.") }, [name]),
);

const KEYS = {
  query: described("The part after the `?` of the address.", mapOf(picture("A value."), WIRE_TEXT)),
  headers: described(
    "Header → a text, or a secret: `{ env: NAME, secret: true }`.",
    mapOf(
      { anyOf: [{ ...WIRE_TEXT, description: "A text." }, secretHeader, lineHeader, ...encodedHeaders] },
      ref("headerName"),
    ),
  ),
  what: text("The form in words: `protobuf`."),
  described: {
    description: "As with `format: described`, and the drawing has this form.",
    const: true,
  },
  body: picture("The body, drawn."),
  each: picture("One event of `$each`, drawn."),
  bools: described(
    "How false and true are spelt as texts.",
    listOf(WIRE_TEXT, { minItems: 2, maxItems: 2, uniqueItems: true }),
  ),
} satisfies Record<string, Schema>;

/** `wire`: the format of what travels, and the request drawn. */
export const WIRE: Schema = {
  anyOf: WRITTEN_FORMATS.map(({ name, describes, keys, required }) =>
    record(
      { format: { description: describes, const: name }, ...Object.fromEntries(keys.map((key) => [key, KEYS[key]])) },
      ["format", ...required],
    ),
  ),
};
