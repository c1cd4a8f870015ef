/** A call, a literal with braces, or code as it stands: on one line where it fits, else what it holds stands below each other. */
export type Code = string | { readonly open: string; readonly items: readonly Code[]; readonly close: string };

const width = 120;

export function call(name: string, ...args: readonly Code[]): Code {
  return { open: `${name}(`, items: args, close: ")" };
}

export function literal(type: string, ...items: readonly Code[]): Code {
  return { open: `${type}{`, items, close: "}" };
}

export function flat(code: Code): string {
  return typeof code === "string" ? code : `${code.open}${code.items.map(flat).join(", ")}${code.close}`;
}

/** @param before what stands in front of it on its line, tabs as they are. */
export function print(code: Code, before: string): string {
  const line = flat(code);
  if (typeof code === "string" || code.items.length === 0 || before.length + line.length <= width) return line;
  const indent = `${/^\t*/.exec(before)?.[0] ?? ""}\t`;
  return `${code.open}\n${code.items.map((item) => `${indent}${print(item, indent)},\n`).join("")}${indent.slice(1)}${code.close}`;
}
