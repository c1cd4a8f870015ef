import { CREATED_NAMES } from "../../language/identifiers/created.js";
import { choice, described, listOf, mapOf, record, ref, type Schema, text } from "./schema.js";

const USE = "The contract whose identifier of this name it is: the one whose consent is used.";

const identifier = record(
  {
    use: text(USE),
    identifies: choice("What one value stands for.", [
      "user",
      "machine",
      "session",
      "cluster",
      "workload",
      "project",
      "organisation",
      "account",
      "environment",
      "server",
      "other",
    ]),
    made_from: choice("`given`: the program has it; the client never reads hardware.", ["random", "given"]),
    what: text("With `given`: where from. With `other`: what one value stands for."),
    derived_from: described(
      "What it can be traced back to.",
      listOf({ enum: ["hardware", "name", "account", "address"] }, { minItems: 1, uniqueItems: true }),
    ),
    format: described("A type.", ref("shape")),
    created: choice("When it is made. `each-event` tells reports apart, not people or machines.", CREATED_NAMES),
    in_ci: described("In CI: `leave-out`, or one text for all.", {
      type: "string",
      minLength: 1,
      maxLength: 64,
      pattern: "^[A-Za-z0-9._-]+$",
    }),
    reset_by: text("How a person gets a new one."),
    justification: {
      description: "Why it is sent although it can be traced back.",
      type: "string",
      minLength: 20,
    },
    deletion_by: text("How a person has it deleted."),
  },
  ["identifies", "made_from", "format", "created"],
);

/** The same one as in another contract of this product. */
const used = record(
  {
    use: text(USE),
    justification: { description: "Why reports of both may be linked.", type: "string", minLength: 20 },
  },
  ["use", "justification"],
);

/** `identifiers`: everything that can tell one person, machine or workload from another. */
export const IDENTIFIERS: Schema = {
  anyOf: [{ const: "none" }, mapOf({ anyOf: [identifier, used] }, undefined, { minProperties: 1 })],
};
