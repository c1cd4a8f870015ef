/** `consent: { use: ../usage/events.yaml }`, on one line or below each other. */
export const USE = /^consent:[ \t]*(?:\{[ \t]*use:[ \t]*(\S+?)[ \t]*\}|\r?\n[ \t]+use:[ \t]*(\S+?))[ \t]*(?:#.*)?$/m;

/** The contract whose consent a text takes, as it names it. It is found without reading YAML, which most runs have no need of. */
export function usedBy(text: string): string | undefined {
  const found = USE.exec(text);
  return found === null ? undefined : (found[1] ?? found[2] ?? "").replace(/^["'](.*)["']$/, "$1");
}
