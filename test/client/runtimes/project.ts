import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { inLanguage } from "../../../generator/emit/javascript.js";
import { withReachedTypes } from "../../../generator/generate.js";
import { temporary } from "../program.js";

export const root = join(import.meta.dirname, "../../..");

export const systems = ["codegraph", "cocoindex", "cozystack", "docglow", "jina"] as const;
export type System = (typeof systems)[number];

const generated = (system: System) => (system === "codegraph" ? "generated" : `generated/systems/${system}`);

/** The program of a system, with its client in another place. */
export function programText(system: System, client: string): string {
  const text = readFileSync(join(import.meta.dirname, "programs", `${system}.ts`), "utf8");
  return text.replaceAll(`../../../../${generated(system)}/client/`, client);
}

/** A stranger's repository: programs in `src`, each with its client beside it as if it were the repository's own. */
export function project(of: readonly System[] = systems): string {
  const folder = temporary();
  writeFileSync(join(folder, "package.json"), '{ "name": "sample", "version": "0.9.12", "type": "module" }');
  for (const name of ["src", "node_modules"]) mkdirSync(join(folder, name));
  symlinkSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"));
  for (const system of of) {
    cpSync(join(root, generated(system), "client"), join(folder, "src", system), { recursive: true });
    writeFileSync(join(folder, "src", `${system}.ts`), programText(system, `./${system}/`));
  }
  return folder;
}

/** CodeGraph's client as `--language` prints it, into `client` of a folder. */
export function clientIn(folder: string, language: "js" | "cjs"): void {
  const client = join(root, "generated/client");
  const files = readdirSync(client, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ path: `client/${name}`, text: readFileSync(join(client, name), "utf8") }));
  for (const { path, text } of withReachedTypes(inLanguage(files, "client/", language, "spec/events.yaml"))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const library = new Map<string, ts.SourceFile | undefined>();

/** Returns the compiler's complaints about a project under these options; empty where it is content. */
export function complaints(folder: string, options: object): string {
  const given = { rootDir: "src", outDir: "out", types: ["node"], ...options };
  const config = ts.parseJsonConfigFileContent({ compilerOptions: given, include: ["src"] }, ts.sys, folder);
  const host = ts.createCompilerHost(config.options);
  host.getCurrentDirectory = () => folder;
  // Most of the work is what the language and Node declare, which is the same for all.
  const { getSourceFile } = host;
  host.getSourceFile = (name, how, ...rest) => {
    if (!name.includes("/node_modules/")) return getSourceFile(name, how, ...rest);
    const key = `${name} ${JSON.stringify(how)}`;
    if (!library.has(key)) library.set(key, getSourceFile(name, how, ...rest));
    return library.get(key);
  };
  const program = ts.createProgram(config.fileNames, config.options, host);
  const found = [...config.errors, ...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  return ts.formatDiagnostics(found, host);
}

/** Everything that a strict repository may ask of files that it compiles as its own. */
export const strictest = {
  target: "ES2022",
  lib: ["ES2022"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  declaration: true,
  isolatedDeclarations: true,
};

let folder: string | undefined;

/** The five programs, compiled with Node's own modules under the strictest options: the folder in which they lie. */
export function compiled(): string {
  if (folder === undefined) {
    folder = project();
    const wrong = complaints(folder, { ...strictest, module: "NodeNext", skipLibCheck: true });
    if (wrong !== "") throw new Error(wrong);
  }
  return join(folder, "out");
}
