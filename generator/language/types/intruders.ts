import { type Automaton, automaton, sharedText, Undecided } from "./automaton.js";
import { charactersOf, common } from "./characters.js";

/** A text that must never fit by accident. */
interface Intruder {
  readonly what: string;
  /** No text without a character of this class has that form. */
  readonly needs: string;
  /** Its form, wherever it stands. */
  readonly form: string;
  /** Texts of that form that a reader takes in at a glance: one of them is shown where the pattern lets it through. */
  readonly samples: readonly string[];
}

const NAME = "[A-Za-z0-9_.-]+";
const FILE = "[A-Za-z0-9_-]+\\.[A-Za-z][A-Za-z0-9]{0,4}";
const BEFORE = "(?:|[^]*[^A-Za-z0-9_.\\/-])";
/** Not within the name of a package, as `@src/main.js`. */
const APART = "(?:|[^]*[^A-Za-z0-9_.@\\/-])";

/**
 * Words that stand for any: a pattern that lets two of them follow each other lets a sentence through, one that knows its words by
 * name doesn't. Short ones, too, so that a short pattern is no excuse.
 */
const WORDS = "please call ada about the invoice tomorrow hello world my secret is go to in on it no we was not";

/** Folders that stand for any at the start of a path: a pattern that knows its folders by name has none of them. */
const FOLDERS = "src lib home users projects documents work my ab";
/** The same behind a root: `/api/v1` has none of them, and is a route. */
const ANY = "home users my ab";
/** Folders that systems have at their root: what begins with one is a path. */
const ROOTS = "bin dev etc mnt opt root srv tmp usr var";
/** Hosts without a dot that stand for any: `ann@laptop` names a person, `tool@latest` and `tool@3f2a9c1` a release. */
const HOSTS = "localhost laptop my pc";

const anyCase = (word: string): string => [...word].map((letter) => `[${letter.toUpperCase()}${letter}]`).join("");
const oneOf = (words: string): string => `(?:${words.split(" ").map(anyCase).join("|")})`;
const WORD = oneOf(WORDS);
const FOLDER = oneOf(FOLDERS);
const ROOT = oneOf(`${ANY} ${ROOTS}`);
/** From a root, a person's folder or the folder above; a route with fixed names is none. */
const ABSOLUTE = [
  `\\/${ROOT}\\/${NAME}`,
  `\\/${NAME}\\/${oneOf(ANY)}[A-Za-z0-9_.-]*`,
  `\\/${FILE}`,
  `~[A-Za-z0-9_.-]*\\/${NAME}`,
  `\\.\\.?\\/${NAME}`,
  `\\$\\{?[A-Za-z_]+\\}?\\/${NAME}`,
].join("|");
/** Beyond ASCII, any letters will do. */
const FOREIGN = "[\\u00c0-\\u024f\\u0370-\\u1fff\\u3040-\\ud7ff]";
/** Scripts that put no spaces between words: Thai and its neighbours, Chinese, Japanese. */
const UNSPACED = "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff]";

const INTRUDERS: readonly Intruder[] = [
  {
    what: "a Unix path",
    needs: "[/]",
    form: `(?:${BEFORE}(?:${ABSOLUTE})|[^]*${anyCase("file")}:\\/(?:\\/\\/)?${NAME}|${APART}${FOLDER}\\/(?:${NAME}\\/${NAME}|${FILE}))(?:|[^A-Za-z0-9_.-][^]*)`,
    samples: ["/home/ann/notes.txt", "/home/ann/x", "/etc/hosts", "~/notes.txt", "src/main.rs"],
  },
  {
    what: "a Windows path",
    needs: "[/\\\\]",
    form: `(?:(?:|[^]*[^A-Za-z0-9])[A-Za-z]:[\\\\\\/]${NAME}|[^]*[A-Za-z0-9_.%$}-]\\\\${NAME})[^]*`,
    samples: ["C:\\Users\\ann\\notes.txt", "C:\\Users\\ann\\x", "C:\\a.txt", "C:/Users/ann/x"],
  },
  {
    what: "a URL with credentials",
    needs: "[@]",
    form: "[^]*[A-Za-z]:\\/\\/[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]*)?@[A-Za-z0-9][^]*",
    samples: ["https://ann:secret@example.org", "ftp://a:b@c.org"],
  },
  {
    what: "an e-mail address",
    needs: "[@]",
    form: `[^]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9-]+\\.[A-Za-z]{2,}|${oneOf(HOSTS)})[^]*`,
    samples: ["ann@example.org", "a@b.org", "ann@laptop"],
  },
  {
    what: "a plain sentence",
    needs: "\\s",
    form: `(?:|[^]*[^A-Za-z])(?:${WORD}[,;:.!?]?\\s+${WORD}(?:|[^A-Za-z][^]*)|${FOREIGN}{2,}[,;:.!?]?\\s+${FOREIGN}{2,}[^]*)`,
    samples: ["please call ada", "Please call ada", "PLEASE CALL ADA", "hello world", "Hello world"],
  },
  {
    what: "a plain sentence",
    needs: UNSPACED,
    form: `[^]*${UNSPACED}{6}[^]*`,
    samples: ["\u8bf7\u660e\u5929\u6253\u7535\u8bdd"],
  },
];

/** A text that a pattern lets through and shouldn't. */
export interface Intrusion {
  readonly what: string;
  readonly text: string;
}

/**
 * Returns what a pattern lets through and shouldn't, by all the texts that it can be; undefined where there is nothing of the kind.
 * `"undecided"`: to find out would take too long.
 */
export function intrusionIn(pattern: string, longest: number): Intrusion | "undecided" | undefined {
  try {
    const own = automaton(pattern, longest);
    for (const { what, needs, form, samples } of INTRUDERS) {
      // Nearly every pattern has none of the signs that make one.
      if (!takesAny(own, needs)) continue;
      const text = sharedText(own, automaton(form, longest), longest);
      if (text !== undefined) return { what, text: plainer(own, samples, longest) ?? text };
    }
    return undefined;
  } catch (error) {
    if (error instanceof Undecided) return "undecided";
    throw error;
  }
}

/** The shortest text with one of the samples in it. */
function plainer(own: Automaton, samples: readonly string[], longest: number): string | undefined {
  for (const sample of samples) {
    const text = sharedText(own, automaton(`[^]*${literally(sample)}[^]*`, longest), longest);
    if (text !== undefined) return text;
  }
  return undefined;
}

function literally(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9 ]/g, "\\$&");
}

function takesAny({ steps }: Automaton, characters: string): boolean {
  const any = charactersOf(characters) ?? [];
  return steps.some((own) => own.some(({ takes }) => common(takes, any).length > 0));
}
