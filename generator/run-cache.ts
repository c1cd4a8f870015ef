import type { FrozenFile } from "./evolve/frozen-files.js";
import type { CheckedCounts } from "./outcome.js";
import { cacheKey, type FragmentStore, openFragments } from "./output/fragment-store.js";
import { type Memo, recall, remember } from "./output/memo.js";
import type { GeneratedFile } from "./output/plan.js";
import type { Tree } from "./output/read-tree.js";
import type { SpecFile } from "./spec/load.js";
import type { KnownEvents } from "./spec/parse-in-parts.js";

/** Everything that can change what a run makes, and where the tool keeps what it can make again. */
export interface CacheInput {
  readonly toolId: string;
  readonly today: string;
  readonly specs: readonly SpecFile[];
  /** Each contract's released versions. */
  readonly past: readonly (readonly FrozenFile[])[];
  /** Language, targets on request: whatever else is asked for. */
  readonly wishes: readonly string[];
  /** The tool's own files. None if there is no folder for them, or if only some targets are generated. */
  readonly memoFile: string | undefined;
  readonly fragmentsFile: string | undefined;
}

/** The cache around a run, of which its steps know nothing: the memo of a clean run, and what was made of each event. */
export interface RunCache {
  /** Of a run that found just these inputs and left just these files on the disk. */
  readonly memo: Memo<CheckedCounts> | undefined;
  /** Returns the texts made of a contract's events before. */
  readonly knownOf: (index: number) => KnownEvents | undefined;
  readonly keepFragments: () => void;
  readonly keepClean: (files: readonly GeneratedFile[], counts: CheckedCounts) => void;
}

/** @param treeWith the disk, with folders outside of the output folder that a memo names. */
export function openCache(input: CacheInput, treeWith: (outside: readonly string[]) => Tree): RunCache {
  const { toolId, today, specs, past, wishes, memoFile, fragmentsFile } = input;
  const key = cacheKey([
    toolId,
    ...wishes,
    ...specs.flatMap(({ source, bytes }) => [source, bytes]),
    ...past.flat().flatMap(({ source, text }) => [source, text]),
    dated(specs) ? today : "",
  ]);
  let store: FragmentStore | undefined;
  return {
    memo: memoFile === undefined ? undefined : recall<CheckedCounts>(memoFile, key, treeWith),
    knownOf: (index) => {
      const spec = specs[index];
      if (memoFile === undefined || fragmentsFile === undefined || spec === undefined) return undefined;
      store ??= openFragments(fragmentsFile);
      return knownFrom(store, spec, past[index] ?? [], toolId);
    },
    keepFragments: () => store?.save(),
    keepClean: (files, counts) => {
      if (memoFile !== undefined) remember(memoFile, key, files, counts);
    },
  };
}

/** Events by their own text and by all that any of their fragments is made of besides: the tool, the rest of the contract, its past. */
function knownFrom(
  store: FragmentStore,
  { source }: SpecFile,
  past: readonly FrozenFile[],
  toolId: string,
): KnownEvents {
  const frozen = past.flatMap((file) => [file.source, file.text]);
  const known = new Map<string, string>();
  return (rest, event) => {
    const head = known.get(rest) ?? cacheKey([toolId, source, rest, ...frozen]);
    known.set(rest, head);
    return store.fragmentsOf(cacheKey([head, event]));
  };
}

/** Returns whether an exception may end by itself, so that a clean run of yesterday proves nothing. */
function dated(specs: readonly SpecFile[]): boolean {
  return specs.some(({ bytes }) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return text.includes("until:") || text.includes("expires:");
  });
}
