/** A language that a product's client can be in. */
interface LanguageWord {
  /** On the page, with the version that it needs. */
  readonly called: string;
  /** The text on its package and what it needs, for editors and the reference page. */
  readonly describes: string;
  /** A folder of the product's own that it can be generated into, as an example; nothing: it has none. */
  readonly to: string | undefined;
  /** Keys of its own. */
  readonly keys: Readonly<
    Record<string, { readonly description: string; readonly [keyword: string]: string | readonly string[] }>
  >;
}

/** Every language, in the order of the reference page. To add one: an entry here, a target, and what it refuses in `spec/rules`. */
export const LANGUAGES = {
  typescript: { called: "TypeScript", describes: "In `generated/client`.", to: undefined, keys: {} },
  python: {
    called: "Python 3.9 or newer",
    describes: "For Python 3.9 and newer, of the standard library alone.",
    to: "src/docglow/telemetry",
    keys: {
      leave: {
        description:
          "`process`: a program that ends while a request is under way leaves it to another process, which lives no longer than `delivery.timeout`. By default it waits until the request is handed over, a quarter of a second at most. In mode immediate.",
        enum: ["process"],
      },
    },
  },
  go: {
    called: "Go 1.22 or newer",
    describes: "For Go 1.22 and newer, of the standard library alone.",
    to: "internal/telemetry",
    keys: {
      package: {
        description: "What the package is called. `telemetry` by default.",
        type: "string",
        // No word of the language.
        pattern:
          "^(?!(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|main|map|package|range|return|select|struct|switch|type|var)$)[a-z][a-z0-9_]{0,39}$",
      },
    },
  },
  rust: {
    called: "Rust 1.74 or newer",
    describes: "For Rust 1.74 and newer, of the standard library alone.",
    to: "src/telemetry",
    keys: {},
  },
} as const satisfies Readonly<Record<string, LanguageWord>>;

export type ClientLanguage = keyof typeof LANGUAGES;
export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as readonly ClientLanguage[];
