/** The words of a wire name: split at anything that is not a letter or digit, and where a lower-case letter meets a capital. */
export function words(wireName: string): string[] {
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
