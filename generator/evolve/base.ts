import { spawnSync } from "node:child_process";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { FrozenContract } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { joinProgrammes } from "../spec/join-programmes.js";
import { readContract } from "../spec/read-contract.js";
import { readChain } from "./frozen-chain.js";
import { type ContractFiles, type FrozenFile, frozenName } from "./frozen-files.js";
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

/** A commit to compare with, and how people call it. */
export interface Commit {
  readonly name: string;
  /** The name that git knows it by. */
  readonly id: string;
}

/**
 * The commit that a comparison with `ref` is about: where both parted, so that what the other side added since isn't taken for removed here.
 * @param exact the commit itself.
 */
export function baseCommit(ref: string, root: string, exact: boolean): Commit | Diagnostic {
  const unreadable = (why: string) =>
    refusal("baseline-unreadable", `The base ${JSON.stringify(ref)} can't be read: ${why}.`);
  // A name goes to git on a line of its own; what begins with a dash would be an option.
  if (!/^[^\s:\0-][^\s:\0]*$/.test(ref)) return unreadable("that is no name of a commit");
  if (exact) return { name: ref, id: ref };
  const git = spawnSync("git", ["merge-base", ref, "HEAD"], { cwd: root, encoding: "utf8" });
  if (git.status === 0) return { name: ref, id: git.stdout.trim() };
  if (git.error !== undefined) return unreadable(whyNotAsked(git.error));
  return unreadable(
    git.status === 1
      ? "nothing that was fetched here is common to both (--base-exact compares the two as they are)"
      : git.stderr.trim().split("\n")[0] || `git failed with ${git.status}`,
  );
}

function whyNotAsked(error: Error): string {
  return (error as NodeJS.ErrnoException).code === "ENOENT" ? "git is not installed" : `git failed (${error.message})`;
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

/** Contracts and their frozen versions as they stand on a commit. What can't be read is a finding, never "nothing". */
export function readBases(
  commit: Commit,
  root: string,
  requests: readonly BaseRequest[],
): { readonly bases: readonly Base[]; readonly diagnostics: readonly Diagnostic[] } {
  const files = filesOnBase(commit, root, requests);
  return "code" in files ? { bases: [], diagnostics: [files] } : { bases: files.map(readBase), diagnostics: [] };
}

/**
 * Returns what lies on a commit. One git process for all of it: `git show` would start one for each file, and joins several files without
 * a mark between them.
 * @param root the project's root, inside a work tree.
 */
export function filesOnBase(
  { name: ref, id }: Commit,
  root: string,
  requests: readonly BaseRequest[],
): readonly BaseFiles[] | Diagnostic {
  const failed = (why: string) =>
    refusal("baseline-unreadable", `The base ${JSON.stringify(ref)} can't be read: ${why}.`);
  const names = requests.map(({ source, highest }) => [
    source,
    ...Array.from({ length: highest + 1 }, (_, index) => frozenPath(source, index + 1)),
  ]);
  const objects = readObjects(root, [`${id}^{tree}`, ...names.flat().map((name) => `${id}:./${name}`)]);
  if (typeof objects === "string") return failed(objects);
  const [tree, ...texts] = objects;
  if (tree === undefined) return failed("there is no such commit here");
  const textByPath = new Map(names.flat().map((name, index) => [name, texts[index]]));
  const specs = requests.flatMap(({ source }) => {
    const text = textByPath.get(source);
    return text === undefined ? [] : [[source, text] as const];
  });
  for (const [source, text] of joinProgrammes(new Map(specs))) textByPath.set(source, text);
  return requests.map(({ source, highest }): BaseFiles => {
    const frozen = Array.from({ length: highest + 1 }, (_, index) => ({
      version: index + 1,
      source: `${ref}:${frozenPath(source, index + 1)}`,
      text: textByPath.get(frozenPath(source, index + 1)),
    })).flatMap(({ text, ...file }) => (text === undefined ? [] : [{ ...file, text }]));
    const text = textByPath.get(source);
    return { ref, source, frozen, ...(text === undefined ? {} : { text }) };
  });
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
export function leftBehind({ name: ref, id }: Commit, root: string, sources: readonly string[]): readonly LeftBehind[] {
  const home = sources[0]?.split("/")[0];
  if (home === undefined) return [];
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

function frozenPath(source: string, version: number): string {
  return `${source.slice(0, source.lastIndexOf("/") + 1)}${frozenName(version)}`;
}

/** The text of each object, undefined for those that are not there; or why git could not be asked. */
function readObjects(cwd: string, names: readonly string[]): readonly (string | undefined)[] | string {
  const git = spawnSync("git", ["cat-file", "--batch"], { cwd, input: `${names.join("\n")}\n`, maxBuffer: 1 << 28 });
  if (git.error !== undefined) return whyNotAsked(git.error);
  if (git.status !== 0) return git.stderr.toString().trim().split("\n")[0] || `git failed with ${git.status}`;
  const objects: (string | undefined)[] = [];
  let at = 0;
  for (const _ of names) {
    const end = git.stdout.indexOf("\n", at);
    const header = git.stdout.toString("utf8", at, end);
    const size = /^[0-9a-f]+ (?:blob|tree|commit) ([0-9]+)$/.exec(header)?.[1];
    objects.push(size === undefined ? undefined : git.stdout.toString("utf8", end + 1, end + 1 + Number(size)));
    at = size === undefined ? end + 1 : end + 2 + Number(size);
  }
  return objects;
}
