import { byPosition, type Diagnostic } from "../diagnostics/diagnostic.js";
import { count } from "../model/count.js";
import type { FrozenContract } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import type { Base } from "./base.js";
import type { refused } from "./classes/refused.js";
import { classify } from "./classify.js";
import { overBudget } from "./invariants/budget.js";
import { formerNames } from "./invariants/former-names.js";
import { keptHistory } from "./invariants/history.js";
import { tombstones } from "./invariants/tombstones.js";
import { versionLocks } from "./invariants/versions.js";
import { refusal } from "./refusal.js";
import { rules } from "./rules/index.js";

/** The counts of what was looked at: a check of nothing is a broken one. */
export interface Checked {
  readonly events: number;
  readonly fields: number;
  /** Released versions, and the base if there is one. */
  readonly versions: number;
  readonly rules: number;
}

/**
 * A rule that no contract may break, whatever changed. Each names what it can find, so that a test can take it away and see a
 * case fail.
 */
export interface Invariant {
  readonly codes: readonly (keyof typeof refused)[];
  /** @param released every version that somebody may have, oldest first. */
  readonly find: (model: Model, released: readonly FrozenContract[], base: Base | undefined) => readonly Diagnostic[];
}

export const invariants: readonly Invariant[] = [
  { codes: [], find: (model, released) => released.flatMap((version) => refusedChanges(version, model)) },
  { codes: ["version-not-raised", "version-skipped", "version-reused", "epoch-not-raised"], find: versionLocks },
  { codes: ["tombstone-reused"], find: tombstones },
  { codes: ["former-name-unknown"], find: formerNames },
  { codes: ["over-budget"], find: overBudget },
  {
    codes: ["frozen-edited", "support-removed"],
    find: (model, _released, base) => (base === undefined ? [] : keptHistory(model, base)),
  },
  {
    codes: ["nothing-frozen"],
    find: (model, _released, base) =>
      // Where the base has no such contract nobody can have it yet.
      (base?.model ?? base?.unread) !== undefined && model.frozen.length === 0
        ? [refusal("nothing-frozen", `No version of ${model.source} is frozen.`, { ...model.at, end: model.at.start })]
        : [],
  },
  {
    codes: ["nothing-checked"],
    find: (model) =>
      count([model]).events > 0 && rules.length > 0
        ? []
        : [refusal("nothing-checked", `${model.source} has no event, or no rule looked at it.`)],
  },
];

/**
 * Returns what the invariants refuse. A contract is held against every frozen version, and, with a base, against that too: two steps
 * can't hide what one would show.
 */
export function checkEvolution(
  model: Model,
  base?: Base,
  all: readonly Invariant[] = invariants,
): { readonly diagnostics: readonly Diagnostic[]; readonly checked: Checked } {
  const released = releasedVersions(model, base);
  const { events, fields } = count([model]);
  const versions = model.frozen.length + (base?.model === undefined ? 0 : 1);
  const diagnostics = all.flatMap(({ find }) => find(model, released, base));
  return { diagnostics: distinct(diagnostics), checked: { events, fields, versions, rules: rules.length } };
}

/** Frozen versions. The base is one of them, or, while nothing is frozen, is taken for one; later it may be a draft that nobody has. */
function releasedVersions(model: Model, base: Base | undefined): readonly FrozenContract[] {
  const known = base?.model;
  const isReleased =
    known !== undefined &&
    (model.frozen.length === 0 || model.frozen.some(({ schemaVersion }) => schemaVersion === known.schemaVersion));
  return isReleased ? [...model.frozen, known].sort((a, b) => a.schemaVersion - b.schemaVersion) : model.frozen;
}

function refusedChanges(version: FrozenContract, model: Model): readonly Diagnostic[] {
  return classify(version, model)
    .filter(({ impact }) => impact === "refused")
    .map(({ id, sentence, span }) => refusal(id as Parameters<typeof refusal>[0], sentence, span));
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [
    ...new Map(diagnostics.map((diagnostic) => [`${diagnostic.code} ${diagnostic.message}`, diagnostic])).values(),
  ].sort(byPosition);
}
