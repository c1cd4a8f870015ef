import type * as Analyze from "./analyze.js";
import type { Against, Compared, Contract } from "./analyze.js";
import { byPosition, type Diagnostic } from "./diagnostics/diagnostic.js";
import type { Language } from "./emit/javascript.js";
import { type FrozenFile, readFrozenFiles } from "./evolve/frozen-files.js";
import type * as Generate from "./generate.js";
import { count } from "./model/count.js";
import { type CheckedCounts, clean, type Outcome, stopped } from "./outcome.js";
import { checkPlaces } from "./output/check-places.js";
import { foreignFiles } from "./output/foreign.js";
import type { Runner } from "./output/lock.js";
import { foldersOutside, fromHere, type Places } from "./output/places.js";
import { type GeneratedFile, planWrites, type WritePlan } from "./output/plan.js";
import { readTree, type Tree } from "./output/read-tree.js";
import { mendInterrupted, syncOutput } from "./output/sync-output.js";
import { type CacheInput, openCache } from "./run-cache.js";
import { load, type SpecFile } from "./spec/load.js";
import { toldOnce } from "./spec/told-once.js";
import { onRequest } from "./targets/names.js";

export interface Request {
  readonly specFolder: string;
  readonly places: Places;
  /** `gen`, rather than `check`. */
  readonly write: boolean;
  /** True if a warning makes the run fail. */
  readonly strict?: boolean | undefined;
  /** One target's name. */
  readonly only?: string | undefined;
  /** The form of the client: TypeScript by default. */
  readonly language?: Language | undefined;
  /** A commit to compare the contracts with, besides their released versions. */
  readonly base?: Against | undefined;
}

/** The parts of the tool that a run needs. */
export interface Tool {
  /** Names the tool by its own bytes. */
  readonly id: string;
  readonly templates: string;
  /** A file for this project's memo, and one for its parts. None if there is no folder for them. */
  readonly memoFile?: string | undefined;
  readonly fragmentsFile?: string | undefined;
  /** `2026-06-12`, for exceptions that end. Nothing that is generated knows it. */
  readonly today?: string;
  readonly runner: Runner;
  /** The code that reads and compares contracts. */
  readonly analyze: () => Promise<typeof Analyze>;
  /** The code that prints. */
  readonly generate: () => Promise<typeof Generate>;
  readonly progress: (done: number, of: number) => void;
}

/**
 * One run, step by step: load → (parse → validate → build → lint, of each contract, in `spec/read-contract.ts`) → compare → generate →
 * plan → write. Only the last writes, and `check` is a run without it. The cache stands around the steps: none of them knows it.
 */
export async function run(request: Request, tool: Tool): Promise<Outcome> {
  const { places, base } = request;
  const unfit = await prepare(request, tool);
  if (unfit !== undefined) return stopped(2, [unfit]);

  const loaded = await loadAll(request, tool);
  if (loaded.findings.length > 0) return stopped(2, loaded.findings);
  const cache = openCache(cacheInput(request, tool, loaded), (outside) =>
    outside.length === 0 ? loaded.tree : readTree(places, outside),
  );
  const { memo } = cache;
  // `gen` leaves what isn't ours alone; `check` says that it is there.
  const foreign = (paths: readonly string[]) => (request.write ? [] : foreignFiles(paths, loaded.tree, places));
  const known = memo ? foreign(memo.files.map(([path]) => path)) : [];
  if (known.length > 0) return stopped(1, known);
  if (memo && base === undefined) return clean(memo.counts, memo.files.length);

  const analyze = await tool.analyze();
  if (memo && base !== undefined) {
    // What a clean run found is known: only what the base adds is looked for.
    const files = loaded.specs.map((spec, index) => ({ spec, past: loaded.past[index] ?? [] }));
    const compared = analyze.compareWithBase(files, base, places.root);
    if (compared.readable && compared.findings.length === 0)
      return { ...clean(withBase(memo.counts, compared), memo.files.length), notes: compared.notes };
  }
  const contracts = loaded.specs.map((spec, index) =>
    analyze.readSpec(spec, loaded.past[index] ?? [], tool.today, cache.knownOf(index)),
  );
  const together = analyze.judgeTogether(
    contracts.flatMap(({ spec, uncheckedModel }) =>
      uncheckedModel === undefined ? [] : [{ system: spec.system, model: uncheckedModel }],
    ),
  );
  if (together.some(({ severity }) => severity === "error"))
    return stopped(1, together, new Map(contracts.map(({ spec, text }) => [spec.source, text])));
  const compared = base === undefined ? analyze.noBase : analyze.compareWithBase(contracts, base, places.root);
  const { findings, sources, counts, verdict } = judged(contracts, together, compared, analyze.ruleCount);
  if (verdict !== "generate") return stopped(verdict, findings, sources);

  const generate = await tool.generate();
  const files = await generate.generateAll(contracts, { ...request, ...tool, requested: loaded.requested });
  cache.keepFragments();
  const plan = await planned(files, request, tool);
  if ("code" in plan) return stopped(2, [plan]);

  const outcome = told(
    plan,
    request,
    [...findings, ...foreign(files.map(({ path }) => path))],
    sources,
    withBase({ ...counts, files: files.length }, compared),
    compared.notes,
  );
  // A warning is said each time.
  if (outcome.exitCode === 0 && outcome.findings.length === 0) cache.keepClean(files, counts);
  return outcome;
}

/** The places must be fit for a run, and whatever an interrupted run left half done is finished first. */
async function prepare({ places, specFolder, write }: Request, { runner }: Tool): Promise<Diagnostic | undefined> {
  return checkPlaces(places, specFolder) ?? (write ? await mendInterrupted(places, runner) : undefined);
}

/** The files on the disk: contracts, their released versions, and what was generated before. */
interface Loaded {
  readonly specs: readonly SpecFile[];
  readonly past: readonly (readonly FrozenFile[])[];
  readonly tree: Tree;
  /** The files that are there already of targets that are only made where somebody wants them. */
  readonly requested: readonly string[];
  readonly findings: readonly Diagnostic[];
}

async function loadAll({ specFolder, places }: Request, { analyze }: Tool): Promise<Loaded> {
  const { specs, findings } = await load(specFolder, fromHere(places.cwd, specFolder), analyze);
  const tree = readTree(places);
  return {
    specs,
    findings,
    past: specs.map(({ path, source }) => readFrozenFiles(path, source)),
    tree,
    requested: [...tree.entries.keys()].filter(isRequested),
  };
}

function cacheInput({ only, language = "ts" }: Request, tool: Tool, { specs, past, requested }: Loaded): CacheInput {
  return {
    toolId: tool.id,
    today: tool.today ?? "",
    specs,
    past,
    wishes: [language, ...requested],
    memoFile: only === undefined ? tool.memoFile : undefined,
    fragmentsFile: tool.fragmentsFile,
  };
}

/** Everything that was found; and whether something can be generated, or with which exit code the run ends. */
function judged(contracts: readonly Contract[], together: readonly Diagnostic[], compared: Compared, rules: number) {
  const models = contracts.flatMap(({ model }) => model ?? []);
  const isWhole = models.length === contracts.length && compared.findings.length === 0;
  return {
    findings: [...toldOnce(contracts), ...together, ...compared.findings].sort(byPosition),
    sources: new Map(contracts.map(({ spec, text }) => [spec.source, text])),
    counts: { ...count(models), rules },
    verdict: !compared.readable ? 2 : isWhole ? "generate" : 1,
  } as const;
}

function withBase<Counts extends CheckedCounts>(counts: Counts, compared: Compared): Counts {
  return { ...counts, versions: counts.versions + compared.versions };
}

/** Returns what differs from the disk; with `write` it is put in place. A target alone can only find files of its own folders surplus. */
function planned(
  files: readonly GeneratedFile[],
  { only, places, write }: Request,
  { runner }: Tool,
): Promise<WritePlan | Diagnostic> | WritePlan {
  const within = only === undefined ? undefined : ownFolders(only, files);
  return write
    ? syncOutput(files, places, runner, within)
    : planWrites(files, readTree(places, foldersOutside(files.map(({ path }) => path))), places, within);
}

/**
 * Returns the folders where a target alone may find its files surplus: one that makes a single file has none to lose, and lies
 * among those of others.
 */
function ownFolders(only: string, files: readonly GeneratedFile[]): ReadonlySet<string> {
  if (only === "html") return new Set();
  return new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf("/") + 1)));
}

/** A warning about a contract: it is said, and nothing is wrong with what is generated. */
function isAdvice({ severity, code }: Diagnostic): boolean {
  return severity === "warning" && !code.startsWith("output-");
}

function told(
  { changes, unchanged, otherLineEnds, blocked }: WritePlan,
  { write, strict = false }: Request,
  found: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  counts: CheckedCounts & { readonly files: number },
  compared: readonly string[],
): Outcome {
  const written = write && blocked.length === 0;
  const findings = [...found, ...blocked];
  return {
    exitCode: findings.every((finding) => !strict && isAdvice(finding)) && (written || changes.length === 0) ? 0 : 1,
    findings,
    sources,
    changes,
    written,
    notes: [...compared, ...(otherLineEnds === 0 ? [] : [lineEnds(otherLineEnds)])],
    counts: { ...counts, unchanged },
  };
}

/** Returns what a target that few projects need leaves behind where it was asked for: from then on it is made with the others. */
function isRequested(path: string): boolean {
  return anchors.includes(path.replace(/^systems\/[^/]+\//, ""));
}

const anchors: readonly string[] = Object.values(onRequest);

function lineEnds(files: number): string {
  const many = files === 1 ? "1 generated file has" : `${files} generated files have`;
  return `${many} CRLF line endings, as Git checks them out on Windows. They are otherwise correct and stay as they are. To have LF everywhere, put "* text=auto eol=lf" into .gitattributes.`;
}
