import type { Words } from "../../plan/words.js";

/** Go writes these in capitals throughout. */
const INITIALISMS = new Set(
  `acl api arm ascii ci cli cpu css dns eof gid guid html http https id ip json os oidc pid qps ram rpc sdk sla smtp sql ssh tcp tls ttl udp
  ui uid uri url utc utf8 uuid vm xml`.split(/\s+/),
);

/** The names that the package declares beside what is made of a contract's words. */
const DECLARED = new Set(
  "New NewRecorder Options Reporter Report Recorder Recorded Decision Client Prompt Counter Null Carried".split(" "),
);

/** Methods that a client has beside its events. */
const METHODS = new Set("Ask Close Command Decide DecidePart Flush".split(" "));

/** Returns what a client's method for an event is called. */
export function methodOf(words: Words): string {
  const name = exported(words);
  return METHODS.has(name) ? `${name}Event` : name;
}

const RESERVED = new Set(
  `break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select
  struct switch type var any bool byte error float64 int int64 len max min nil string true false append cap clear close copy delete make
  new panic print println recover context slog http time contract collect options report`.split(/\s+/),
);

/** `oidc`, `enabled` → `OIDCEnabled`. */
export function exported(words: Words): string {
  const name = words
    .map((word) => (INITIALISMS.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  return /^[A-Z]/.test(name) ? name : `X${name}`;
}

/** `oidc`, `enabled` → `oidcEnabled`. */
export function unexported(words: Words): string {
  const [first = "", ...rest] = words;
  const name = rest.length === 0 ? first : first + exported(rest);
  const safe = /^[a-z]/.test(name) ? name : `x${name}`;
  return RESERVED.has(safe) ? `${safe}Of` : safe;
}

/** Names of a package's own declarations, each once. */
export class Names {
  readonly #taken = new Set(DECLARED);

  /** The name, or the name behind its owner's where it is taken, or with a number. */
  take(words: Words, owner: Words = []): string {
    const tries = [exported(words), exported([...owner, ...words])];
    const free = tries.find((one) => !this.#taken.has(one)) ?? this.#numbered(exported([...owner, ...words]));
    this.#taken.add(free);
    return free;
  }

  #numbered(name: string): string {
    let count = 2;
    while (this.#taken.has(`${name}${count}`)) count++;
    return `${name}${count}`;
  }
}

/** The words of a value of a closed set, for its constant: `paas-full` → `Paas`, `Full`. */
export function wordsOfValue(value: string, at: number): Words {
  if (value === "") return ["empty"];
  const words = value.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return words.length === 0 ? ["value", String(at + 1)] : words.map((word) => word.toLowerCase());
}
