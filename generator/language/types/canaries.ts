/** What must never fit into a text by accident. Short and long ones, so that a small `max_length` is no excuse. */
const CANARIES: readonly (readonly [what: string, text: string])[] = [
  ["a Unix path", "/home/ada/projects/notes.txt"],
  ["a Unix path", "/etc/hosts"],
  ["a Unix path", "~/notes.txt"],
  ["a Unix path", "src/main.rs"],
  ["a Windows path", "C:\\Users\\ada\\notes.txt"],
  ["a Windows path", "C:\\a.txt"],
  ["a Windows path", "C:/Users/ada/notes.txt"],
  ["an e-mail address", "ada.lovelace@example.com"],
  ["an e-mail address", "a@b.org"],
  ["a URL with credentials", "https://ada:secret@example.com/private"],
  ["a URL with credentials", "ftp://a:b@c.org"],
  ["a plain sentence", "Please call Ada about the invoice tomorrow."],
  ["a plain sentence", "please call ada"],
  ["a plain sentence", "hello world"],
];

/** The first canary that a pattern lets through: what it is, and its text. */
export function canaryFor(
  pattern: string,
  maxLength: number,
): { readonly what: string; readonly text: string } | undefined {
  const expression = new RegExp(pattern);
  const found = CANARIES.find(([, text]) => text.length <= maxLength && expression.test(text));
  return found && { what: found[0], text: found[1] };
}
