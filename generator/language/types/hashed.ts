import type { JsonSchema } from "../../model/json-schema.js";
import type { DrawnHash, Input, Type } from "../../model/model.js";
import { automaton, sharedText } from "./automaton.js";
import { compareHashes } from "./compare-hashes.js";
import { defineType, type Lowering, type Problem } from "./define.js";
import { int } from "./int.js";
import { string } from "./string.js";
import { uuid } from "./uuid.js";

interface Hashed {
  readonly of: unknown;
  readonly what: string;
  readonly by: "sha256";
  readonly salt: string;
  readonly keep: string;
  readonly clear?: unknown;
  readonly justification?: string;
}

/** The types that are texts, and so can be hashed, or stay as it is beside a hash. */
const TEXTS: readonly string[] = ["enum", "string", "text", "version", "uuid"];

export const hashed = defineType<Hashed>({
  name: "hashed",
  describes: "what is kept of the SHA-256 of a text; the text itself is kept nowhere",
  compare: compareHashes,
  frozen: ["input"],
  closed: false,
  clients: ["python", "go", "rust"],
  parameters: {
    of: {
      description: "What is hashed: a type of text; or, in an identifier made_from: random, `random`.",
      anyOf: [{ const: "random" }, { $ref: "#/definitions/hashedItem" }],
      examples: ["version"],
    },
    what: {
      description: "What that is, in words: `the git remote's address`.",
      type: "string",
      minLength: 1,
    },
    by: { description: "How.", enum: ["sha256"], examples: ["sha256"] },
    salt: {
      description:
        "Put in front of the text: `machine`, a secret that never leaves it; an identifier's name; or `none`: who guesses the text can confirm it.",
      type: "string",
      examples: ["machine"],
      minLength: 1,
    },
    keep: {
      description: "How much: `16 hex` digits (8 to 64), `48 bits` as a number, or a `uuid`.",
      examples: ["16 hex"],
      type: "string",
      pattern: "^(?:(?:[89]|[1-5][0-9]|6[0-4]) hex|48 bits|uuid)$",
    },
    clear: {
      description: "What stays as it is: texts that many share.",
      allOf: [{ $ref: "#/definitions/item" }],
    },
    justification: {
      description: "Why it isn't declared under identifiers.",
      type: "string",
      minLength: 20,
    },
  },
  required: ["of", "what", "by", "salt", "keep"],
  check: ({ of, salt, keep, clear }): readonly Problem[] => {
    if (of === "random" && (salt !== "none" || clear !== undefined || !(keep in DRAWN)))
      return [
        {
          code: "hash-of-what",
          path: [],
          message:
            "The hash of a number that is drawn has salt: none and no clear, and 48 bits, 64 hex or a uuid of it are kept.",
          hint: "Write { type: hashed, of: random, what: a random number, by: sha256, salt: none, keep: uuid }.",
        },
      ];
    return clear !== undefined && keep === "48 bits"
      ? [
          {
            code: "hash-of-what",
            path: ["clear"],
            message: "48 bits are a number, and a number can't be replaced by a text in clear.",
            hint: "Keep 16 hex, or remove clear.",
          },
        ]
      : [];
  },
  checkTypes: (context, { of }): readonly Problem[] =>
    (["of", "clear"] as const).flatMap((parameter): readonly Problem[] => {
      if (of === "random") return [];
      const type = context.type(parameter);
      if (type.kind === "nothing" || (TEXTS.includes(type.kind) && (parameter === "of" || isForm(type)))) return [];
      return [
        {
          code: "hash-of-what",
          path: [parameter],
          message: {
            of: `A text is hashed, not ${type.rule}.`,
            clear: `What stays in clear has a fixed form; ${type.rule} has none.`,
          }[parameter],
          hint: "Write a type of text: { type: string, pattern: '^[a-z-]+$', max_length: 64 }.",
        },
      ];
    }),
  lower: ({ of, what, salt, keep, justification, clear: written }, context) => {
    if (of === "random") return drawnAs(keep as DrawnHash["keep"], what, context);
    const clear = written === undefined ? undefined : context.type("clear");
    const input: Input = {
      kind: "hashed",
      of: context.type("of"),
      what,
      keep,
      salt: saltOf(salt),
      ...(clear === undefined ? {} : { clear }),
      example: textOf(context.type("of")),
    };
    return {
      kind: "hashed",
      schema: beside(KEPT[keep] ?? hexadecimal(Number.parseInt(keep, 10)), clear),
      rule: `a hash of ${what}`,
      alternatives: Number.POSITIVE_INFINITY,
      input,
      ...(justification === undefined ? {} : { justification }),
    };
  },
  example: ({ schema }) => exampleOf(schema),
});

/** The type of a hash that the client draws: nobody who calls an emitter gives it. */
const DRAWN: Readonly<Record<DrawnHash["keep"], (context: Lowering) => Type>> = {
  "48 bits": (context) => int.lower({ max: 2 ** 48 - 1 }, context),
  "64 hex": (context) => string.lower({ pattern: "^[0-9a-f]{64}$", max_length: 64 }, context),
  uuid: (context) => uuid.lower({}, context),
};

function drawnAs(keep: DrawnHash["keep"], what: string, context: Lowering): Type {
  return { ...DRAWN[keep](context), drawn: { what, keep } };
}

/** Some text of a type. */
function textOf({ kind, values, schema: { pattern = "", maxLength = 0 } }: Type): string {
  if (values !== undefined) return String(values[0]);
  if (kind === "text") return "example".slice(0, maxLength);
  try {
    const machine = automaton(pattern, maxLength);
    return sharedText(machine, machine, maxLength) ?? "";
  } catch {
    return "";
  }
}

const KEPT: Readonly<Record<string, JsonSchema>> = {
  "48 bits": { type: "integer", minimum: 0, maximum: 2 ** 48 - 1 },
  uuid: {
    type: "string",
    pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    maxLength: 36,
  },
};

function saltOf(salt: string): Extract<Input, { readonly kind: "hashed" }>["salt"] {
  return salt === "machine" || salt === "none" ? { kind: salt } : { kind: "identifier", identifier: salt };
}

function hexadecimal(digits: number): JsonSchema {
  return { type: "string", pattern: `^[0-9a-f]{${digits}}$`, maxLength: digits };
}

function isForm({ schema, values }: Type): boolean {
  return values !== undefined || schema.pattern !== undefined;
}

/** One or the other, as one form of text. A number has no text beside it, so nothing stays in clear there. */
function beside(hash: JsonSchema, clear: Type | undefined): JsonSchema {
  if (clear === undefined || hash.type !== "string") return hash;
  const values = clear.values?.filter((value) => typeof value === "string");
  const forms = values?.map((value) => value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")) ?? [
    bare(clear.schema.pattern),
  ];
  const longest = Math.max(0, ...(values?.map(({ length }) => length) ?? [clear.schema.maxLength ?? 0]));
  return {
    type: "string",
    pattern: `^(?:${[bare(hash.pattern), ...forms].map((form) => `(?:${form})`).join("|")})$`,
    maxLength: Math.max(hash.maxLength ?? 0, longest),
  };
}

function bare(pattern: string = ""): string {
  return pattern.replace(/^\^/, "").replace(/\$$/, "");
}

/** Of the form alone: what it is the hash of has no example. */
function exampleOf({ type, pattern = "", maxLength = 0 }: JsonSchema): string | number {
  if (type === "integer") return 94_720_163_258_471;
  const digits = /\[0-9a-f\]\{(\d+)\}\)?(?:\||\$|\))/.exec(pattern)?.[1];
  return pattern.includes("-4[")
    ? "5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58"
    : "9d5ed678fe57bcca".repeat(4).slice(0, Number(digits ?? maxLength));
}
