/** One function of the client's module, and of the one that does nothing in its place. */
export interface Face {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly returns: string;
  readonly doc: readonly string[];
  /** Its body, a line each. */
  readonly does: readonly string[];
  /** What it returns where it does nothing. */
  readonly noop?: string;
  /** A rollup's counters, which it loads at its first call and keeps at hand: they are counted in nanoseconds. */
  readonly keeps?: { readonly name: string; readonly type: "Rollup" | "Mixed" };
  /** File of the runtime, or of the client, → what is imported of it at the top. */
  readonly uses?: Readonly<Record<string, readonly string[]>>;
}

/** A dictionary of these entries. */
export function map(entries: readonly string[]): string {
  return `{${entries.join(", ")}}`;
}

/** On one line where it fits, else its arguments below each other, and what they hold where that is needed. */
export function broken(start: string, args: readonly string[]): readonly string[] {
  const line = `${start}${args.join(", ")})`;
  if (line.length <= 116) return [line];
  const [, name = "", first = ""] = /^(.*?\()(.*)$/.exec(start) ?? [];
  const leading = first.split(", ").filter((one) => one !== "");
  const below = [...leading, ...args].flatMap((arg) => {
    if (arg.length + 9 <= 120 || !arg.startsWith("{")) return [`    ${arg},`];
    return [
      "    {",
      ...arg
        .slice(1, -1)
        .split(/, (?=["'])/)
        .map((one) => `        ${one},`),
      "    },",
    ];
  });
  return [name, ...below, ")"];
}
