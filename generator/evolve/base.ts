import { spawnSync } from "node:child_process";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { FrozenContract } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { joinProgrammes } from "../spec/join-programmes.js";
import { readContract } from "../spec/read-contract.js";
import { readChain } from "./frozen-chain.js";
import { type ContractFiles, type FrozenFile, frozenName } from "./frozen-files.js";
import { foldersIn, hasSubmodule, readObjects, whyNotAsked } from "./git-objects.js";
import { decode } from "./read-spec.js";
import { refusal } from "./refusal.js";

/** A contract as it stands on another commit. */
export interface Base {
  /** As the person named it: `origin/main`. */
  readonly ref: string;
  /** Absent: the commit has no such contract, so all of it is new. */
  readonly model?: Model;
  readonly frozen: readonly FrozenContract[];
  /** Versions whose files are there and can't be read. */
  readonly damaged: readonly number[];
  /** The reason why this version of the tool can't read the contract that is there, or what was released of it. */
  readonly unread?: string;
}

/** The commit that contracts are compared with. */
export interface Against {
  readonly ref: string;
  /** The commit itself, and not where it and this one parted. */
  readonly exact: boolean;
}

/** A commit to compare with, and how people call it. */
export interface Commit {
  readonly name: string;
  /** The name that git knows it by. */
  readonly id: string;
}

/** A commit, and what lies there of the contracts that were asked for. */
export interface OpenedBase {
  readonly commit: Commit;
  readonly files: readonly BaseFiles[];
  /** False where all folders there are known here: then no contract was left behind. */
  readonly hasOtherFolders: boolean;
}

/**
 * Opens the commit that a comparison with `ref` is about: where both parted, so that what the other side added since isn't taken for
 * removed here. From HEAD, HEAD never parted. What can't be read is a finding, never "nothing".
 * @param root the project's root, inside a work tree.
 */
export function openBase(
  { ref, exact }: Against,
  root: string,
  requests: readonly BaseRequest[],
): OpenedBase | Diagnostic {
  // A name goes to git on a line of its own; what begins with a dash would be an option.
  if (!/^[^\s:\0-][^\s:\0]*$/.test(ref)) return unreadable(ref, "that is no name of a commit");
  if (exact || ref === "HEAD") {
    const opened = readCommit({ name: ref, id: ref }, root, requests);
    if (typeof opened !== "string") return opened;
    if (exact) return unreadable(ref, opened);
  }
  const id = mergeBase(ref, root);
  if (typeof id !== "string") return id;
  const parted = readCommit({ name: ref, id }, root, requests);
  return typeof parted === "string" ? unreadable(ref, parted) : parted;
}

function unreadable(ref: string, why: string): Diagnostic {
  return refusal("baseline-unreadable", `The base ${JSON.stringify(ref)} can't be read: ${why}.`);
}

function mergeBase(ref: string, root: string): string | Diagnostic {
  const git = spawnSync("git", ["merge-base", ref, "HEAD"], { cwd: root, encoding: "utf8" });
  if (git.status === 0) return git.stdout.trim();
  if (git.error !== undefined) return unreadable(ref, whyNotAsked(git.error));
  return unreadable(
    ref,
    git.status === 1
      ? "nothing that was fetched here is common to both (--base-exact compares the two as they are)"
      : git.stderr.trim().split("\n")[0] || `git failed with ${git.status}`,
  );
}

export interface BaseRequest {
  /** The spec's path from the project's root: `spec/events.yaml`. */
  readonly source: string;
  /** The highest version that is known here: one more is asked for, so that a deleted file is noticed. */
  readonly highest: number;
}

/** Everything of a contract's past that the base may hold. */
export function requestOf({ spec: { source, bytes }, past }: ContractFiles): BaseRequest {
  const stated = /^schema_version[ \t]*:[ \t]*(\d{1,9})/m.exec(decode(bytes) ?? "")?.[1];
  return { source, highest: Math.max(Number(stated ?? 0), ...past.map(({ version }) => version)) };
}

/** The files of a contract as they lie on a commit. */
export interface BaseFiles {
  readonly ref: string;
  readonly source: string;
  /** The spec; absent: there is none. */
  readonly text?: string;
  readonly frozen: readonly FrozenFile[];
}

/** Returns what lies on a commit, for whoever knows that it is there. */
export function filesOnBase(
  commit: Commit,
  root: string,
  requests: readonly BaseRequest[],
): readonly BaseFiles[] | Diagnostic {
  const found = readCommit(commit, root, requests);
  return typeof found === "string" ? unreadable(commit.name, found) : found.files;
}

/**
 * Reads what lies on a commit, or returns why that can't be done. One git process for all of it: `git show` would start one for each file,
 * and joins several files without a mark between them.
 */
function readCommit(commit: Commit, root: string, requests: readonly BaseRequest[]) {
  const { name: ref, id } = commit;
  const paths = requests.flatMap(({ source, highest }) => [source, ...frozenPaths(source, highest)]);
  const folders = foldersOf(requests);
  const known = new Set(folders);
  const objects = readObjects(root, [`${id}^{tree}`, ...["", ...paths, ...folders].map((path) => `${id}:./${path}`)]);
  if (typeof objects === "string") return objects;
  const [tree, top = "", ...found] = objects;
  if (tree === undefined) return "there is no such commit here";
  const trees = new Map([
    ["", top],
    ...folders.map((path, index) => [path, found[paths.length + index] ?? ""] as const),
  ]);
  const elsewhere = folders.find((path) => {
    const cut = path.lastIndexOf("/");
    return hasSubmodule(trees.get(path.slice(0, Math.max(cut, 0))) ?? "", path.slice(cut + 1));
  });
  if (elsewhere !== undefined) return `${elsewhere} is a submodule: compare it in a repository of its own`;
  const textByPath = new Map(paths.map((path, index) => [path, found[index]]));
  const specs = requests.flatMap(({ source }) => {
    const text = textByPath.get(source);
    return text === undefined ? [] : [[source, text] as const];
  });
  for (const [source, text] of joinProgrammes(new Map(specs))) textByPath.set(source, text);
  const files = requests.map(({ source, highest }): BaseFiles => {
    const frozen = frozenPaths(source, highest).flatMap((path, index): readonly FrozenFile[] => {
      const text = textByPath.get(path);
      return text === undefined ? [] : [{ version: index + 1, source: `${ref}:${path}`, text }];
    });
    const text = textByPath.get(source);
    return { ref, source, frozen, ...(text === undefined ? {} : { text }) };
  });
  return {
    commit,
    files,
    hasOtherFolders: folders.some((folder, index) =>
      foldersIn(found[paths.length + index]).some((name) => !known.has(`${folder}/${name}`)),
    ),
  };
}

/** The folders on the way to contracts, and those of what was released of them. */
function foldersOf(requests: readonly BaseRequest[]): readonly string[] {
  const folders = requests.flatMap(({ source }) => {
    const steps = source.split("/").slice(0, -1);
    return [...steps.map((_, index) => steps.slice(0, index + 1).join("/")), [...steps, "frozen"].join("/")];
  });
  return [...new Set(folders)];
}

/** The contract in these files. */
export function readBase({ ref, source, text, frozen: files }: BaseFiles): Base {
  const chain = readChain(files);
  const read = text === undefined ? undefined : readContract(text, source);
  const [problem] = read?.model === undefined && read !== undefined ? read.diagnostics : chain.diagnostics;
  const readable = new Set(chain.frozen.map(({ schemaVersion }) => schemaVersion));
  return {
    ref,
    frozen: chain.frozen,
    damaged: files.flatMap(({ version }) => (readable.has(version) ? [] : [version])),
    ...(read?.model === undefined ? {} : { model: { ...read.model, frozen: chain.frozen } }),
    ...(problem === undefined ? {} : { unread: `${problem.code}: ${problem.message.replace(/\.$/, "")}` }),
  };
}

/** A contract that is gone. */
export interface LeftBehind extends BaseRequest {
  readonly finding: Diagnostic;
}

/**
 * Contracts with released versions that a commit has and this tree has not: under another folder's name they would begin anew,
 * held against nothing.
 * @param sources of every contract that is here, whole or not.
 */
export function leftBehind(
  { commit: { name: ref, id }, hasOtherFolders }: OpenedBase,
  root: string,
  sources: readonly string[],
): readonly LeftBehind[] {
  const home = sources[0]?.split("/")[0];
  if (home === undefined || !hasOtherFolders) return [];
  const git = spawnSync("git", ["ls-tree", "-r", "-z", "--name-only", id, "--", `./${home}/`], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const names = git.status === 0 ? git.stdout.split("\0") : [];
  const highest = new Map<string, number>();
  for (const name of names) {
    const [, folder, version] = /^(.+)\/frozen\/v([1-9][0-9]*)\.json$/.exec(name) ?? [];
    const source = `${folder}/events.yaml`;
    if (folder !== undefined && !sources.includes(source))
      highest.set(source, Math.max(Number(version), highest.get(source) ?? 0));
  }
  return [...highest].map(([source, last]) => ({
    source,
    highest: last,
    finding: refusal(
      "support-removed",
      `${source} has released versions on ${ref}, and is not here.`,
      { file: source, start: 0, end: 0 },
      "Put it back under its old name. To stop listening to its clients, write `ingest: { supported: { from: N } }`.",
    ),
  }));
}

/** One more than is known. */
function frozenPaths(source: string, highest: number): readonly string[] {
  const folder = source.slice(0, source.lastIndexOf("/") + 1);
  return Array.from({ length: highest + 1 }, (_, index) => `${folder}${frozenName(index + 1)}`);
}
