import { allSteps, asksIn } from "../../language/consent/parts.js";
import { typeInWords } from "../../language/types/comparison.js";
import { contains } from "../../language/types/contains.js";
import type { FrozenContract } from "../../model/frozen.js";
import { compareConsent, forgottenNoes, type Turn } from "../compare-consent.js";
import type { RuleFinding } from "../finding.js";
import type { Pair } from "../pair.js";
import { factInWords } from "../words.js";
import type { Rule } from "./define-rule.js";

type Turned = "default-on" | "default-off" | "off-switch-removed" | "off-switch-added";

function turned({ from, chosenBefore, chosenAfter }: Turn): Turned {
  if (from === "off") return chosenBefore ? "off-switch-removed" : "default-on";
  return chosenAfter ? "off-switch-added" : "default-off";
}

const other = { on: "off", off: "on" } as const;

function fromTurns(id: Turned, { before, after }: Pair): readonly RuleFinding[] {
  return compareConsent(before, after)
    .filter((turn) => turned(turn) === id)
    .map(({ given, from }) => ({
      sentence: `Telemetry ${given === "" ? "that nobody has decided about" : `with ${given}`} is ${other[from]}; it was ${from}.`,
      before: from,
      after: other[from],
      near: after.consent,
    }));
}

/** Builds that are not named are normal ones. */
const locks = { normal: 0, "locked-off": 1, "compiled-out": 2 } as const;

function fromBuilds({ before, after }: Pair, unlocked: boolean): readonly RuleFinding[] {
  const names = [...new Set([...before.consent.builds, ...after.consent.builds].map(({ name }) => name))];
  return names.flatMap((name): readonly RuleFinding[] => {
    const [was, is] = [before, after].map(
      ({ consent }) => consent.builds.find((build) => build.name === name)?.kind ?? "normal",
    ) as [keyof typeof locks, keyof typeof locks];
    if (unlocked ? locks[is] >= locks[was] : locks[is] <= locks[was]) return [];
    return [{ sentence: `The build "${name}" is ${is}; it was ${was}.`, before: was, after: is, near: after.consent }];
  });
}

/** Returns what is preselected, and what follows when nobody answers. */
function fromPrompts({ before, after }: Pair, yes: boolean): readonly RuleFinding[] {
  const known = (where: string) => asksIn(before.consent).find((ask) => ask.where === where);
  // A prompt that stands elsewhere now is the one that stood there; one that nobody was asked before starts from no.
  const moved = asksIn(before.consent).filter(({ where }) => !asksIn(after.consent).some((ask) => ask.where === where));
  return asksIn(after.consent).flatMap((is): readonly RuleFinding[] => {
    const was = known(is.where) ?? moved.shift() ?? { preselected: "decline", whenSkipped: is.whenSkipped };
    const found: RuleFinding[] = [];
    const add = (what: string, old: string, now: string) =>
      found.push({
        sentence: `When ${is.where} asks, ${what} ${now}; it was ${old}.`,
        before: old,
        after: now,
        near: is,
      });
    if (was.preselected !== is.preselected && (is.preselected === "accept") === yes)
      add("the preselected answer is", "where" in was ? was.preselected : "not asked", is.preselected);
    if (was.whenSkipped !== is.whenSkipped && (is.whenSkipped === "undecided") === yes)
      add("what counts when it is skipped is", was.whenSkipped, is.whenSkipped);
    return found;
  });
}

/** Questions, with the people whom each concerns, where that can differ from the other contract's. */
function questions({ consent }: FrozenContract, other: FrozenContract): readonly string[] {
  return consent.ask.map(({ where, onlyWhere }) => {
    const isAskedThere = other.consent.ask.some((question) => question.where === where);
    return `the question asked by ${where}${onlyWhere === undefined || !isAskedThere ? "" : `, only where ${factInWords(onlyWhere)}`}`;
  });
}

function switches({ before, after }: Pair): readonly string[][] {
  // Where nobody is reported without a yes, a question is a way in and not a way out.
  const asks = after.consent.model === "opt-out";
  const sides = [
    [before, after],
    [after, before],
  ] as const;
  return sides.map(([contract, other]) => {
    const { consent } = contract;
    return [
      ...(consent.commands.disable === undefined ? [] : [`the command \`${consent.commands.disable.run}\``]),
      ...(consent.menu === undefined ? [] : [`the menu ${consent.menu}`]),
      ...(asks ? questions(contract, other) : []),
      ...(consent.notice?.sendsFrom === "next-run" ? ["a first run in which nothing is sent"] : []),
      ...(consent.evaluated === "every-event" ? ["switching it off in a running process"] : []),
    ];
  });
}

function fromSwitches(pair: Pair, removed: boolean): readonly RuleFinding[] {
  const [was = [], is = []] = switches(pair);
  const near = pair.after.consent;
  if (removed)
    return was
      .filter((one) => !is.includes(one))
      .map((one) => ({ sentence: `There is no longer ${one}.`, before: one, after: "gone", near }));
  return is
    .filter((one) => !was.includes(one))
    .map((one) => ({ sentence: `There is now ${one}.`, before: "not there", after: one, near }));
}

/** An answer on somebody's disk is forgotten if its form is no longer read. */
function unreadable({ before, after }: Pair): readonly RuleFinding[] {
  const [was, is] = [before, after].map(({ consent }) => consent.stateFile?.keys ?? []) as [Keys, Keys];
  const asked = new Set(allSteps(after.consent).flatMap(({ place }) => (place.kind === "stored" ? [place.key] : [])));
  return is.flatMap(({ key, type }): readonly RuleFinding[] => {
    const old = was.find((one) => one.key === key);
    return old === undefined || !asked.has(key) || contains(type.schema, old.type.schema)
      ? []
      : [
          {
            sentence: `An answer that is stored under ${key} can no longer be read: it was ${typeInWords(old.type)}, and is ${typeInWords(type)}.`,
            before: typeInWords(old.type),
            after: typeInWords(type),
            near: after.consent.stateFile ?? after.consent,
          },
        ];
  });
}

/** Who said no is asked again, or the other way round. */
function forgotten({ before, after }: Pair, removed: boolean): readonly RuleFinding[] {
  const [noes, says, words] = removed
    ? [forgottenNoes(before, after), "no longer counts as a no: who answered so is asked again", ["a no", "no answer"]]
    : [forgottenNoes(after, before), "now counts as a no: who answered so is not asked again", ["no answer", "a no"]];
  const [was = "", is = ""] = words;
  return noes.map((given) => ({ sentence: `${given} ${says}.`, before: was, after: is, near: after.consent }));
}

type Keys = NonNullable<Pair["before"]["consent"]["stateFile"]>["keys"];

export const consentRules: readonly Rule[] = [
  {
    id: "default-on",
    find: (pair) => [...fromTurns("default-on", pair), ...fromBuilds(pair, true), ...fromPrompts(pair, true)],
  },
  {
    id: "default-off",
    find: (pair) => [...fromTurns("default-off", pair), ...fromBuilds(pair, false), ...fromPrompts(pair, false)],
  },
  {
    id: "off-switch-removed",
    find: (pair) => [
      ...fromTurns("off-switch-removed", pair),
      ...fromSwitches(pair, true),
      ...unreadable(pair),
      ...forgotten(pair, true),
    ],
  },
  {
    id: "off-switch-added",
    find: (pair) => [...fromTurns("off-switch-added", pair), ...fromSwitches(pair, false), ...forgotten(pair, false)],
  },
];
