import type { Model } from "../model/model.js";
import { readContract } from "../spec/read-contract.js";
import { type Base, type BaseFiles, readBase } from "./base.js";
import { readChain } from "./frozen-chain.js";
import type { ContractFiles, FrozenFile } from "./frozen-files.js";
import { type Contract, decode, readSpec } from "./read-spec.js";
import { leaveOutUnchanged, withoutEvents } from "./unchanged-events.js";

/** A contract here and on a commit; where that is sure, both without the events that stand the same in both. */
export interface Sides {
  readonly model: Model;
  readonly base: Base;
}

/**
 * Reads of both sides only what differs; both whole where that can't be told from the texts, or where what is left is no contract by itself.
 * @param here its files, or the contract where it was read already.
 * @returns the contract here, with its findings, where there is none to compare.
 */
export function sidesOf(here: ContractFiles | Contract, base: BaseFiles): Sides | Contract {
  const known = "findings" in here ? here : undefined;
  const reduced = reducedSides(here, base, known?.uncheckedModel);
  if (reduced !== undefined) return reduced;
  const contract = known ?? readSpec(here.spec, here.past);
  const { uncheckedModel } = contract;
  return uncheckedModel === undefined ? contract : { model: uncheckedModel, base: readBase(base) };
}

function reducedSides({ spec, past }: ContractFiles, base: BaseFiles, whole: Model | undefined): Sides | undefined {
  const text = decode(spec.bytes);
  if (text === undefined || base.text === undefined || !sameFiles(past, base.frozen)) return undefined;
  const reduced = leaveOutUnchanged(base.text, text);
  if (reduced === undefined) return undefined;
  const { before, after, names } = reduced;
  const was = readContract(before, spec.source).model;
  const is = whole === undefined ? readContract(after, spec.source).model : withoutEvents(whole, names);
  if (was === undefined || is === undefined) return undefined;
  const chain = whole === undefined ? readChain(past) : { frozen: whole.frozen, diagnostics: [] };
  if (chain.diagnostics.length > 0) return undefined;
  const frozen = chain.frozen.map((version) => withoutEvents(version, names));
  return { model: { ...is, frozen }, base: { ref: base.ref, frozen, damaged: [], model: { ...was, frozen } } };
}

/** True if the same was released: then an event that stands the same is held against the same. */
function sameFiles(here: readonly FrozenFile[], there: readonly FrozenFile[]): boolean {
  return (
    here.length === there.length &&
    here.every(({ version, text }, index) => version === there[index]?.version && text === there[index]?.text)
  );
}
