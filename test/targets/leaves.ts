import { COMBINE } from "../../generator/language/combine/index.js";
/** A place in a model: `consent.order.0.place.env`. */
export type Path = readonly (string | number)[];

export interface Leaf {
  readonly path: Path;
  readonly value: string | number | boolean;
}

/** Everything that a model says, but for its places in the YAML and what is only there for generated code. */
export function leaves(model: object, skip: ReadonlySet<string> = skipped): readonly Leaf[] {
  const found: Leaf[] = [];
  const walk = (value: unknown, path: Path) => {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      found.push({ path, value });
    else if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index]);
    else if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value)) if (!skip.has(key)) walk(item, [...path, key]);
  };
  walk(model, []);
  return found;
}

const skipped: ReadonlySet<string> = new Set(["at", "codeName", "codeNames", "frozen", "changes"]);

/** The same value with another one at this place. */
export function replaced<T>(root: T, [step, ...rest]: Path, by: unknown): T {
  if (step === undefined) return by as T;
  const next = replaced((root as Record<string | number, unknown>)[step], rest, by);
  return (
    Array.isArray(root)
      ? root.map((item, index) => (index === step ? next : item))
      : { ...(root as object), [step]: next }
  ) as T;
}

/** Words of the language itself: whichever else stands there must be one of its words, too. */
const words: Readonly<Record<string, readonly string[]>> = {
  model: ["opt-in", "opt-out"],
  evaluated: ["every-event", "at-start"],
  preselected: ["accept", "decline"],
  whenSkipped: ["undecided", "decline"],
  askAgain: ["never", "every-time"],
  stream: ["stderr", "stdout", "log"],
  identifies: [
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
  ],
  madeFrom: ["random", "hash", "given"],
  created: ["first-run", "first-send", "opt-in", "process-start", "each-event", "platform"],
  of: ["machine", "user", "session"],
  counts: Object.keys(COMBINE),
  keep: ["48 bits", "64 hex", "uuid"],
  party: ["first", "third"],
  clientIp: ["never-read", "discarded", "geolocated-then-discarded", "stored", "not-stated"],
  whenRejected: ["use-default", "try-next", "disable"],
  oncePer: ["process", "day", "machine"],
  mode: ["immediate", "queued", "periodic"],
  onFailure: ["silent", "log"],
  logLevel: ["debug", "info", "warn"],
  level: ["debug", "info"],
  shows: ["payload", "one-line-per-send"],
  whenFull: ["drop-oldest", "drop-newest"],
  unknownEvent: ["drop", "reject"],
  unknownField: ["strip", "drop", "reject"],
  invalidField: ["strip", "drop", "reject"],
  sink: ["posthog", "http"],
  encoding: ["plain", "base64url"],
  format: ["json", "json-batch", "prometheus-text"],
  compare: ["below", "up-to"],
  needs: ["terminal", "not-ci", "stdin-not-redirected"],
  when: ["before-first-send", "first-run"],
  at: ["command-start", "command-end", "interval", "process-exit"],
  algorithm: ["sha256"],
  guarantees: [
    "allowlist-only",
    "off-is-off",
    "never-blocks",
    "never-throws",
    "exit-code-unaffected",
    "silent-on-failure",
    "no-stdout",
    "no-retry",
    "no-new-dependencies",
    "not-in-debug-builds",
  ],
  kind: ["normal", "compiled-out", "locked-off"],
};

/** The words that may stand at a place, if what stands there is a word of the language and not of the spec's author. */
export function wordsAt({ path, value }: Leaf): readonly string[] | undefined {
  const key = path.findLast((step) => typeof step === "string") as string;
  return words[key]?.includes(String(value)) ? words[key] : undefined;
}

/** Something else that may stand there. */
export function another(leaf: Leaf): unknown {
  const { value } = leaf;
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  const words = wordsAt(leaf);
  return words === undefined ? `${value}z` : words[(words.indexOf(value) + 1) % words.length];
}
