/** A piece of an expression that can stand on one line or on several. */
export type Code =
  | string
  | { readonly open: string; readonly items: readonly Code[]; readonly close: string }
  | { readonly before: string; readonly code: Code; readonly after?: string };

const WIDTH = 120;

/** All of it on one line. */
export function flat(code: Code): string {
  if (typeof code === "string") return code;
  if ("before" in code) return `${code.before}${flat(code.code)}${code.after ?? ""}`;
  if (code.items.length === 0) return `${code.open}${code.close}`;
  const inner = code.items.map(flat).join(", ");
  return code.open === "{" ? `{ ${inner} }` : `${code.open}${inner}${code.close}`;
}

/** On one line where it fits, else an item a line. @param indent in columns, of the line that it begins on. */
export function layout(code: Code, indent: number, after = 1): string {
  const line = flat(code);
  if (indent + line.length + after <= WIDTH || typeof code === "string") return line;
  if ("before" in code) {
    const rest = code.after ?? "";
    return `${code.before}${broken(code.code, indent, rest.length + after)}${rest}`;
  }
  return broken(code, indent, after);
}

function broken(code: Code, indent: number, after: number): string {
  if (typeof code === "string") return code;
  if ("before" in code) return layout(code, indent, after);
  const inner = " ".repeat(indent + 2);
  const items = code.items.map((item) => `${inner}${layout(item, indent + 2)},\n`).join("");
  return `${code.open}\n${items}${" ".repeat(indent)}${code.close}`;
}
