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
}

/**
 * Of copied files only the functions and types that something names, wherever it stands: a room's file has them all, and no product
 * needs them all. Anything else stays.
 * @param isCopied what lies in the runtime. What else there is stays whole, and says what is needed.
 */
export function withoutUnused(files: readonly TextFile[], isCopied: (path: string) => boolean): readonly TextFile[] {
  const own = files.filter(({ path }) => !isCopied(path));
  const copied = files.filter(({ path }) => isCopied(path));
  const pieces = new Map(copied.map((file) => [file, piecesOf(file)]));
  const named = new Set(own.flatMap(({ text }) => text.match(/[A-Za-z_$][\w$]*/g) ?? []));
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
  return files.map((file) => {
    const parts = pieces.get(file);
    return parts === undefined ? file : { path: file.path, text: print(parts, kept) };
  });
}

function piecesOf({ path, text }: TextFile): readonly Piece[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, false);
  const pieces = source.statements.map((statement): Piece => {
    const piece = { text: text.slice(statement.getFullStart(), statement.end), uses: namesIn(statement) };
    const imports = importsOf(statement);
    if (imports !== undefined) return { ...piece, imports };
    const name = declaredBy(statement);
    return name === undefined ? piece : { ...piece, name };
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

function print(pieces: readonly Piece[], kept: ReadonlySet<Piece>): string {
  const used = new Set(pieces.filter((piece) => kept.has(piece)).flatMap(({ uses }) => [...uses]));
  const printed = pieces.flatMap(({ text, imports }, at) => {
    const piece = pieces[at] as Piece;
    if (imports === undefined) return kept.has(piece) ? text : at === 0 ? headOf(text) : [];
    const names = imports.names.filter((name) => used.has(name.replace(/^.* /, "")));
    if (names.length === imports.names.length) return text;
    const line = `import ${imports.type ? "type " : ""}{ ${names.join(", ")} } from "${imports.from}";`;
    const before = at === 0 ? headOf(text) : "\n";
    return names.length === 0 ? (at === 0 ? before.trimEnd() : []) : `${before}${line}`;
  });
  return printed.join("");
}

/** The marker above a file's first statement. */
function headOf(text: string): string {
  return /^(?:\/\/.*\n)+\n*/.exec(text)?.[0] ?? "";
}
