import { byPosition } from "./diagnostics/diagnostic.js";
import type { Language } from "./emit/javascript.js";
import type * as Engine from "./engine.js";
import { type FrozenFile, readFrozenFiles } from "./evolve/frozen-files.js";
import { count } from "./model/count.js";
import { type CheckedCounts, clean, type Outcome, stopped } from "./outcome.js";
import { bringInLine, mendInterrupted } from "./output/bring-in-line.js";
import { checkPlaces } from "./output/check-places.js";
import type { Runner } from "./output/lock.js";
import { recall, remember } from "./output/memo.js";
import { keyOf, openParts, type PartStore } from "./output/part-store.js";
import { fromHere, type Places } from "./output/places.js";
import { planWrites } from "./output/plan.js";
import { readTree } from "./output/read-tree.js";
import type * as Reader from "./reader.js";
import { load, type SpecFile } from "./spec/load.js";
import type { KnownEvents } from "./spec/parse-in-parts.js";

export interface Request {
  readonly specFolder: string;
  readonly places: Places;
  /** `gen`, rather than `check`. */
  readonly write: boolean;
  /** One target's name. */
  readonly only?: string | undefined;
  /** What the client is written in: TypeScript where nothing is said. */
  readonly language?: Language | undefined;
  /** A commit to compare the contracts with, besides their released versions. */
  readonly base?: string | undefined;
}

/** What a run needs of the tool that runs it. */
export interface Tool {
  /** Names the tool by its own bytes. */
  readonly id: string;
  readonly templates: string;
  /** A file for this project's memo, and one for its parts; none where there is no place for them. */
  readonly memoFile?: string | undefined;
  readonly partsFile?: string | undefined;
  /** `2026-06-12`, for exceptions that end. Nothing that is generated knows it. */
  readonly today?: string;
  readonly runner: Runner;
  /** What reads and compares contracts. */
  readonly reader: () => Promise<typeof Reader>;
  /** What prints. */
  readonly engine: () => Promise<typeof Engine>;
  readonly progress: (done: number, of: number) => void;
}

/** One run: load → validate → build → generate → plan → apply (`gen`) or report (`check`). Only `apply` writes. */
export async function run(
  { specFolder, places, write, only, base, language = "ts" }: Request,
  tool: Tool,
): Promise<Outcome> {
  const unfit = checkPlaces(places, specFolder) ?? (write ? await mendInterrupted(places, tool.runner) : undefined);
  if (unfit !== undefined) return stopped(2, [unfit]);
  const { specs, findings: unreadable } = load(specFolder, fromHere(places.cwd, specFolder));
  if (unreadable.length > 0) return stopped(2, unreadable);

  const past = specs.map(({ path, source }) => readFrozenFiles(path, source));
  const released = past.flat().flatMap(({ source, text }) => [source, text]);
  const key = keyOf([
    tool.id,
    language,
    ...specs.flatMap(({ source, bytes }) => [source, bytes]),
    ...released,
    dated(specs) ? (tool.today ?? "") : "",
  ]);
  const memoFile = only === undefined ? tool.memoFile : undefined;
  const memo = memoFile && recall<CheckedCounts>(memoFile, key, readTree(places));
  if (memo && base === undefined) return clean(memo.counts, memo.files.length);

  const reader = await tool.reader();
  const store = memoFile === undefined || tool.partsFile === undefined ? undefined : openParts(tool.partsFile);
  const contracts = specs.map((spec, index) =>
    reader.readSpec(spec, past[index] ?? [], tool.today, store && knownFrom(store, spec, past[index] ?? [], tool)),
  );
  const sources = new Map(contracts.map(({ spec, text }) => [spec.source, text]));
  const models = contracts.flatMap(({ model }) => model ?? []);
  const compared = base === undefined ? reader.noBase : reader.compareWithBase(contracts, base, places.root);
  const findings = [...contracts.flatMap((contract) => contract.findings), ...compared.findings].sort(byPosition);
  if (!compared.readable) return stopped(2, findings, sources);
  if (models.length < contracts.length || compared.findings.length > 0) return stopped(1, findings, sources);
  const withBase = <Counts extends CheckedCounts>(counts: Counts): Counts => ({
    ...counts,
    versions: counts.versions + compared.versions,
  });
  if (memo) return clean(withBase(memo.counts), memo.files.length);

  const engine = await tool.engine();
  const files = await engine.generateAll(contracts, {
    only,
    language,
    templates: tool.templates,
    progress: tool.progress,
  });
  const within =
    only === undefined ? undefined : new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf("/") + 1)));
  store?.save();
  const plan = write
    ? await bringInLine(files, places, tool.runner, within)
    : planWrites(files, readTree(places), places, within);
  if ("code" in plan) return stopped(2, [plan]);

  const { changes, unchanged, otherLineEnds } = plan;
  const written = write && plan.blocked.length === 0;
  const all = [...findings, ...plan.blocked];
  const isClean = all.length === 0 && (written || changes.length === 0);
  const counts = { ...count(models), rules: reader.ruleCount };
  if (isClean && memoFile) remember(memoFile, key, files, counts);
  return {
    exitCode: isClean ? 0 : 1,
    findings: all,
    sources,
    changes,
    written,
    ...(otherLineEnds === 0 ? {} : { notes: [lineEnds(otherLineEnds)] }),
    counts: withBase({ ...counts, files: files.length, unchanged }),
  };
}

function lineEnds(files: number): string {
  const many = files === 1 ? "1 generated file has" : `${files} generated files have`;
  return `${many} CRLF line endings, as Git checks them out on Windows. They are otherwise correct and stay as they are. To have LF everywhere, put "* text=auto eol=lf" into .gitattributes.`;
}

/** Events by their own text and by all that any of their parts is made of besides: the tool, the rest of the contract, its past. */
function knownFrom(store: PartStore, { source }: SpecFile, past: readonly FrozenFile[], { id }: Tool): KnownEvents {
  const frozen = past.flatMap((file) => [file.source, file.text]);
  const known = new Map<string, string>();
  return (rest, event) => {
    const head = known.get(rest) ?? keyOf([id, source, rest, ...frozen]);
    known.set(rest, head);
    return store.partsOf(keyOf([head, event]));
  };
}

/** Whether an exception may end by itself, so that a clean run of yesterday proves nothing. */
function dated(specs: readonly SpecFile[]): boolean {
  return specs.some(({ bytes }) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("until:"));
}
