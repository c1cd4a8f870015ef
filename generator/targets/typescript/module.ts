import { IndentationText, Project, QuoteKind, type StatementStructures, StructureKind } from "ts-morph";
import { docComment } from "../../emit/comment.js";
import { bracketed, type Doc, layOut, line } from "../../emit/layout.js";
import { quoted } from "../../emit/literal.js";
import { fragmentOf, hasFragment } from "../../model/fragments.js";
import type { Emitter } from "./emitters.js";
import { runtimeFile } from "./runtime-files.js";

/** A module: its imports, then its statements with a line between them. */
export function printModule(imports: readonly Import[], statements: readonly string[]): string {
  return `${imports.map(printImport).join("")}\n${statements.join("\n")}`;
}

type Statements = readonly (StatementStructures | string)[];

/**
 * The statements of each emitter, as a part of its event. ts-morph is given all structures at once: to make a file of each takes
 * fifty times as long. What is text already is not parsed for that.
 */
export function printEach(
  emitters: readonly Emitter[],
  part: (one: Emitter) => string,
  make: (one: Emitter) => Statements,
): readonly string[] {
  const made = new Map(
    emitters
      .filter((emitter) => !hasFragment(emitter, part(emitter)))
      .map((emitter) => [emitter, make(emitter)] as const),
  );
  const printed = printStructures([...made.values()].flat().filter((one) => typeof one !== "string"));
  const text = (one: StatementStructures | string) => (typeof one === "string" ? one : (printed.get(one) ?? ""));
  return emitters.map((emitter) =>
    fragmentOf(emitter, part(emitter), () => (made.get(emitter) ?? make(emitter)).map(text).join("\n")),
  );
}

/** Between two structures, where a line begins: what a spec says stands behind an asterisk or an indentation. */
const BETWEEN = '"between";';

function printStructures(structures: readonly StatementStructures[]): ReadonlyMap<StatementStructures, string> {
  if (structures.length === 0) return new Map();
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Double },
  });
  const statements = structures.flatMap((one) => [one, BETWEEN]);
  const texts = project
    .createSourceFile("module.ts", { statements })
    .getFullText()
    .split(/^"between";\n/m);
  return new Map(structures.map((one, at) => [one, `${texts[at]?.trim()}\n`]));
}

export interface Import {
  readonly from: string;
  /** `name`, `name as other`, or either behind `type `. */
  readonly names: readonly string[];
}

/** All imports of one file together, in the order of their paths; a path's types apart where it gives nothing else. */
export function mergeImports(all: readonly Import[]): readonly Import[] {
  const byPath = new Map<string, Set<string>>();
  for (const { from, names } of all) byPath.set(from, new Set([...(byPath.get(from) ?? []), ...names]));
  const paths = [...byPath.keys()].sort();
  return paths
    .map((from) => ({ from, names: [...(byPath.get(from) ?? [])].sort((a, b) => compare(bare(a), bare(b))) }))
    .filter(({ names }) => names.length > 0);
}

/** The imports that emitters need of the runtime and the types. */
export function importsOf(emitters: readonly Emitter[]): readonly Import[] {
  const runtime = emitters.flatMap(({ uses }) =>
    Object.entries(uses).map(([file, names]) => ({
      from: file.startsWith("../") ? `./${file.slice(3)}.js` : runtimeFile(file),
      names,
    })),
  );
  return [
    ...runtime,
    { from: "./types.js", names: emitters.flatMap(({ types }) => types.map((type) => `type ${type}`)) },
  ];
}

export function functionStructure(
  { name, doc, parameters, returns }: Emitter,
  body: readonly Doc[],
): StatementStructures | string {
  const list = parameters.map((parameter) => `${parameter.name}${parameter.optional ? "?" : ""}: ${parameter.type}`);
  const isAsync = returns.startsWith("Promise<");
  const start = `export ${isAsync ? "async " : ""}function ${name}`;
  const statements = body.map((one) => layOut(one, { indent: "  " }));
  const head = layOut([start, bracketed("(", list, ")"), `: ${returns} {${statements.length === 0 ? "}" : ""}`]);
  const docs = doc.filter((part) => part !== "");
  // What ts-morph has no form for: an empty body on the same line, and whatever stands on several lines.
  if (statements.length === 0 || [head, ...statements].some((one) => one.includes("\n")))
    return `${docComment(docs)}${head}\n${statements.map((one) => `  ${one}\n`).join("")}${statements.length === 0 ? "" : "}\n"}`;
  return {
    kind: StructureKind.Function,
    name,
    isExported: true,
    isAsync,
    ...(docs.length === 0 ? {} : { leadingTrivia: docComment(docs) }),
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      type: parameter.type,
      hasQuestionToken: parameter.optional,
    })),
    returnType: returns,
    statements,
  };
}

/** As text: ts-morph would indent the lines of a literal anew. */
export function dataOf({ data }: Emitter): readonly string[] {
  return data === undefined ? [] : [`const ${data.name}${data.type === "" ? "" : `: ${data.type}`} = ${data.value};\n`];
}

/** `import { a, type B } from "./c.js";`, on several lines where one is too long. */
export function printImport({ from, names }: Import): string {
  const types = names.every((name) => name.startsWith("type "));
  const list = types ? names.map(bare) : names;
  return `${layOut([`import ${types ? "type " : ""}`, bracketed("{", list, "}", line), ` from ${quoted(from)};`])}\n`;
}

function bare(name: string): string {
  return name.replace(/^type /, "");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
