import { joinedBy } from "../../language/identifiers/created.js";
import type { FrozenContract } from "../../model/frozen.js";
import { sameWords } from "../compare-words.js";
import type { RuleFinding } from "../finding.js";
import type { Pair } from "../pair.js";
import type { Rule } from "./define-rule.js";

type Identifier = FrozenContract["identifiers"][number];

/** The product's name goes into every hash: under another one, everybody becomes somebody else and is told apart anew. */
function nature(
  { identifies, madeFrom, hash, derivedFrom = [], what }: Identifier,
  { product }: FrozenContract,
): string {
  const how =
    hash === undefined
      ? madeFrom
      : `${madeFrom}: ${hash.algorithm} of ${hash.what} for each ${hash.of} and the name ${product}, ${hash.keep} kept`;
  const traced = derivedFrom.length === 0 ? "" : `, derived from ${derivedFrom.join(", ")}`;
  return `tells one ${identifies} from another, made from ${how}${what === undefined ? "" : ` (${what})`}${traced}`;
}

function lives({ created, resetBy }: Identifier): string {
  return `from ${created}, ${resetBy === undefined ? "never reset" : `reset by ${resetBy}`}`;
}

/** 1: lives longer, -1: shorter. Another way of resetting it may be a worse one. */
function lengthened(was: Identifier, is: Identifier): readonly (1 | -1)[] {
  const birth = joinedBy(is.created) - joinedBy(was.created);
  const [old, now] = [was.resetBy, is.resetBy];
  const longer = birth > 0 || (old !== undefined && !sameWords(old, now ?? ""));
  const shorter = birth < 0 || (now !== undefined && old === undefined);
  return [...(longer ? [1 as const] : []), ...(shorter ? [-1 as const] : [])];
}

function pairs({ before, after }: Pair): readonly { was?: Identifier; is?: Identifier }[] {
  const names = new Set([...before.identifiers, ...after.identifiers].map(({ name }) => name));
  const of = (contract: FrozenContract, name: string) =>
    contract.identifiers.find((identifier) => identifier.name === name);
  return [...names].map((name) => {
    const [was, is] = [of(before, name), of(after, name)];
    return { ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) };
  });
}

const presence = (id: "identifier-added" | "identifier-removed"): Rule => ({
  id,
  find: (pair) =>
    pairs(pair).flatMap(({ was, is }): readonly RuleFinding[] => {
      const before = was === undefined ? "none" : nature(was, pair.before);
      const after = is === undefined ? "none" : nature(is, pair.after);
      if (before === after) return [];
      if (id === "identifier-added")
        return is === undefined ? [] : [{ sentence: `${is.name} ${after}.`, before, after, near: is }];
      return was === undefined
        ? []
        : [{ sentence: `${was.name} no longer ${before}.`, before, after, near: is ?? pair.after }];
    }),
});

const rotation = (id: "rotation-lengthened" | "rotation-shortened"): Rule => ({
  id,
  find: (pair) =>
    pairs(pair).flatMap(({ was, is }): readonly RuleFinding[] => {
      if (was === undefined || is === undefined || !lengthened(was, is).includes(id === "rotation-lengthened" ? 1 : -1))
        return [];
      const reworded = was.created === is.created && was.resetBy !== undefined && is.resetBy !== undefined;
      return [
        {
          ...(reworded ? { words: `how ${is.name} is reset` } : {}),
          sentence: `${is.name} lives ${lives(is)}; it lived ${lives(was)}.`,
          before: lives(was),
          after: lives(is),
          near: is,
        },
      ];
    }),
});

function shares(one: Identifier | undefined): readonly string[] {
  return one === undefined ? [] : [...(one.use === undefined ? [] : [one.use]), ...(one.sharedWith ?? [])];
}

const sharing = (id: "identifier-shared" | "identifier-unshared"): Rule => ({
  id,
  find: (pair) =>
    pairs(pair).flatMap(({ was, is }): readonly RuleFinding[] => {
      const [old, now] = [shares(was), shares(is)];
      const [from, to] = id === "identifier-shared" ? [old, now] : [now, old];
      const changed = to.filter((one) => !from.includes(one));
      const name = (is ?? was)?.name;
      if (changed.length === 0) return [];
      const said = (all: readonly string[]) =>
        all.length === 0 ? "in no other contract" : `also in ${all.join(", ")}`;
      const sentence =
        id === "identifier-shared"
          ? `${name} is the same in ${changed.join(", ")}: reports of both can be linked.`
          : `${name} is no longer the same in ${changed.join(", ")}.`;
      return [{ sentence, before: said(old), after: said(now), near: is ?? pair.after }];
    }),
});

export const identityRules: readonly Rule[] = [
  presence("identifier-added"),
  presence("identifier-removed"),
  rotation("rotation-lengthened"),
  rotation("rotation-shortened"),
  sharing("identifier-shared"),
  sharing("identifier-unshared"),
];
