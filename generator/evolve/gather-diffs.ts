import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { FrozenContract } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { readContract } from "../spec/read-contract.js";
import { type Base, leftBehind, readBases, requestOf } from "./base.js";
import { checkEvolution } from "./check-evolution.js";
import { type ContractDiff, diffContracts, diffOfGone } from "./diff.js";
import { frozenName } from "./frozen-files.js";
import { parseFrozen } from "./frozen-text.js";
import { lockChanges } from "./locks.js";
import { neededNumbers } from "./raise.js";
import { refusal } from "./refusal.js";

/** A contract of a project, with its text for showing lines. */
export interface Written {
  readonly model: Model;
  readonly text: string;
}

export interface Diffs {
  readonly diffs: readonly ContractDiff[];
  /** Why there is nothing to compare with. */
  readonly findings: readonly Diagnostic[];
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
export function diffWithBase(contracts: readonly Written[], ref: string, root: string): Diffs {
  const requests = contracts.map(({ model }) => requestOf(model));
  const gone = leftBehind(
    ref,
    root,
    requests.map(({ source }) => source),
  );
  const { bases, diagnostics } = readBases(ref, root, [...requests, ...gone]);
  if (diagnostics.length > 0) return { diffs: [], findings: diagnostics };
  const guards = lockChanges(ref, root);
  const withGuards = (diff: ContractDiff, index: number): ContractDiff =>
    index === 0 ? { ...diff, findings: [...guards, ...diff.findings] } : diff;
  return {
    diffs: [
      ...contracts.map((written, index) =>
        withGuards(diffOf(written, ref, bases[index]?.model ?? nothing(written.model), bases[index]), index),
      ),
      ...gone.flatMap(({ source, finding }, index): readonly ContractDiff[] => {
        const last = bases[requests.length + index]?.frozen.at(-1);
        return last === undefined ? [] : [diffOfGone(source, ref, last, finding.message)];
      }),
    ],
    findings: [],
  };
}

/** Two files, each a spec or a frozen version. */
export function diffFiles(from: NamedText, to: NamedText): Diffs {
  const [before, after] = [contractIn(from), contractIn(to)];
  if (typeof before === "string" || typeof after === "string") {
    const message = [before, after].find((one) => typeof one === "string") as string;
    return { diffs: [], findings: [refusal("baseline-unreadable", message)] };
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
}

function diffOf({ model, text }: Written, label: string, before: FrozenContract, base?: Base): ContractDiff {
  const refused = checkEvolution(model, base).diagnostics.map(({ code, message }) => ({ code, message }));
  const released = model.frozen.length > 0 || before.schemaVersion === 0 ? model.frozen : [before];
  const diff = diffContracts(
    { label, contract: before },
    { label: model.source, contract: model, source: model.source, text },
    { refused, raise: neededNumbers(model, released) !== undefined },
  );
  // What is refused stands among the findings too; it is told once.
  return {
    ...diff,
    refused: refused.filter(({ message }) => !diff.findings.some(({ sentence }) => sentence === message)),
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

/** What a contract was before it was. */
function nothing(model: Model): FrozenContract {
  return { ...model, schemaVersion: 0, consentEpoch: 0, common: [], events: [], metrics: [], identifiers: [] };
}
