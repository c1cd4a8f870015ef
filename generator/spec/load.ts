import { lstatSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { compareText, type Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import { fromFile } from "../model/relative-path.js";
import { readBytes, whyUnreadable } from "../read-file.js";
import { USE, usedBy } from "./uses.js";

/** A contract as it lies on the disk, not looked into yet. */
export interface SpecFile {
  /** The system's name; empty for the project's own contract. */
  readonly system: string;
  /** Its path from the project's root, with forward slashes: `spec/systems/jina/events.yaml`. */
  readonly source: string;
  readonly bytes: Uint8Array;
  /** The contract whose consent it has: where it names that, and from where on its lines are the other's. */
  readonly uses?: {
    readonly owner: string;
    readonly start: number;
    readonly written: string;
    readonly added: number;
  };
  /** Its path on this disk; its released versions are in `frozen/` beside it. */
  readonly path: string;
}

/** The code that reads YAML, where contracts share a consent. */
export type Joins = () => Promise<{
  readonly joinProgrammes: (texts: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
}>;

/**
 * Finds and reads the contracts: `events.yaml` and `systems/NAME/events.yaml`, the project's own first, then by name.
 * The folder is the configuration. Never throws; any finding means that the run can't begin.
 * @param specFolder an absolute path. @param shownAs what people call it.
 */
export async function load(
  specFolder: string,
  shownAs: string,
  joins: Joins,
): Promise<{ readonly specs: readonly SpecFile[]; readonly findings: readonly Diagnostic[] }> {
  const home = basename(specFolder);
  const found = [
    { system: "", path: "events.yaml" },
    ...systemsIn(specFolder).map((system) => ({ system, path: `systems/${system}/events.yaml` })),
  ].filter(({ path }) => isThere(join(specFolder, path)));
  if (found.length === 0) return { specs: [], findings: [runFinding("spec-folder", shownAs)] };

  const specs: SpecFile[] = [];
  const findings: Diagnostic[] = [];
  for (const { system, path } of found) {
    const name = isPlainName(home) ? system || home : home;
    if (!isPlainName(name)) findings.push(runFinding("spec-name", JSON.stringify(name)));
    try {
      specs.push({
        system,
        source: `${home}/${path}`,
        bytes: readBytes(join(specFolder, path)),
        path: join(specFolder, path),
      });
    } catch (error) {
      findings.push(runFinding("spec-unreadable", `${shownAs}/${path} can't be read: ${whyUnreadable(error)}.`));
    }
  }
  return { specs: await withProgrammes(specs, joins), findings };
}

/** Puts shared programmes into each contract. Bytes that are no text are reported later. */
async function withProgrammes(specs: readonly SpecFile[], joins: Joins): Promise<readonly SpecFile[]> {
  const texts = new Map(specs.map(({ source, bytes }) => [source, Buffer.from(bytes).toString("utf8")]));
  if (specs.length < 2 || ![...texts.values()].some(usedBy)) return specs;
  const joined = (await joins()).joinProgrammes(texts);
  return specs.map((spec) => {
    const text = joined.get(spec.source);
    const own = texts.get(spec.source) ?? "";
    return text === undefined || text === own
      ? spec
      : { ...spec, bytes: Buffer.from(text), ...useIn(spec.source, own, text) };
  });
}

/** Where a text that was joined with another's consent names it: as a comment. */
function useIn(source: string, own: string, joined: string): Pick<SpecFile, "uses"> {
  const use = USE.exec(own);
  const start = joined.search(/^#onsent:/m);
  if (use === null || start < 0) return {};
  const owner = fromFile(source, usedBy(own) ?? "");
  return { uses: { owner, start, written: use[0], added: joined.lastIndexOf("\nconsent: {") + 1 } };
}

function systemsIn(specFolder: string): string[] {
  try {
    return readdirSync(join(specFolder, "systems")).sort(compareText);
  } catch {
    return [];
  }
}

/** A link that leads nowhere is there, too, and so is what can't be looked at: reading it says why. A file beside the systems isn't one. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOTDIR";
  }
}

/** It ends up in paths and in the first line of every generated file. */
function isPlainName(name: string): boolean {
  return /^[\w.@+-][\w.@+ -]*$/.test(name) && !/^\.+$/.test(name);
}
