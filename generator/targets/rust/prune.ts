/**
 * Returns what of the runtime a text needs: without the items that nothing names. It is as rustfmt prints it, which is all that is relied on.
 * @param level of the log's lines.
 */
export function neededRuntime(runtime: string, text: string, level: string): string {
  const [head = "", uses = "", ...rest] = runtime.split("\n\n");
  const items = rest
    .join("\n\n")
    .replaceAll("LEVEL", level)
    .split(/\n\n(?=[^\s}])/)
    .map((code) => ({ code: code.trim(), names: namesOf(code) }));
  const named = new Set(wordsIn(text));
  const kept = new Set<(typeof items)[number]>();
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const item of items) {
      if (kept.has(item) || !item.names.some((name) => named.has(name))) continue;
      kept.add(item);
      for (const word of wordsIn(item.code)) named.add(word);
    }
  }
  const left = items.filter((item) => kept.has(item)).map(({ code }) => code);
  const words = new Set(left.flatMap(wordsIn));
  const lines = uses.split("\n").flatMap((line) => narrowed(line, words, left.join("\n")));
  return `${[head, ...(lines.length === 0 ? [] : [lines.join("\n")]), ...left].join("\n\n")}\n`;
}

function namesOf(code: string): readonly string[] {
  const bare = code.replace(/^\s*(?:\/\/|#\[).*\n/gm, "");
  const found = /^(?:pub\(super\) )?(?:fn|struct|enum|type|static|const|impl) (\w+)/.exec(bare);
  return found === null ? [] : [found[1] ?? ""];
}

function wordsIn(text: string): readonly string[] {
  return text.replace(/^\s*\/\/.*$/gm, "").match(/[A-Za-z_]\w*/g) ?? [];
}

/** A line of `use` with just the names that the code has. */
function narrowed(line: string, words: ReadonlySet<string>, code: string): readonly string[] {
  if (line === "use std::fmt::Write as _;") return code.includes("write!(") ? [line] : [];
  const [, path = "", list = ""] = /^use (.*)::\{(.*)\};$/.exec(line) ?? [];
  const names = list.split(", ").filter((name) => words.has(name));
  if (names.length === 0) return [];
  return [names.length === 1 ? `use ${path}::${names[0]};` : `use ${path}::{${names.join(", ")}};`];
}
