import { dirname, join, relative } from "node:path/posix";
import { bracketed, layOut, line } from "../emit/layout.js";
import type { Rooms } from "../targets/target.js";
import type { GeneratedFile } from "./plan.js";

/** The place of each copied file's merged file, by the copied file's path. */
export type Moved = ReadonlyMap<string, string>;

/**
 * The runtime is written in many small files; a product gets one for each of its rooms, so that a stranger has a dozen files to
 * read and not seventy. What a program starts with stays apart from what it only loads later, in a folder `later/`.
 * @param files those of a target: its own, and what is copied into `folder`, in whose rooms the merged ones lie.
 * @param folder `client/runtime`. A file of it that lies in no room stays as it is.
 * @param rooms what a program loads when it starts; by default everything is loaded at once.
 */
export function mergeRooms(
  files: readonly GeneratedFile[],
  folder: string,
  rooms: Rooms = {},
): readonly GeneratedFile[] {
  const isCopied = ({ path }: GeneratedFile) => path.startsWith(`${folder}/`);
  const copied = files.filter(isCopied);
  if (copied.some(isJavaScript)) {
    const turned = (file: GeneratedFile, from: string, to: string) =>
      isCopied(file) && file.path.endsWith(from) ? { ...file, path: file.path.slice(0, -from.length) + to } : file;
    return mergeRooms(
      files.map((file) => turned(file, ".js", ".ts")),
      folder,
      rooms,
    ).map((file) => turned(file, ".ts", ".js"));
  }
  const made = files.filter((file) => !isCopied(file));
  const modules = new Map(copied.map((file) => [file.path, readModule(file)]));
  const start = startOf(rooms, made, modules);
  const moved = new Map([...modules.keys()].map((path) => [path, placeOf(path, folder, start)]));
  const groups = new Map<string, Module[]>();
  for (const one of modules.values()) {
    const place = moved.get(one.path) ?? one.path;
    groups.set(place, [...(groups.get(place) ?? []), one]);
  }
  return [
    ...made.map(({ path, text }) => ({ path, text: redirected(withImports(text, path, moved), path, path, moved) })),
    ...[...groups].map(([path, parts]) => ({ path, text: printGroup(path, inOrder(parts), moved) })),
  ];
}

/** Imports of another target's copied files, which lie in rooms there: `../client/runtime/host/host.js`. */
export function intoRooms(text: string, folder: string): string {
  return text.replace(new RegExp(`("(?:\\.\\.?/)+${folder}/(?!later/)[a-z-]+)/[a-z0-9-]+\\.js"`, "g"), '$1.js"');
}

/** True if the file was turned when the tool was built: its imports read the same. */
function isJavaScript({ path }: GeneratedFile): boolean {
  return path.endsWith(".js");
}

interface Import {
  /** As it is written. */
  readonly from: string;
  /** `name`, `type name`, `* as name`; none for its effects. */
  readonly names: readonly string[];
}

interface Module {
  readonly path: string;
  readonly marker: string;
  readonly imports: readonly Import[];
  readonly body: string;
}

/** Our runtime's modules begin with a marker and their imports; nothing is imported below. */
function readModule({ path, text }: GeneratedFile): Module {
  const [marker = "", ...rest] = text.split("\n");
  let body = rest.join("\n").trimStart();
  const imports: Import[] = [];
  for (let found = HEAD.exec(body); found !== null; found = HEAD.exec(body)) {
    const [whole, type, space, list, from = ""] = found;
    const names = (list ?? "").split(",").flatMap((one) => one.trim() || []);
    const all = space === undefined ? names : [space];
    imports.push({ from, names: type === undefined ? all : all.map((name) => `type ${name}`) });
    body = body.slice(whole.length).trimStart();
  }
  return { path, marker, imports, body };
}

const HEAD = /^import (type )?(?:(\* as \w+) from |\{([^}]*)\} from )?"([^"\n]+)";\n/;

function startOf({ starts, entries = [] }: Rooms, made: readonly GeneratedFile[], modules: Modules): Paths | undefined {
  if (starts === undefined) return undefined;
  const among = (paths: readonly string[]) => made.filter(({ path }) => paths.includes(path)).map(readModule);
  const direct = among(entries).flatMap(({ imports, path }) => imports.map(({ from }) => sourceOf(from, path)));
  return new Set([...closure(among(starts), modules), ...direct]);
}

type Modules = ReadonlyMap<string, Module>;
type Paths = ReadonlySet<string>;

/** Returns what these modules load at once: types are nothing to load, and a module of types alone goes with what starts. */
function closure(roots: readonly Module[], modules: Modules): Paths {
  const found = new Set([...modules.values()].filter(({ body }) => isTypes(body)).map(({ path }) => path));
  const open = [...roots];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const { from, names } of one.imports) {
      const next = modules.get(sourceOf(from, one.path));
      if (next === undefined || found.has(next.path) || (names.length > 0 && names.every(isType))) continue;
      found.add(next.path);
      open.push(next);
    }
  }
  return found;
}

function isTypes(body: string): boolean {
  return !/^(?:export )?(?:async )?(?:function|const|let|class) /m.test(body);
}

function isType(name: string): boolean {
  return name.startsWith("type ");
}

function sourceOf(from: string, importer: string): string {
  return from.startsWith(".") ? join(dirname(importer), from).replace(/\.js$/, ".ts") : from;
}

function placeOf(path: string, folder: string, start: Paths | undefined): string {
  const room = roomOf(path, folder);
  return room === path || start === undefined || start.has(path) ? room : room.replace(folder, `${folder}/later`);
}

/** `client/runtime/queue/claim.ts` → `client/runtime/queue.ts`. What lies in no room stays where it is. */
export function roomOf(path: string, folder: string): string {
  const room = /^([a-z-]+)\/[a-z0-9-]+\.ts$/.exec(relative(folder, path))?.[1];
  return room === undefined || path.endsWith(".d.ts") ? path : join(folder, `${room}.ts`);
}

/** Puts the modules in the order in which they are needed. */
function inOrder(parts: readonly Module[]): readonly Module[] {
  const byPath = new Map([...parts].sort((a, b) => (a.path < b.path ? -1 : 1)).map((one) => [one.path, one]));
  const done = new Set<Module>();
  const visit = (one: Module) => {
    if (done.has(one)) return;
    done.add(one);
    for (const { from, names } of one.imports) {
      const next = byPath.get(sourceOf(from, one.path));
      if (next !== undefined && !names.every(isType)) visit(next);
    }
    order.push(one);
  };
  const order: Module[] = [];
  for (const one of byPath.values()) visit(one);
  return order;
}

function printGroup(path: string, parts: readonly Module[], moved: Moved): string {
  const [first] = parts;
  if (first === undefined) return "";
  if (first.path === path) {
    const imports = printImports(gathered(parts, path, moved));
    return `${first.marker}\n\n${imports}${imports === "" ? "" : "\n"}${redirected(first.body, first.path, path, moved)}`;
  }
  const room = first.marker.replace(/\/[a-z0-9-]+\.ts\. /, "/. ");
  const imports = printImports(gathered(parts, path, moved));
  const bodies = parts.map((part) => redirected(part.body, part.path, path, moved));
  return `${room}\n\n${imports}${imports === "" ? "" : "\n"}${bodies.join("\n")}`;
}

/** All imports of a group, each name once; what lies in the same file needs none. */
function gathered(parts: readonly Module[], path: string, moved: Moved): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>();
  for (const part of parts) {
    for (const { from, names } of part.imports) {
      const to = redirect(from, part.path, path, moved);
      if (to === undefined) continue;
      const known = all.get(to) ?? new Set();
      for (const name of names) known.add(name);
      all.set(to, known);
    }
  }
  return all;
}

/** A generated file whose imports lie elsewhere now: those of one place are one again. */
function withImports(text: string, path: string, moved: Moved): string {
  return text.replace(IMPORTS, (block) =>
    printImports(gathered([readModule({ path, text: `\n${block}` })], path, moved)),
  );
}

const IMPORTS = /(?:^import (?:type )?(?:(?:\* as \w+|\{[^}]*\}) from )?"[^"\n]+";\n)+/m;

function printImports(all: ReadonlyMap<string, ReadonlySet<string>>): string {
  const lines = [...all]
    .sort(([a], [b]) => (sortKey(a) < sortKey(b) ? -1 : 1))
    .map(([from, names]) => printImport(from, names));
  return lines.join("");
}

/** Node's own first, then from outside inwards. */
function sortKey(from: string): string {
  return from.startsWith(".") ? `1${from}` : `0${from}`;
}

function printImport(from: string, all: ReadonlySet<string>): string {
  const bare = (name: string) => name.replace(/^type /, "");
  const names = [...all]
    .filter((name) => !isType(name) || !all.has(bare(name)))
    .sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
  if (names.length === 0) return `import "${from}";\n`;
  const [space] = names.filter((name) => bare(name).startsWith("* as "));
  if (space !== undefined) {
    const others = names.filter((name) => name !== space);
    return `import ${space} from "${from}";\n${others.length === 0 ? "" : printImport(from, new Set(others))}`;
  }
  const types = names.every(isType);
  const list = types ? names.map(bare) : names;
  return `${layOut([`import ${types ? "type " : ""}`, bracketed("{", list, "}", line), ` from "${from}";`])}\n`;
}

/** The specifier of what lies elsewhere now; none where it is the same file. */
function redirect(from: string, importer: string, now: string, moved: Moved): string | undefined {
  if (!from.startsWith(".")) return from;
  const source = sourceOf(from, importer);
  const to = moved.get(source) ?? source;
  if (to === now) return undefined;
  const path = relative(dirname(now), to).replace(/\.ts$/, ".js");
  return path.startsWith(".") ? path : `./${path}`;
}

/** Dynamic imports, and types that are named by their module. */
function redirected(text: string, importer: string, now: string, moved: Moved): string {
  return text.replace(/\b((?:from|import) ?\(?)"(\.[^"\n]+)"/g, (whole, before: string, from: string) => {
    const source = sourceOf(from, importer);
    if (!moved.has(source)) return whole;
    return `${before}"${redirect(from, importer, now, moved) ?? `./${now.slice(now.lastIndexOf("/") + 1).replace(/\.ts$/, ".js")}`}"`;
  });
}
