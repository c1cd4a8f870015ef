import { ts } from "ts-morph";

interface TextFile {
  readonly path: string;
  readonly text: string;
}

interface Piece {
  readonly text: string;
  /** What it declares; undefined: it does something by being there. */
  readonly name?: string;
  /** Every name in it, with those of properties: more than it uses does no harm. */
  readonly uses: ReadonlySet<string>;
  readonly imports?: { readonly from: string; readonly type: boolean; readonly names: readonly string[] };
  /** Where in its text it says that others may use it. */
  readonly exportAt?: number;
}

/**
 * Of copied files only the functions and types that something names, wherever it stands: a room's file has them all, and no product
 * needs them all. Anything else stays. What only its own file names is exported no more.
 * @param isCopied what lies in the runtime. What else there is stays whole, and says what is needed.
 */
export function withoutUnused(files: readonly TextFile[], isCopied: (path: string) => boolean): readonly TextFile[] {
  const own = files.filter(({ path }) => !isCopied(path));
  const copied = files.filter(({ path }) => isCopied(path));
  const pieces = new Map(copied.map((file) => [file, piecesOf(file)]));
  const ofOwn = new Set(own.flatMap(({ text }) => namedBy(text)));
  const named = new Set(ofOwn);
  const kept = new Set<Piece>();
  const all = [...pieces.values()].flat().filter(({ imports }) => imports === undefined);
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const piece of all) {
      if (kept.has(piece) || (piece.name !== undefined && !named.has(piece.name))) continue;
      kept.add(piece);
      for (const name of piece.uses) named.add(name);
    }
  }
  const users = new Map([...pieces].map(([file, all]) => [file, usesOf(all, kept)]));
  return files.map((file) => {
    const parts = pieces.get(file);
    if (parts === undefined) return file;
    const isForeign = (name: string) =>
      ofOwn.has(name) || [...users].some(([other, names]) => other !== file && names.has(name));
    return { path: file.path, text: print(parts, kept, isForeign) };
  });
}

/** What a file of the product's own names of others: in its imports, or anywhere, where it imports while it runs. */
function namedBy(text: string): readonly string[] {
  const head = /\bimport\(|\* as /.test(text) ? text : (text.match(/^(?:import|export) [^"]*"/gm) ?? []).join("\n");
  return head.match(/[A-Za-z_$][\w$]*/g) ?? [];
}

function usesOf(pieces: readonly Piece[], kept: ReadonlySet<Piece>): ReadonlySet<string> {
  return new Set(pieces.filter((piece) => kept.has(piece)).flatMap(({ uses }) => [...uses]));
}

function piecesOf({ path, text }: TextFile): readonly Piece[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, false);
  const pieces = source.statements.map((statement): Piece => {
    const piece = { text: text.slice(statement.getFullStart(), statement.end), uses: namesIn(statement) };
    const imports = importsOf(statement);
    if (imports !== undefined) return { ...piece, imports };
    const name = declaredBy(statement);
    if (name === undefined) return piece;
    const isExported = ts.canHaveModifiers(statement) && statement.modifiers?.[0]?.kind === ts.SyntaxKind.ExportKeyword;
    return { ...piece, name, ...(isExported && { exportAt: statement.getStart(source) - statement.getFullStart() }) };
  });
  return [...pieces, { text: text.slice(source.statements.at(-1)?.end ?? 0), uses: new Set() }];
}

/** A named import. Others are there for what they do. */
function importsOf(statement: ts.Statement): Piece["imports"] {
  if (!ts.isImportDeclaration(statement)) return undefined;
  const bound = statement.importClause?.namedBindings;
  if (bound === undefined || !ts.isNamedImports(bound)) return undefined;
  return {
    from: (statement.moduleSpecifier as ts.StringLiteral).text,
    type: statement.importClause?.isTypeOnly === true,
    names: bound.elements.map(
      ({ name, propertyName, isTypeOnly }) =>
        `${isTypeOnly ? "type " : ""}${propertyName === undefined ? "" : `${(propertyName as ts.Identifier).text} as `}${name.text}`,
    ),
  };
}

/** What can go where nobody names it. A constant may do something while it is made. */
function declaredBy(statement: ts.Statement): string | undefined {
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return statement.name?.text;
  return undefined;
}

function namesIn(node: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (one: ts.Node) => {
    if (ts.isIdentifier(one)) names.add(one.text);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return names;
}

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
