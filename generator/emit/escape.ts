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
