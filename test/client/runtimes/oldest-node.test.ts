import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { root } from "./project.js";

/**
 * CodeGraph promises Node 18 (CG-012). What is not in the types of its last version, or of its language, doesn't compile; what
 * came after its first one says so in its documentation. Whether it then runs there too, `runtimes.test.ts` shows where the
 * environment names such a Node.
 */
const promised = [18, 0, 0];

/** Later ones of which the types don't say so. */
const unsaid: Readonly<Record<string, string>> = { "AbortSignal.any": "18.17.0", parseArgs: "18.3.0" };

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  types: ["node"],
  module: ts.ModuleKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

/** Returns the constructs newer than the promised version: each with its place. */
function tooNew(files: readonly string[]): string[] {
  const host = ts.createCompilerHost(options);
  // Whoever refers to Node's types, also those of `fetch`, gets the old ones.
  const resolvedFileName = join(root, "node_modules/@types/node-18/index.d.ts");
  host.resolveTypeReferenceDirectiveReferences = (references) =>
    references.map(() => ({ resolvedTypeReferenceDirective: { primary: true, resolvedFileName } }));
  const program = ts.createProgram([...files], options, host);
  const checker = program.getTypeChecker();
  const found: string[] = [];
  for (const file of files.flatMap((name) => program.getSourceFile(name) ?? [])) {
    const at = (position: number) =>
      `${relative(root, file.fileName)}:${file.getLineAndCharacterOfPosition(position).line + 1}`;
    for (const { start = 0, messageText } of program.getSemanticDiagnostics(file))
      found.push(`${at(start)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) {
        const member = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
        const named = checker.getSymbolAtLocation(node);
        const imported = named !== undefined && (named.flags & ts.SymbolFlags.Alias) !== 0;
        const since = sinceOf(imported ? checker.getAliasedSymbol(named) : named) ?? unsaid[member.getText(file)];
        if (since !== undefined) found.push(`${at(node.getStart(file))}: ${node.text} is there since ${since}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

/** The first version that has it, where that is one after the promised. Of several branches the oldest counts. */
function sinceOf(symbol: ts.Symbol | undefined): string | undefined {
  const tag = symbol?.getJsDocTags().find(({ name }) => name === "since");
  const versions = [...ts.displayPartsToString(tag?.text).matchAll(/(\d+)\.(\d+)\.(\d+)/g)].map((match) =>
    match.slice(1, 4).map(Number),
  );
  const oldest = versions.sort(compare)[0];
  return oldest !== undefined && compare(oldest, promised) > 0 ? oldest.join(".") : undefined;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(root, folder, name));

it("the client needs no later Node than 18.0, in what is copied and in what is generated", () => {
  const systems = readdirSync(join(root, "generated/systems")).map((name) => `generated/systems/${name}`);
  // What is copied is looked at where it comes from.
  const generated = ["generated", ...systems]
    .flatMap((folder) => filesIn(`${folder}/client`))
    .filter((name) => !name.includes("/runtime/"));
  expect(tooNew([...filesIn("templates/client"), ...generated])).toEqual([]);
});

it("what is too new is seen", () => {
  const line = /:(\d+): (?:Property )?'?(\w+)/;
  const seen = tooNew([join(import.meta.dirname, "programs/too-new.ts")]).map((found) => line.exec(found)?.[2]);
  const late = ["availableParallelism", "parseArgs", "canParse", "toSorted", "any", "dirname", "getBuiltinModule"];
  expect([...new Set(seen)].sort()).toEqual(late.sort());
});
