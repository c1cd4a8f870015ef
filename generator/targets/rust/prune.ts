/**
 * Returns one file of what is needed of the runtime: without the items that nothing names. It is as rustfmt prints it, which is all that is
 * relied on.
 * @param seeds what the contract names of it.
 * @param level of the log's lines.
 */
export function neededRuntime(rooms: readonly string[], seeds: readonly string[], level: string): string {
  const parts = rooms.map((room) => {
    const [head = "", first = "", ...rest] = room.split("\n\n");
    return first.startsWith("use ") ? { head, uses: first, rest } : { head, uses: "", rest: [first, ...rest] };
  });
  const items = parts.flatMap(({ rest }) =>
    rest
      .join("\n\n")
      .replaceAll("LEVEL", level)
      .split(/\n\n(?=[^\s}])/)
      .map((code) => ({ code: code.trim(), names: namesOf(code) })),
  );
  const named = new Set(seeds);
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
  const lines = usesOf(parts.map(({ uses }) => uses).join("\n"), left.join("\n"));
  return `${[parts[0]?.head ?? "", ...(lines.length === 0 ? [] : [lines.join("\n")]), ...left].join("\n\n")}\n`;
}

function namesOf(code: string): readonly string[] {
  const bare = code.replace(/^\s*(?:\/\/|#\[).*\n/gm, "");
  const found = /^(?:pub\(super\) )?(?:fn|struct|enum|type|static|const|impl) (\w+)/.exec(bare);
  return found === null ? [] : [found[1] ?? ""];
}

/** Names that may be items: what stands behind a dot, a text or a comment is none. */
function wordsIn(text: string): readonly string[] {
  const code = text
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/'(?:[^'\\\n]|\\(?:u\{\w+\}|.))'/g, "' '")
    .replace(/"(?:[^"\\]|\\.)*"/gs, '""');
  return code.match(/(?<![\w.]|[^.]\.)[A-Za-z_]\w*/g) ?? [];
}

/** The methods of a trait that is imported without a name. */
const METHODS: Readonly<Record<string, RegExp>> = {
  "fmt::Write": /\bwrite!\(out/,
  "io::Write": /\.write_all\(|\bwriteln!\(|\bwrite!\(std/,
  "io::Read": /\.read_to_end\(|\.read_exact\(/,
  "io::IsTerminal": /\.is_terminal\(/,
};

/** The lines of `use`, with just the names that the code has, as rustfmt sorts them. */
function usesOf(uses: string, code: string): readonly string[] {
  const words = new Set(wordsIn(code).concat(code.match(/\b[A-Z]\w*(?=::)/g) ?? []));
  const byPath = new Map<string, Set<string>>();
  for (const [, path = "", list = "", one = ""] of uses.matchAll(/^use ([\w:]+)::(?:\{([^}]*)\}|(.+?));$/gm))
    for (const name of (list === "" ? one : list).split(",").map((each) => each.trim())) {
      const [own = "", unnamed] = name.split(" as ");
      const trait = `${path.replace("std::", "")}::${own}`;
      const isNeeded =
        own === "self"
          ? code.includes(`${path.slice(path.lastIndexOf(":") + 1)}::`)
          : unnamed === undefined
            ? words.has(own) && (/^[A-Z]/.test(own) || new RegExp(`(?<![.\\w])${own}(?:\\(|::)`).test(code))
            : METHODS[trait]?.test(code);
      if (own !== "" && isNeeded) byPath.set(path, (byPath.get(path) ?? new Set()).add(name));
    }
  const rank = (name: string) => (name === "self" ? 0 : /^[a-z]/.test(name) ? 1 : 2);
  const first = (path: string) => (path.startsWith("super") ? 0 : 1);
  return [...byPath]
    .sort(([a, some], [b, others]) => first(a) - first(b) || (keyOf(a, some) < keyOf(b, others) ? -1 : 1))
    .map(([path, names]) => {
      const sorted = [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
      return sorted.length === 1 && sorted[0] !== "self"
        ? `use ${path}::${sorted[0]};`
        : sorted.length === 1
          ? `use ${path};`
          : `use ${path}::{${sorted.join(", ")}};`;
    });
}

/** By which rustfmt sorts: small names first, then those with a capital, several in braces last. */
function keyOf(path: string, names: ReadonlySet<string>): string {
  const [only = ""] = names;
  const whole = names.size > 1 ? `${path}::~` : only === "self" ? path : `${path}::${only}`;
  return whole
    .split("::")
    .map((one) => `${/^[a-z]/.test(one) ? 0 : /^[A-Z]/.test(one) ? 1 : 2}${one}`)
    .join("!");
}
