/** A declaration at the top of a file of the runtime, with its comment. */
interface Declaration {
  readonly text: string;
  readonly names: readonly string[];
  /** Of a method: its receiver's type; of a struct's field or an interface's method: the struct or the interface. */
  readonly receiver?: string;
  /** Of a struct or an interface: its fields or methods, each with its comment, where each has one. */
  readonly fields?: readonly Declaration[];
}

interface Source {
  readonly name: string;
  readonly marker: string;
  /** `//go:build unix`, where it says so. */
  readonly constraint?: string;
  readonly imports: readonly string[];
  readonly declarations: readonly Declaration[];
}

/**
 * Returns the part of the runtime that these texts need: its files without the declarations that nothing names. They are as gofmt
 * prints them, which is all that is relied on. @returns file → text.
 */
export function neededRuntime(
  runtime: Readonly<Record<string, string>>,
  texts: readonly string[],
  packageName: string,
): Readonly<Record<string, string>> {
  const sources = Object.entries(runtime).map(([name, text]) => parse(name, text));
  const all = sources.flatMap(({ declarations }) => declarations.flatMap((one) => [one, ...(one.fields ?? [])]));
  const named = new Mentions();
  // Nor is a struct's own member.
  for (const text of texts) named.add(text.replace(/^\t\w+ (?=[\w*[])/gm, "\t"));
  const needed = new Set<Declaration>();
  for (let before = -1; before < needed.size; ) {
    before = needed.size;
    for (const one of all) {
      if (needed.has(one) || !isNeeded(one, named)) continue;
      needed.add(one);
      // A field's own name is no mention of something else that is called so.
      if (one.fields === undefined) named.add(one.text.replace(/^\t(?:\w+, )*\w+(?=[ (])/m, ""));
    }
  }
  return Object.fromEntries(
    sources.flatMap((source) => {
      const left = source.declarations.filter((one) => needed.has(one));
      return left.length === 0 ? [] : [[source.name, print(source, left, needed, packageName)]];
    }),
  );
}

function isNeeded({ names, receiver }: Declaration, { bare, selected }: Mentions): boolean {
  if (receiver === undefined) return names.some((name) => bare.has(name));
  // What begins with a capital is the face of its type.
  return bare.has(receiver) && names.some((name) => selected.has(name) || /^[A-Z]/.test(name));
}

/** The names that code mentions: by itself, or as a method or a field of something. */
class Mentions {
  readonly bare = new Set<string>();
  readonly selected = new Set<string>();

  add(text: string): void {
    // What a method is called is no mention of something else of that name.
    const code = text
      .replace(/^func (\([^)]*\)) \w+/gm, "func $1")
      .replace(/^\s*\/\/.*$/gm, "")
      .replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, '""')
      .replace(/\/\/.*$/gm, "");
    for (const [, dot, word = "", colon] of code.matchAll(/(\.)?\b([A-Za-z_]\w*)\b(:(?!=))?/g)) {
      if (dot !== undefined || colon !== undefined) this.selected.add(word);
      // Behind `case` and in front of a label's colon a word stands by itself.
      if (dot === undefined) this.bare.add(word);
    }
  }
}

function parse(name: string, text: string): Source {
  const [marker = "", second = "", ...others] = text.split("\n\n");
  const constrained = second.startsWith("//go:build");
  const body = (constrained ? others.slice(1) : others).join("\n\n");
  const block = /^import (?:\(\n([\s\S]*?)\n\)|(.*))\n/.exec(body);
  const behind = block === null ? body : body.slice(block[0].length);
  return {
    name,
    marker,
    ...(constrained ? { constraint: second } : {}),
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
  const method = /^func \(\w* ?\*?(\w+)(?:\[\w+\])?\) (\w+)/.exec(code);
  if (method !== null) return { text, receiver: method[1] ?? "", names: [method[2] ?? ""] };
  const struct = /^type (\w+)(?:\[.*\])? (?:struct|interface) \{\n/.exec(code);
  if (struct !== null) {
    const fields = fieldsOf(struct[1] ?? "", text);
    if (fields !== undefined) return { text, names: [struct[1] ?? ""], fields };
  }
  const single = /^(?:func|type|var|const) (\w+)/.exec(code);
  const grouped = [...code.matchAll(/^\t(\w+)\b/gm)].map(([, name]) => name ?? "");
  return { text, names: single === null ? grouped : [single[1] ?? ""] };
}

/** A struct's fields or an interface's methods, where each has a comment of its own: gofmt aligns none of them with another. */
function fieldsOf(struct: string, text: string): readonly Declaration[] | undefined {
  const [, body = ""] = /(?:struct|interface) \{\n([\s\S]*)\n\}$/.exec(text) ?? [];
  const found: Declaration[] = [];
  let comment = "";
  for (const line of body.split("\n")) {
    if (/^\t\/\//.test(line)) comment += `${line}\n`;
    else {
      const [, names = ""] = /^\t(\w+(?:, \w+)*)[ (]/.exec(line) ?? [];
      if (comment === "" || names === "") return undefined;
      found.push({ text: `${comment}${line}`, names: names.split(", "), receiver: struct });
      comment = "";
    }
  }
  return found;
}

function print(
  { marker, constraint, imports }: Source,
  declarations: readonly Declaration[],
  kept: ReadonlySet<Declaration>,
  packageName: string,
): string {
  const code = declarations.map((one) => printOne(one, kept)).join("\n\n");
  const used = new Set(code.replace(/^\s*\/\/.*$/gm, "").match(/\b\w+(?=\.)/g) ?? []);
  const left = imports.filter((line) => used.has(/([\w-]+)"$/.exec(line)?.[1] ?? ""));
  return (
    [
      marker,
      ...(constraint === undefined ? [] : [constraint]),
      `package ${packageName}`,
      ...(left.length === 0 ? [] : [importBlock(left)]),
      code,
    ].join("\n\n") + "\n"
  );
}

function printOne({ text, fields }: Declaration, kept: ReadonlySet<Declaration>): string {
  if (fields === undefined || fields.length === 0) return text;
  const left = fields.filter((field) => kept.has(field)).map((field) => field.text);
  const head = text.slice(0, text.indexOf(" {\n"));
  return left.length === 0 ? `${head}{}` : `${head} {\n${left.join("\n")}\n}`;
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
