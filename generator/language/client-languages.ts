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
    describes: "For 3.9 and newer.",
    to: "src/docglow/telemetry",
    keys: {
      leave: {
        description:
          "A program that ends leaves its requests to another process, for `delivery.timeout` at most. By default it waits a quarter of a second at most. In mode immediate.",
        enum: ["process"],
      },
    },
  },
  go: {
    called: "Go 1.22 or newer",
    describes: "For 1.22 and newer.",
    to: "internal/telemetry",
    keys: {
      package: {
        description: "`telemetry` by default.",
        type: "string",
        // No word of the language.
        pattern:
          "^(?!(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|main|map|package|range|return|select|struct|switch|type|var)$)[a-z][a-z0-9_]{0,39}$",
      },
    },
  },
  rust: {
    called: "Rust 1.74 or newer",
    describes: "For 1.74 and newer.",
    to: "src/telemetry",
    keys: {},
  },
} as const satisfies Readonly<Record<string, LanguageWord>>;

export type ClientLanguage = keyof typeof LANGUAGES;
/** The languages whose clients carry out a part of the language each. TypeScript's carries out all of it. */
export type OtherLanguage = Exclude<ClientLanguage, "typescript">;
export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as readonly ClientLanguage[];
