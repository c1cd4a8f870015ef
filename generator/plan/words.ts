/** A name without a language: its words in lower case. Each language joins and cases them, and avoids its own reserved words. */
export type Words = readonly string[];

/** The words of a name in camelCase, one for each capital, so that `camel` gives it again: `clientName` → `client`, `name`. */
export function wordsIn(codeName: string): Words {
  return codeName
    .replace(/^_|_$/g, "")
    .split(/(?=[A-Z])/)
    .map((word) => word.toLowerCase());
}

/** `client`, `name` → `clientName`. */
export function camel(words: Words): string {
  const [first = "", ...rest] = words;
  const name = first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[0-9]/.test(name) ? `_${name}` : name;
}
