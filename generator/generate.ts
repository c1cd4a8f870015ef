import { join } from "node:path";
import type { Contract } from "./analyze.js";
import { asModules, inLanguage, type Language } from "./emit/javascript.js";
import { reachedDeclarations } from "./emit/reached-declarations.js";
import { withoutUnused } from "./emit/without-unused.js";
import type { ClientForm } from "./installed/compare-installed.js";
import type { Model } from "./model/model.js";
import { isMarked } from "./output/marker.js";
import { intoRooms, mergeRooms } from "./output/merge-rooms.js";
import { needed } from "./output/needed.js";
import { rootPage } from "./output/places.js";
import type { GeneratedFile } from "./output/plan.js";
import { readRuntime } from "./output/read-runtime.js";
import type { SpecFile } from "./spec/load.js";
import { targets } from "./targets/index.js";
import type { Target } from "./targets/target.js";

export { probesOf } from "./dev/probes.js";
export { startDev } from "./dev/server.js";
export { asModules } from "./emit/javascript.js";
export { sameCode } from "./emit/same-code.js";
export { exportContract } from "./export/export.js";
export { planOf } from "./plan/make-plan.js";

/**
 * The heavy half of the tool, a bundle of its own: everything that prints. The command line loads it only when there is something
 * to be generated.
 */

export interface GenerateOptions {
  /** One target's name; all of them otherwise. */
  readonly only?: string | undefined;
  /** The tool's own folder of runtime code. */
  readonly templates: string;
  readonly progress: (done: number, of: number) => void;
  /** The form of the client. */
  readonly language?: Language | undefined;
  /** The files that are there already of targets that are only made where somebody wants them: `systems/jina/vectors`. */
  readonly requested?: readonly string[];
}

/** Every file that the contracts become. */
export async function generateAll(
  contracts: readonly Contract[],
  { only, templates, progress, language = "ts", requested = [] }: GenerateOptions,
): Promise<readonly GeneratedFile[]> {
  // The tests start a fresh client for each case. What `require` once loaded stays loaded, so in CommonJS they would prove nothing.
  const testable = (name: string) => name !== "tests" || language !== "cjs";
  const isWanted = ({ name, onRequest }: Target, { system }: SpecFile, model: Model) =>
    only === undefined
      ? onRequest === undefined || requested.includes(placed(onRequest, system)) || isNeeded(name, model)
      : name === only;
  const jobs = contracts.flatMap(({ spec, model }) =>
    model === undefined
      ? []
      : (targets as readonly Target[])
          .filter((target) => isWanted(target, spec, model) && testable(target.name) && isAskedFor(target.name, model))
          .map((target) => ({ target, spec, model })),
  );
  const files: GeneratedFile[] = [];
  for (const [done, { target, spec, model }] of jobs.entries()) {
    progress(done, jobs.length);
    files.push(...(await generate(target, spec, model, templates, language)));
  }
  return files;
}

/** The client of a contract in each form in which a package may hold it, as far as its files are there at all. */
export async function clientForms(
  contract: Contract,
  templates: string,
  isThere: (anchor: string) => boolean,
): Promise<readonly ClientForm[]> {
  const languages = [
    ["ts", "TypeScript", "telemetry.ts"],
    ["js", "JavaScript", "telemetry.js"],
    ["cjs", "CommonJS", "telemetry.js"],
  ] as const;
  const { source } = contract.spec;
  const made = (language: Language) =>
    generateAll([contract], { only: "client", templates, language, progress: () => undefined });
  const inFolder = (files: readonly GeneratedFile[]) =>
    files.map(({ path, text }) => ({ path: path.replace(/^systems\/[^/]+\//, ""), text }));
  const forms: ClientForm[] = [];
  for (const [language, name, anchor] of languages) {
    if (!isThere(anchor)) continue;
    const files = inFolder(await made(language));
    // The product's own compiler leaves in what generated JavaScript leaves out.
    const compiled = language === "ts" ? [] : [inLanguage(inFolder(await made("ts")), "client/", language, source)];
    for (const form of [files, ...compiled]) {
      const ownFiles = form.map(({ path, text }) => [path.replace(/^client\//, ""), text] as const);
      forms.push({ name, anchor, files: new Map(ownFiles) });
    }
  }
  return forms;
}

/** The suites for vitest run the TypeScript client. */
function isAskedFor(target: string, { clients }: Model): boolean {
  return clients.typescript !== undefined || !["client", "tests"].includes(target);
}

/** The tests of a client in Python read the contract's vectors. */
function isNeeded(target: string, { clients }: Model): boolean {
  return target === "vectors" && clients.python !== undefined;
}

/** Everything that one target makes of one contract, where it will lie. `templates` is the tool's own folder of them. */
async function generate(
  target: Target,
  { system }: SpecFile,
  model: Model,
  templates: string,
  language: Language,
): Promise<readonly GeneratedFile[]> {
  const runtime = target.runtime ?? [];
  const copied = runtime.flatMap(({ from, to, instead }) => {
    const files = readRuntime(join(templates, from.replace(/^templates\//, "")));
    const places = instead?.(model) ?? {};
    const textOf = new Map(files.map(({ path, text }) => [path, text]));
    return files.map(({ path, text }) => ({ path: `${to}/${path}`, text: textOf.get(places[path] ?? path) ?? text }));
  });
  const keptPaths = runtime.flatMap(({ to, keeps }) => keeps.map((path) => `${to}/${path}`));
  const embeds =
    target.embeds === undefined ? [] : readRuntime(join(templates, target.embeds.replace(/^templates\//, "")));
  const embedded = Object.fromEntries(embeds.map(({ path, text }) => [path, text]));
  const targetFiles = await target.generate(model, embedded);
  const whole = [...targetFiles, ...needed(targetFiles, copied, keptPaths)];
  const inRooms = runtime.reduce<readonly GeneratedFile[]>(
    (all, { to, rooms }) => (rooms === undefined ? all : mergeRooms(all, to, rooms)),
    whole,
  );
  const files = inProductsLanguage(target.name, inRooms, language, model.source);
  const unmarked = files.find(({ text }) => !isMarked(text));
  if (unmarked !== undefined) throw new Error(`The target ${target.name} made ${unmarked.path} without the marker.`);
  return files.map(({ path, text }) => ({
    path: placed(path, system),
    text: roomsOf(targets).reduce(intoRooms, text),
  }));
}

/**
 * Returns what a product without TypeScript gets: a client with declarations for those who check their calls, the rest as what runs. The worker
 * is JavaScript for everybody, turned when the tool was built.
 */
function inProductsLanguage(
  target: string,
  files: readonly GeneratedFile[],
  language: Language,
  source: string,
): readonly GeneratedFile[] {
  if (target !== "worker" && (language === "ts" || !["client", "tests"].includes(target))) return files;
  const used = withoutUnused(files, (path) => /^\w+\/(?:runtime|node)\//.test(path) && !KEPT.includes(path));
  if (target === "client") return withReachedTypes(inLanguage(used, "client/", language, source));
  return target === "worker" ? used : asModules(used);
}

/** The files that the suites get, beside what the product's own files name. */
const KEPT: readonly string[] = ["client/runtime/client.ts", "client/runtime/consent.ts", "worker/runtime/handle.js"];

/** Drops the declarations that the product's own code can never see. */
export function withReachedTypes(files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  const inner = files.filter(({ path }) => /^client\/(?:runtime\/.*|later|client|sending)\.d\.ts$/.test(path));
  const face = files.filter((file) => file.path.endsWith(".d.ts") && !inner.includes(file));
  return [...files.filter((file) => !inner.includes(file)), ...reachedDeclarations(face, inner)];
}

function roomsOf(all: readonly Target[]): readonly string[] {
  return all.flatMap(({ runtime = [] }) => runtime.flatMap(({ to, rooms }) => (rooms === undefined ? [] : to)));
}

/** The project's own page lies at its root, where people look for it; a system's beside the rest of it. */
function placed(path: string, system: string): string {
  if (path.startsWith("~/")) return path;
  if (system !== "") return `systems/${system}/${path}`;
  return path === "TELEMETRY.md" ? rootPage : path;
}
