import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Room → what its files may import. The first room that a path lies in decides. The table of ARCHITECTURE.md. */
const rooms: readonly (readonly [room: string, mayImport: readonly RegExp[]])[] = [
  ["generator/diagnostics", [/^generator\/(diagnostics|emit|names)/]],
  ["generator/names.ts", []],
  ["generator/read-file.ts", [/^node:fs$/]],
  ["generator/emit", [/^generator\/(emit|names|diagnostics|model)/, /^ts-morph/]],
  ["generator/payload", [/^generator\/(payload|emit|model|names)/]],
  ["generator/validation", [/^generator\/(validation|payload|emit|model|names)/, /^ajv/]],
  [
    "generator/model",
    [
      /^generator\/(model|diagnostics|language\/(client-languages|consent\/models|file-forms|guarantees|identifiers\/created|(consent\/places|delivery\/modes|wire\/formats)\/(define|index))\.ts)/,
    ],
  ],
  ["generator/plan", [/^generator\/(plan|language|payload|model|names)/]],
  ["generator/page", [/^generator\/(page|language|model|names|emit|payload)/]],
  ["generator/language", [/^generator\/(language|model|diagnostics|names|emit)/]],
  [
    "generator/spec",
    [
      /^generator\/(spec|model|language|diagnostics|names|emit|payload|validation)/,
      /^(yaml|ajv)/,
      /^generator\/read-file\.ts$/,
    ],
  ],
  [
    "generator/evolve",
    [/^generator\/(evolve|model|diagnostics|names|emit|payload|validation|spec|language|read-file\.ts)/, /^ajv/],
  ],
  ["generator/targets/index.ts", [/^generator\/(targets|language)\//]],
  ["generator/targets/target.ts", [/^generator\/model/]],
  [
    "generator/targets",
    [
      /^generator\/(model|language|names|emit|payload|plan|validation|page|targets\/((target|names)\.ts|[^/]+\/)|diagnostics\/diagnostic\.ts)/,
      /^templates\/html\/rules\.ts$/,
      /^(ts-morph|ajv|json-schema-to-typescript)/,
    ],
  ],
  [
    "generator/output",
    [
      /^generator\/(output|diagnostics|targets\/target\.ts|emit|model\/fragments\.ts|read-file\.ts)/,
      /^diff$/,
      /^node:/,
    ],
  ],
  ["generator/init", [/^generator\/(init|names|emit)/]],
  ["generator/installed", [/^generator\/installed/, /^(nanotar|fflate\/browser)$/, /^node:/]],
  ["generator/export", [/^generator\/(export|language|model|emit|payload)/]],
  ["generator/import", [/^generator\/(import|emit)/]],
  ["generator/learn", [/^generator\/(learn|model|emit)/, /^node:/]],
  ["generator/observe", [/^generator\/(observe|model)/, /^node:/]],
  ["generator/dev", [/^generator\/(dev|model|output|targets|validation)/, /^templates\/(dev|html|worker)\//, /^node:/]],
  ["generator", [/./]],
  ["templates/client", [/^templates\/client\//, /^node:/]],
  ["templates/worker/node", [/^templates\/worker\//, /^node:/]],
  ["templates/worker", [/^templates\/worker\/runtime\//, /^cloudflare:/]],
  ["templates/dev", [/^templates\/(dev|worker\/runtime)\//]],
  ["templates/html", [/^templates\/(html|worker\/runtime)\//]],
  ["templates/tests", [/^templates\/(tests|client|worker)\//, /^node:/, /^(vitest|ajv)/]],
];

/** Files that may touch what their room may not, and why. */
const mayReadFiles: readonly RegExp[] = [
  /^generator\/spec\/load(-contract)?\.ts$/,
  /^generator\/evolve\/(base|git-objects|locks|tags|frozen-files)\.ts$/,
  /^generator\/output\//,
  /^generator\/(cli|pipeline\.ts|build)/,
];

describe("rooms", () => {
  const files = rooms.flatMap(([room]) => sources(room)).filter((file, at, all) => all.indexOf(file) === at);

  it("are not empty", () => expect(files.length).toBeGreaterThan(20));

  it.each(files)("%s imports only what its room may", (file) => {
    const room = rooms.find(([name]) => file === name || file.startsWith(`${name}/`));
    const foreign = imports(file)
      .filter((target) => !room?.[1].some((allowed) => allowed.test(target)))
      .filter((target) => !(target === "node:fs" && mayReadFiles.some((allowed) => allowed.test(file))))
      .filter(
        (target) =>
          !(
            target.startsWith("node:") &&
            room?.[0] === "generator/evolve" &&
            mayReadFiles.some((allowed) => allowed.test(file))
          ),
      )
      .filter(
        (target) =>
          !(/^node:(path|crypto)$/.test(target) && /^generator\/(spec\/load|emit|payload|validation|model)/.test(file)),
      );
    expect(foreign).toEqual([]);
  });

  it("are the ones of ARCHITECTURE's table", () => {
    const table = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
    const named = [...table.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \|/gm)]
      .flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, one = ""]) => one))
      .filter((one) => /^(?:generator|templates)\//.test(one))
      .flatMap(expanded);
    const folders = ["generator", "templates"].flatMap((top) =>
      readdirSync(join(root, top), { withFileTypes: true }).flatMap((one) =>
        one.isDirectory() && holdsCode(`${top}/${one.name}`) ? [`${top}/${one.name}`] : [],
      ),
    );
    expect(folders.filter((one) => !named.some((name) => `${name}/`.startsWith(`${one}/`)))).toEqual([]);
    expect(named.filter((name) => !existsSync(join(root, name)) && !existsSync(join(root, `${name}.ts`)))).toEqual([]);
  });

  it("no target imports another", () => {
    const crossing = sources("generator/targets").flatMap((file) => {
      const own = file.split("/").slice(0, 3).join("/");
      return imports(file)
        .filter(
          (target) =>
            /^generator\/targets\/[^/]+\//.test(target) &&
            !target.startsWith(`${own}/`) &&
            file !== "generator/targets/index.ts",
        )
        .map((target) => `${file} → ${target}`);
    });
    expect(crossing).toEqual([]);
  });

  it("only the command line touches process", () => {
    const touching = sources("generator").filter(
      (file) =>
        !/^generator\/(cli\/|build)/.test(file) && /(?<![\w."'`-])process\.(env|argv|exit|cwd|std)/.test(code(file)),
    );
    expect(touching).toEqual([]);
  });

  it("no source file is past 250 lines", () => {
    const long = files.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 251);
    expect(long).toEqual([]);
  });
});

/** `generator/{diagnostics,names}` → both. */
function expanded(name: string): readonly string[] {
  const [, before = name, inner, after = ""] = /^(.*)\{(.*)\}(.*)$/.exec(name) ?? [];
  return inner === undefined ? [name] : inner.split(",").map((one) => `${before}${one}${after}`);
}

/** A folder of texts alone, such as what `init` writes, imports nothing. */
function holdsCode(place: string): boolean {
  return readdirSync(join(root, place), { recursive: true, encoding: "utf8" }).some((name) =>
    /\.(ts|mjs|py|go|rs)$/.test(name),
  );
}

function sources(place: string): string[] {
  const path = join(root, place);
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  if (statSync(path).isFile()) return [place];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => `${place}/${name.replaceAll("\\", "/")}`);
}

/** Our own files by their path from the top, packages by their name. */
function imports(file: string): string[] {
  const found = code(file).matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^"'`;]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)\s*import\s+["']([^"']+)["']/g,
  );
  return [...found].map((match) => {
    const target = (match[1] ?? match[2] ?? match[3]) as string;
    if (target.startsWith("."))
      return relative(root, join(root, dirname(file), target))
        .replaceAll("\\", "/")
        .replace(/\.js$/, ".ts");
    return builtinModules.includes(target) ? `node:${target}` : target;
  });
}

/** Without comments, and without lines of text: what a target prints may look like an import. */
function code(file: string): string {
  return readFileSync(join(root, file), "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "")
    .replace(/^\s*['"`].*$/gm, "");
}
