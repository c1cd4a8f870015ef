import { described, record, type Schema } from "./schema.js";

/** A folder of the product's own, below the project's root: no way up, and nothing hidden. */
const FOLDER = "^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$";

const to = (example: string, otherwise: string): Schema => ({
  description: `The package's folder, from the project's root: \`${example}\`. In \`generated/${otherwise}/\` by default.`,
  type: "string",
  pattern: FOLDER,
  maxLength: 200,
});

/** A package's name in Go: no word of the language. */
const goPackage: Schema = {
  description: "What the package is called. `telemetry` by default.",
  type: "string",
  pattern:
    "^(?!(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|main|map|package|range|return|select|struct|switch|type|var)$)[a-z][a-z0-9_]{0,39}$",
};

/** The way a program in Python ends. */
const LEAVE: Schema = {
  description:
    "`process`: a program that ends while a request is under way leaves it to another process, which lives no longer than `delivery.timeout`. By default it waits until the request is handed over, a quarter of a second at most. In mode immediate.",
  enum: ["process"],
};

/** `clients`: the languages that the product is written in. */
export const CLIENTS: Schema = record(
  {
    typescript: described("In `generated/client`.", record({})),
    python: described(
      "For Python 3.9 and newer, of the standard library alone.",
      record({ to: to("src/docglow/telemetry", "python"), leave: LEAVE }),
    ),
    go: described(
      "For Go 1.22 and newer, of the standard library alone.",
      record({ to: to("internal/telemetry", "go"), package: goPackage }),
    ),
    rust: described(
      "For Rust 1.74 and newer, of the standard library alone.",
      record({ to: to("src/telemetry", "rust") }),
    ),
  },
  [],
  { minProperties: 1 },
);
