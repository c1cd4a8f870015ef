/** A text's UTF-16 units as `\uXXXX`, which JavaScript, TypeScript and JSON read alike. */
export function escapeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
    "",
  );
}

/** Characters that can't be seen in code, or that make it read in another order than it runs in. */
const unseen = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** Code in which each such character stands within a text, with all of them escaped. */
export function escapeUnseen(code: string): string {
  // Nearly all code is plain.
  return /[^\n -~]/.test(code) ? code.replace(unseen, escapeUnits) : code;
}

/** A value as JSON on one line, with nothing in it that can't be seen. */
export function jsonText(value: unknown): string {
  return escapeUnseen(JSON.stringify(value));
}

/** What can't be seen in code: control and format characters, halves of pairs, what nobody assigned, and spaces that aren't the usual one. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** How a language escapes a text in double quotes. */
interface Escapes {
  /** Characters with an escape of their own: `\\n`. */
  readonly named: Readonly<Record<string, string>>;
  readonly code: (code: number) => string;
}

/**
 * A text in double quotes, on one line, with nothing in it that can't be seen. Half of a surrogate pair is in no text of a language whose
 * texts are UTF-8: it becomes U+FFFD.
 */
export function inDoubleQuotes(value: string, { named, code }: Escapes): string {
  const plain = value
    .replace(/\p{Cs}/gu, "\ufffd")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"');
  return `"${plain.replace(HIDDEN, (found) => named[found] ?? code(found.codePointAt(0) ?? 0))}"`;
}

/** A code point as so many hexadecimal digits, at least. */
export function hexadecimal(code: number, digits = 1): string {
  return code.toString(16).padStart(digits, "0");
}
