/** `consent: { use: ../usage/events.yaml }`, on one line or below each other. */
export const USE = /^consent:[ \t]*(?:\{[ \t]*use:[ \t]*(\S+?)[ \t]*\}|\r?\n[ \t]+use:[ \t]*(\S+?))[ \t]*(?:#.*)?$/m;

/** The contract whose consent a text takes, as it names it. It is found without reading YAML, which most runs have no need of. */
export function usedBy(text: string): string | undefined {
  const use = USE.exec(text);
  return use === null ? undefined : (use[1] ?? use[2] ?? "").replace(/^["'](.*)["']$/, "$1");
}
