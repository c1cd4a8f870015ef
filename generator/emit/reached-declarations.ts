import { ts } from "ts-morph";

interface TextFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Of declaration files only what others can come to see: each declaration that a face names, and what that names in turn. A file
 * of which nothing is left is not there.
 * @param faces files that stay whole. @param inner those of which they may name something.
 */
export function reachedDeclarations(faces: readonly TextFile[], inner: readonly TextFile[]): readonly TextFile[] {
  const modules = new Map(inner.map((file) => [file.path, readModule(file)]));
  const reached = new Set<Declaration>();
  const reach = (path: string, name: string) => {
    const module = modules.get(path);
    const declaration = module?.declarations.find((one) => one.name === name);
    if (declaration === undefined || reached.has(declaration)) return;
    reached.add(declaration);
    for (const used of declaration.names) follow(path, used, module?.imports);
  };
  const follow = (path: string, name: string, imports: Imports | undefined) => {
    const from = imports?.get(name);
    if (from === undefined) reach(path, name);
    else reach(from.path, from.name);
  };
  for (const face of faces) {
    const { imports } = readModule(face);
    for (const { path, name } of imports.values()) reach(path, name);
  }
  return inner.flatMap((file) => printReached(file, modules.get(file.path), reached));
}

type Imports = ReadonlyMap<string, { readonly path: string; readonly name: string }>;

interface Declaration {
  readonly name: string;
  readonly text: string;
  /** Every name in it: more than it uses does no harm. */
  readonly names: ReadonlySet<string>;
}

interface Module {
  readonly marker: string;
  readonly imports: Imports;
  /** Each import statement: whence, and the names in it. */
  readonly statements: readonly { readonly from: string; readonly names: readonly string[] }[];
  readonly declarations: readonly Declaration[];
}

function readModule({ path, text }: TextFile): Module {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, false);
  const imports = new Map<string, { path: string; name: string }>();
  const statements: { from: string; names: string[] }[] = [];
  const declarations: Declaration[] = [];
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = (statement.moduleSpecifier as ts.StringLiteral).text;
      const bound = statement.importClause?.namedBindings;
      const elements = bound !== undefined && ts.isNamedImports(bound) ? bound.elements : [];
      statements.push({ from, names: elements.map(({ name }) => name.text) });
      for (const { name, propertyName } of elements)
        imports.set(name.text, { path: declarationOf(path, from), name: (propertyName ?? name).text });
      continue;
    }
    for (const name of namesOf(statement)) {
      const whole = text.slice(statement.getFullStart(), statement.end);
      declarations.push({
        name,
        text: declarations.length === 0 ? whole.replace(/^\/\/ Code generated.*\n/, "") : whole,
        names: identifiersIn(statement),
      });
    }
  }
  return { marker: text.slice(0, text.indexOf("\n") + 1), imports, statements, declarations };
}

/** TypeScript's `./x.js`, where only `x.d.ts` lies. */
function declarationOf(importer: string, from: string): string {
  return new URL(from, `file:///${importer}`).pathname.slice(1).replace(/\.js$/, ".d.ts");
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  const { name } = statement as { name?: ts.Identifier };
  return name === undefined ? [] : [name.text];
}

function identifiersIn(node: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (one: ts.Node) => {
    if (ts.isIdentifier(one)) names.add(one.text);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return names;
}

function printReached(
  file: TextFile,
  module: Module | undefined,
  reached: ReadonlySet<Declaration>,
): readonly TextFile[] {
  const declarations = (module?.declarations ?? []).filter((one) => reached.has(one));
  if (module === undefined || declarations.length === 0) return [];
  const used = new Set(declarations.flatMap(({ names }) => [...names]));
  const imports = module.statements.flatMap(({ from, names }) => {
    const usedNames = names.filter((name) => used.has(name));
    return usedNames.length === 0 ? [] : `import type { ${usedNames.join(", ")} } from "${from}";\n`;
  });
  const body = declarations.map(({ text }) => text.trim()).join("\n");
  return [{ path: file.path, text: `${module.marker}${imports.join("")}${body}\n` }];
}
