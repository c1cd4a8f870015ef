/** The reason why a text should not be collected as it is. */
export interface Suspicion {
  readonly kind:
    | "secret"
    | "email"
    | "path"
    | "address"
    | "url"
    | "host"
    | "person"
    | "json"
    | "sentence"
    | "hash"
    | "identifier";
  /** `a path`, for a sentence. */
  readonly what: string;
}

/** From what harms most to what only tells machines apart: the order in which an audit is read. */
const KINDS = [
  ["secret", "a key, token or password"],
  ["email", "an e-mail address"],
  ["person", "a person's or account's name"],
  ["path", "a path in the file system"],
  ["address", "an IP or hardware address"],
  ["url", "a web address"],
  ["host", "a host's name"],
  ["json", "JSON in a text"],
  ["sentence", "free text"],
  ["hash", "a hash of something"],
  ["identifier", "an identifier"],
] as const satisfies readonly (readonly [Suspicion["kind"], string])[];

export const CONCERN_ORDER: readonly Suspicion["kind"][] = KINDS.map(([kind]) => kind);

const words = new Map<string, string>(KINDS);

/** The words of a key, in lower case: `homeDir`, `home-dir` and `HOME_DIR` are the same. */
function wordsOf(key: string): readonly string[] {
  return key
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
}

const byName: readonly (readonly [Suspicion["kind"], RegExp])[] = [
  ["secret", /^(password|passwd|secret|token|credential|credentials|apikey|authorization|cookie)$/],
  ["email", /^(email|mail)$/],
  ["person", /^(user|username|login|account|author|fullname|firstname|lastname|nickname)$/],
  ["path", /^(path|cwd|dir|directory|folder|file|filename|argv|args|home)$/],
  ["address", /^(ip|ipaddress|mac|macaddress|addr)$/],
  ["host", /^(host|hostname|homeserver|domain|fqdn|server)$/],
];

const byValue: readonly (readonly [Suspicion["kind"], RegExp])[] = [
  [
    "secret",
    /^(gh[pousr]_\w{20,}|github_pat_\w{20,}|sk-[\w-]{20,}|xox[abpr]-[\w-]{10,}|AKIA[A-Z\d]{16}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*)$/,
  ],
  ["secret", /:\/\/[^/\s:@]+:[^/\s@]+@/],
  ["email", /[^\s@<>"']+@[^\s@<>"']+\.[a-z]{2,}/i],
  ["url", /^[a-z][a-z\d+.-]*:\/\/\S/i],
  [
    "path",
    /(^|[\s"'=(])(~?\/(?!\/)[\w.@%+ -]+\/|[a-z]:[\\/]|\\\\|\.{1,2}[\\/]|~[\\/])|(^|\s)\/(home|users|root|tmp|var|etc|opt|usr|mnt|private)\b/i,
  ],
  [
    "address",
    /^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$|^(?:[\da-f]{2}[:-]){5}[\da-f]{2}$|^\[?(?=[\da-f:]*::?[\da-f:]*:)[\da-f:]{6,39}\]?$/i,
  ],
  [
    "host",
    /^(?=.{4,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:com|net|org|io|dev|local|lan|internal|corp|home|cloud|app|example|test|[a-z]{2})$/i,
  ],
  ["hash", /^[\da-f]{32}$|^[\da-f]{40}$|^[\da-f]{56}$|^[\da-f]{64}$|^[\da-f]{96}$|^[\da-f]{128}$/],
  ["identifier", /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i],
];

/** Returns what a text gives reason to worry about; undefined: nothing that can be seen. */
export function suspectText(key: string, text: string): Suspicion | undefined {
  const value = text.trim();
  if (value === "") return undefined;
  if (isJson(value)) return named("json");
  // Four numbers are an address unless the key says otherwise.
  const isVersion = /version|release/i.test(key) && looksLikeVersion(value);
  const found = byValue.find(
    ([kind, pattern]) =>
      pattern.test(value) &&
      !(/^(host|address)$/.test(kind) && isVersion) &&
      !(kind === "host" && looksLikeVersion(value)),
  );
  if (found !== undefined) return named(found[0]);
  const last = wordsOf(key);
  // `userId` is a number or a code that stands for somebody: an identifier, which is looked at as such.
  const own = isIdentifierName(key)
    ? undefined
    : byName.find(([kind, pattern]) => {
        // Usually the last word says what it is: `home_dir` is a folder, `file.encoding` isn't.
        const looked = kind === "secret" || kind === "email" ? last : last.slice(-1);
        return looked.some((word) => pattern.test(word)) || pattern.test(last.join(""));
      });
  // A number, a yes or a short word under such a name is a count or a choice: `user_count`, `is_path: false`.
  if (own !== undefined && !/^(true|false|yes|no|on|off|none|null|unknown|\d+(\.\d+)?)$/i.test(value) && !isCount(last))
    return named(own[0]);
  // Four words in a row are prose; a name of a product has fewer, or a digit.
  if (/[\r\n]/.test(value)) return named("sentence");
  if (/^\S*\p{L}\S*(\s+\S*\p{L}\S*){3,}/u.test(value) && !isMadeName(last, value)) return named("sentence");
  return undefined;
}

function isJson(value: string): boolean {
  if (!/^[[{].*[\]}]$/s.test(value)) return false;
  try {
    return typeof JSON.parse(value) === "object";
  } catch {
    return false;
  }
}

/** An identifier by its name, for a value that doesn't show it. */
export function isIdentifierName(key: string): boolean {
  const names = wordsOf(key);
  return (
    /^(id|uuid|guid|uid|correlator|fingerprint|hash)$/.test(names.at(-1) ?? "") || /^(uuid|guid)$/.test(names[0] ?? "")
  );
}

/** `OpenJDK 64-Bit Server VM`, `Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz`: what a maker calls its thing, of many words and no prose. */
function isMadeName(names: readonly string[], value: string): boolean {
  const ofThing = names.some((name) => /^(vm|os|cpu|gpu|jvm|jre|jdk|runtime|browser|compiler|processor)$/.test(name));
  const words = value.split(/\s+/);
  return ofThing && words.length <= 8 && words.every((word) => /^[\p{Lu}\d(@]|\d/u.test(word));
}

function isCount(names: readonly string[]): boolean {
  return names.some((name) => /^(count|counts|num|number|total|kind|type|mode|state|status|class|agent)$/.test(name));
}

function looksLikeVersion(value: string): boolean {
  return /^v?\d+(\.\d+)+/.test(value);
}

function named(kind: Suspicion["kind"]): Suspicion {
  return { kind, what: words.get(kind) ?? kind };
}
