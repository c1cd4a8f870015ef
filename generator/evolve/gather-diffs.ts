import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { FrozenContract } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { withConsentOf } from "../spec/join-programmes.js";
import { readContract } from "../spec/read-contract.js";
import { type Against, type Base, type BaseFiles, filesOnBase, leftBehind, openBase, requestOf } from "./base.js";
import { checkEvolution } from "./check-evolution.js";
import { EVOLUTION_CODES } from "./classes/index.js";
import { type ContractDiff, diffContracts, diffOfGone } from "./diff.js";
import type { Finding } from "./finding.js";
import { readChain } from "./frozen-chain.js";
import { type ContractFiles, frozenName } from "./frozen-files.js";
import { parseFrozen } from "./frozen-text.js";
import { lockChanges } from "./locks.js";
import { neededNumbers } from "./raise.js";
import { type Contract, decode } from "./read-spec.js";
import { refusal } from "./refusal.js";
import { sidesOf } from "./sides.js";
import { leaveOutUnchanged } from "./unchanged-events.js";

/** A contract of a project, with its text for showing lines. */
export interface Written {
  readonly model: Model;
  readonly text: string;
}

export interface Diffs {
  readonly diffs: readonly ContractDiff[];
  /** The reasons why there is nothing to compare with. */
  readonly findings: readonly Diagnostic[];
  /** The texts that they are about. */
  readonly sources?: ReadonlyMap<string, string>;
}

/** Each contract against its last released version. */
export function diffWithReleased(contracts: readonly Written[]): Diffs {
  const findings = contracts
    .filter(({ model }) => model.frozen.length === 0)
    .map(({ model }) => refusal("nothing-frozen", `No version of ${model.source} is frozen.`));
  const diffs = contracts.flatMap(({ model, text }) => {
    const last = model.frozen.at(-1);
    const folder = model.source.replace(/[^/]*$/, "");
    return last === undefined ? [] : [diffOf({ model, text }, `${folder}${frozenName(last.schemaVersion)}`, last)];
  });
  return { diffs, findings };
}

/** Each contract against the same one on a commit. One that the commit has not is new as a whole; one that only the commit has is gone. */
export function diffWithBase(contracts: readonly ContractFiles[], against: Against, root: string): Diffs {
  const { ref } = against;
  const requests = contracts.map(requestOf);
  const opened = openBase(against, root, requests);
  if ("code" in opened) return { diffs: [], findings: [opened] };
  const { commit } = opened;
  const gone = leftBehind(
    opened,
    root,
    contracts.map(({ spec }) => spec.source),
  );
  const there = gone.length === 0 ? opened.files : filesOnBase(commit, root, [...requests, ...gone]);
  if ("code" in there) return { diffs: [], findings: [there] };
  const read = contracts.map((files, index) => sidesOf(files, there[index] as BaseFiles));
  const broken = read.filter((one): one is Contract => !("base" in one));
  if (broken.length > 0)
    return {
      diffs: [],
      findings: broken.flatMap(({ findings }) => findings),
      sources: new Map(broken.map(({ spec, text }) => [spec.source, text])),
    };
  const guards = lockChanges(commit, root);
  const withGuards = (diff: ContractDiff, index: number): ContractDiff =>
    index === 0 ? { ...diff, findings: [...guards, ...diff.findings] } : diff;
  return {
    diffs: [
      ...read.flatMap((sides, index) => {
        if (!("base" in sides)) return [];
        const { model, base } = sides;
        const { spec, past } = contracts[index] as ContractFiles;
        const damaged = past.length === model.frozen.length ? [] : readChain(past).diagnostics;
        const diff = diffOf({ model, text: decode(spec.bytes) ?? "" }, ref, knownOf(model, base), base);
        return [withGuards(withDamaged(diff, damaged), index)];
      }),
      ...gone.flatMap(({ source, finding }, index): readonly ContractDiff[] => {
        const last = readChain(there[contracts.length + index]?.frozen ?? []).frozen.at(-1);
        return last === undefined ? [] : [diffOfGone(source, ref, last, finding.message)];
      }),
    ],
    findings: [],
  };
}

const whole = "Both files must be contracts or frozen versions, without a finding of their own.";

/** Two files, each a spec or a frozen version. Of one whose consent is another contract's, that other one's text goes with it. */
export function diffFiles(first: NamedText, second: NamedText): Diffs {
  const [from, to] = [withConsent(first), withConsent(second)];
  const reduced = isFrozen(from) || isFrozen(to) ? undefined : leaveOutUnchanged(from.text, to.text);
  const parts = reduced && [contractIn({ ...from, text: reduced.before }), contractIn({ ...to, text: reduced.after })];
  // What is left may be no contract by itself, and what is wrong with a file is said of the whole.
  const isWhole = parts?.every((part) => typeof part !== "string") === true;
  const [before, after] = isWhole ? parts : [contractIn(from), contractIn(to)];
  if (typeof before === "string" || typeof after === "string") {
    const message = [before, after].find((one) => typeof one === "string") as string;
    return { diffs: [], findings: [refusal("baseline-unreadable", message, undefined, whole)] };
  }
  return {
    diffs: [
      diffContracts(
        { label: from.name, contract: before },
        { label: to.name, contract: after, source: to.name, text: isFrozen(to) ? "" : to.text },
        { refused: [], raise: false },
      ),
    ],
    findings: [],
  };
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
  /** The contract at the path in `use:`. */
  readonly consentOf?: string;
}

function withConsent({ name, text, consentOf }: NamedText): NamedText {
  return { name, text: consentOf === undefined ? text : withConsentOf(text, consentOf) };
}

function diffOf({ model, text }: Written, label: string, before: FrozenContract, base?: Base): ContractDiff {
  const refused = checkEvolution(model, base).diagnostics.map(({ code, message }) => ({ code, message }));
  const released = model.frozen.length > 0 || before.schemaVersion === 0 ? model.frozen : [before];
  const diff = diffContracts(
    { label, contract: before },
    { label: model.source, contract: model, source: model.source, text },
    { refused, raise: neededNumbers(model, released) !== undefined },
  );
  const unread = base?.unread === undefined ? [] : [notUnderstood(model, base, base.unread)];
  // What is refused is among the findings, too; it is reported once.
  return {
    ...diff,
    findings: [...unread, ...diff.findings],
    refused: refused.filter(({ message }) => !diff.findings.some(({ sentence }) => sentence === message)),
  };
}

/** A released version that can't be read is not one that went. */
function withDamaged(diff: ContractDiff, damaged: readonly Diagnostic[]): ContractDiff {
  if (damaged.length === 0) return diff;
  const files = damaged.map(({ span }) => span?.file);
  const others = diff.refused.filter(
    ({ code, message }) => code !== "nothing-frozen" && !files.some((file) => message.startsWith(`${file} is on `)),
  );
  return { ...diff, refused: [...damaged.map(({ code, message }) => ({ code, message })), ...others] };
}

/** A reviewer must know that some of what changed may not stand in the list. */
function notUnderstood({ source }: Model, { ref, frozen }: Base, why: string): Finding {
  const id = "base-not-understood";
  const { impact, needs } = EVOLUTION_CODES[id];
  const last = frozen.at(-1);
  return {
    id,
    impact,
    needs,
    sentence: `${source} on ${ref} can't be read by this version of plainsight (${why}).`,
    before: "not known",
    after: last === undefined ? "all of it is shown as new" : `held against v${last.schemaVersion}, as it was released`,
    who: "the reviewer of this change",
    old: "Clients are not concerned.",
  };
}

function isFrozen({ name }: NamedText): boolean {
  return name.endsWith(".json");
}

function contractIn(file: NamedText): FrozenContract | string {
  if (isFrozen(file)) {
    const contract = parseFrozen(file.text);
    return typeof contract === "string" ? `${file.name} can't be read: ${contract}.` : contract;
  }
  const { model, diagnostics } = readContract(file.text, file.name);
  return model ?? `${file.name} is not a whole contract (${diagnostics[0]?.code}: ${diagnostics[0]?.message}).`;
}

/** Returns what can be known of a base: the contract there, else what was released of it. */
function knownOf(model: Model, base: Base | undefined): FrozenContract {
  return base?.model ?? base?.frozen.at(-1) ?? nothing(model);
}

/** Returns what a contract was before it was. */
function nothing(model: Model): FrozenContract {
  return { ...model, schemaVersion: 0, consentEpoch: 0, common: [], events: [], metrics: [], identifiers: [] };
}
