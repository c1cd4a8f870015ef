interface TextFile {
  readonly path: string;
  readonly text: string;
}

interface Piece {
  readonly text: string;
  /** The name that it declares; undefined: it does something by being there. */
  readonly name?: string;
  /** Every name in it, with those of properties: more than it uses does no harm. */
  readonly uses: ReadonlySet<string>;
  readonly imports?: { readonly from: string; readonly type: boolean; readonly names: readonly string[] };
  /** The place in its text that says that others may use it. */
  readonly exportAt?: number;
}

/**
 * Of copied files only the functions and types that something names, wherever it stands: a room's file has them all, and no product
 * needs them all. Anything else stays. What only its own file names is exported no more.
 * @param isCopied what lies in the runtime. What else there is stays whole, and says what is needed.
 */
export function withoutUnused(files: readonly TextFile[], isCopied: (path: string) => boolean): readonly TextFile[] {
  const generated = files.filter(({ path }) => !isCopied(path));
  const copied = files.filter(({ path }) => isCopied(path));
  const pieces = new Map(copied.map((file) => [file, piecesOf(file)]));
  const ofOwn = new Set(generated.flatMap(({ text }) => namedBy(text)));
  const named = new Set(ofOwn);
  const used = new Set<Piece>();
  const all = [...pieces.values()].flat().filter(({ imports }) => imports === undefined);
  for (let before = -1; before < used.size; ) {
    before = used.size;
    for (const piece of all) {
      if (used.has(piece) || (piece.name !== undefined && !named.has(piece.name))) continue;
      used.add(piece);
      for (const name of piece.uses) named.add(name);
    }
  }
  const users = new Map([...pieces].map(([file, all]) => [file, usesOf(all, used)]));
  return files.map((file) => {
    const parts = pieces.get(file);
    if (parts === undefined) return file;
    const isForeign = (name: string) =>
      ofOwn.has(name) || [...users].some(([other, names]) => other !== file && names.has(name));
    return { path: file.path, text: print(parts, used, isForeign) };
  });
}

/** Returns what a file of the product's own names of others: in its imports, or anywhere, where it imports while it runs. */
function namedBy(text: string): readonly string[] {
  const head = /\bimport\(|\* as /.test(text) ? text : (text.match(/^(?:import|export) [^"]*"/gm) ?? []).join("\n");
  return head.match(NAME) ?? [];
}

function usesOf(pieces: readonly Piece[], kept: ReadonlySet<Piece>): ReadonlySet<string> {
  return new Set(pieces.filter((piece) => kept.has(piece)).flatMap(({ uses }) => [...uses]));
}

/**
 * A module's statements, each with what stands above it. The texts of our runtime are as their formatters print them: a statement begins
 * where a line does, and all else of it is indented or closes it. A test holds that to the compiler's opinion, which takes 30 ms to ask.
 */
export function piecesOf({ text }: Pick<TextFile, "text">): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  let begun: number | undefined;
  let last = 0;
  const close = () => {
    if (begun === undefined) return;
    pieces.push(pieceOf(text.slice(end, last), begun - end));
    end = last;
    begun = undefined;
  };
  for (const { 0: line, index } of text.matchAll(/^.+$/gm)) {
    if (/^[^\s})\]]/.test(line)) {
      close();
      if (!/^\/[/*]/.test(line)) begun = index;
    }
    if (begun !== undefined) last = index + line.length;
  }
  close();
  return [...pieces, { text: text.slice(end), uses: new Set() }];
}

/** @param at where its statement begins. */
function pieceOf(text: string, at: number): Piece {
  const statement = text.slice(at);
  const uses = new Set(withoutComments(statement).match(NAME) ?? []);
  const [, type, list, from] = /^import (type )?\{([^}]*)\} from "([^"\n]+)";$/.exec(statement) ?? [];
  if (list !== undefined && from !== undefined) {
    const names = list.split(",").flatMap((one) => one.trim() || []);
    return { text, uses, imports: { from, type: type !== undefined, names } };
  }
  // What can go if nothing names it. A constant may do something while it is made.
  const [, exported, name] = /^(export )?(?:(?:async )?function\*?|interface|type) (\w+)/.exec(statement) ?? [];
  if (name === undefined) return { text, uses };
  return { text, name, uses, ...(exported !== undefined && { exportAt: at }) };
}

/** Those that have lines of their own: nothing else can look like one. */
function withoutComments(code: string): string {
  return code.replace(/^ *(?:\/\/.*|\/\*\*[\s\S]*?\*\/)$/gm, "");
}

const NAME = /[A-Za-z_$][\w$]*/g;

function print(pieces: readonly Piece[], kept: ReadonlySet<Piece>, isForeign: (name: string) => boolean): string {
  const used = usesOf(pieces, kept);
  const printed = pieces.flatMap((piece, at) => {
    const { text, imports } = piece;
    if (imports === undefined) return kept.has(piece) ? exportedText(piece, isForeign) : at === 0 ? headOf(text) : [];
    const names = imports.names.filter((name) => used.has(name.replace(/^.* /, "")));
    if (names.length === imports.names.length) return text;
    const line = `import ${imports.type ? "type " : ""}{ ${names.join(", ")} } from "${imports.from}";`;
    const before = at === 0 ? headOf(text) : "\n";
    return names.length === 0 ? (at === 0 ? before.trimEnd() : []) : `${before}${line}`;
  });
  return printed.join("");
}

function exportedText({ text, name, exportAt }: Piece, isForeign: (name: string) => boolean): string {
  if (name === undefined || exportAt === undefined || isForeign(name)) return text;
  return text.slice(0, exportAt) + text.slice(exportAt + "export ".length);
}

/** The marker above a file's first statement. */
function headOf(text: string): string {
  return /^(?:\/\/.*\n)+\n*/.exec(text)?.[0] ?? "";
}
