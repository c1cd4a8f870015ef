/** The words of a wire name: split at anything that is not a letter or digit, and where a lower-case letter meets a capital. */
export function words(wireName: string): readonly string[] {
  const known = asked.get(wireName) ?? split(wireName);
  asked.set(wireName, known);
  return known;
}

/** Each name is asked for again and again, by everything that is printed. */
const asked = new Map<string, readonly string[]>();

function split(wireName: string): readonly string[] {
  return wireName
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
}

/** `ci-vendor` → `ciVendor`, `Flow.start` → `flowStart`, `GRPCGatewayRuntime.start` → `grpcGatewayRuntimeStart`. */
export function camelCase(wireName: string): string {
  const [first = "", ...rest] = words(wireName);
  const name = first.toLowerCase() + rest.map(capitalize).join("");
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** `usage_rollup` → `UsageRollup`. */
export function pascalCase(wireName: string): string {
  const name = words(wireName).map(capitalize).join("");
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** `codegraph` and `code-graph` → `CODEGRAPH`, `CODE_GRAPH`. */
export function constantCase(wireName: string): string {
  return words(wireName).join("_").toUpperCase();
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

/**
 * A file name for each wire name: a wire name may hold what a file's name may not, and file systems that ignore case hold
 * only one of `Init` and `init`.
 * @param reserved names that are taken by other files.
 */
export function fileNames(wireNames: readonly string[], reserved: readonly string[] = []): ReadonlyMap<string, string> {
  const taken = new Set(reserved);
  const fileByName = new Map<string, string>();
  for (const name of wireNames) {
    let free = name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "");
    while (taken.has(free.toLowerCase())) free += "_";
    taken.add(free.toLowerCase());
    fileByName.set(name, free);
  }
  return fileByName;
}

/** Words that no function can be called by, in one language or another that a client is printed in. */
const RESERVED = new Set(
  `abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do else enum eval
  export extends false finally for from function get if implements import in instanceof interface let new null number object of package private
  protected public require return set static string super switch symbol this throw true try type typeof undefined unknown var void while with yield`.split(
    /\s+/,
  ),
);

/** Events and metrics become functions, which can't be called `delete`: that one is `delete_`. A field is a key, which can. */
export function functionName(name: string): string {
  return RESERVED.has(name) ? `${name}_` : name;
}
