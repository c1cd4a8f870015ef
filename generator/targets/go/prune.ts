/** A declaration at the top of a file of the runtime, with its comment. */
interface Declaration {
  readonly text: string;
  readonly names: readonly string[];
  /** Of a method: its receiver's type. */
  readonly receiver?: string;
}

interface Source {
  readonly name: string;
  readonly marker: string;
  readonly imports: readonly string[];
  readonly declarations: readonly Declaration[];
}

/**
 * What of the runtime these texts need: its files without the declarations that nothing names. They are as gofmt prints them, which is all
 * that is relied on. @returns file → text.
 */
export function neededRuntime(
  runtime: Readonly<Record<string, string>>,
  texts: readonly string[],
  packageName: string,
): Readonly<Record<string, string>> {
  const sources = Object.entries(runtime).map(([name, text]) => parse(name, text));
  const all = sources.flatMap(({ declarations }) => declarations);
  const named = new Set(texts.flatMap(wordsIn));
  const kept = new Set<Declaration>();
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const one of all) {
      if (kept.has(one) || !isNeeded(one, named)) continue;
      kept.add(one);
      for (const word of wordsIn(one.text)) named.add(word);
    }
  }
  return Object.fromEntries(
    sources.flatMap((source) => {
      const left = source.declarations.filter((one) => kept.has(one));
      return left.length === 0 ? [] : [[source.name, print(source, left, packageName)]];
    }),
  );
}

function isNeeded({ names, receiver }: Declaration, named: ReadonlySet<string>): boolean {
  if (receiver === undefined) return names.some((name) => named.has(name));
  // What begins with a capital is the face of its type.
  return named.has(receiver) && names.some((name) => named.has(name) || /^[A-Z]/.test(name));
}

function parse(name: string, text: string): Source {
  const [marker = "", , ...rest] = text.split("\n\n");
  const body = rest.join("\n\n");
  const block = /^import (?:\(\n([\s\S]*?)\n\)|(.*))\n/.exec(body);
  const behind = block === null ? body : body.slice(block[0].length);
  return {
    name,
    marker,
    imports: (block?.[1] ?? block?.[2] ?? "").split("\n").map((line) => line.trim()),
    declarations: behind
      .split(/\n(?=\n(?:\/\/|func |type |var |const ))/)
      .map((one) => one.trim())
      .filter((one) => one !== "")
      .map(declaration),
  };
}

function declaration(text: string): Declaration {
  const code = text
    .split("\n")
    .filter((line) => !line.startsWith("//"))
    .join("\n");
  const method = /^func \(\w* ?\*?(\w+)\) (\w+)/.exec(code);
  if (method !== null) return { text, receiver: method[1] ?? "", names: [method[2] ?? ""] };
  const single = /^(?:func|type|var|const) (\w+)/.exec(code);
  const grouped = [...code.matchAll(/^\t(\w+)\b/gm)].map(([, name]) => name ?? "");
  return { text, names: single === null ? grouped : [single[1] ?? ""] };
}

/** Words of code: neither of comments nor of texts, and not of what is selected. */
function wordsIn(text: string): readonly string[] {
  const code = text.replace(/^\s*\/\/.*$/gm, "").replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, '""');
  return code.match(/[A-Za-z_]\w*/g) ?? [];
}

function print({ marker, imports }: Source, declarations: readonly Declaration[], packageName: string): string {
  const code = declarations.map(({ text }) => text).join("\n\n");
  const used = new Set(code.match(/\b\w+(?=\.)/g) ?? []);
  const left = imports.filter((line) => used.has(/([\w-]+)"$/.exec(line)?.[1] ?? ""));
  return (
    [marker, `package ${packageName}`, ...(left.length === 0 ? [] : [importBlock(left)]), code].join("\n\n") + "\n"
  );
}

/** Imports as they are grouped. @param lines each with its quotes. */
export function importBlock(lines: readonly string[]): string {
  return lines.length === 1
    ? `import ${lines[0]}`
    : `import (\n${[...lines]
        .sort()
        .map((line) => `\t${line}\n`)
        .join("")})`;
}
