import { same } from "../../language/types/contains.js";
import type { FrozenContract } from "../../model/frozen.js";
import type { RuleFinding } from "../finding.js";
import type { Pair } from "../pair.js";

/** The amount of information kept of the address. */
const addresses = ["never-read", "discarded", "geolocated-then-discarded", "stored"] as const;

/**
 * True if more is collected. A rule that was not stated promised nothing, but nobody was told of the use either; removing a stated
 * rule takes a promise back.
 */
function learnsMore(was: string, is: string): boolean {
  const rank = (one: string) => addresses.indexOf(one as "stored");
  if (is === "not-stated") return true;
  return was === "not-stated" ? rank(is) > rank("discarded") : rank(is) > rank(was);
}

/** Returns what the receiver learns by itself, or adds. */
export function serverSide({ before, after }: Pair, more: boolean): readonly RuleFinding[] {
  const found: RuleFinding[] = [];
  const add = (sentence: string, old: string, now: string) =>
    found.push({ sentence, before: old, after: now, near: after.ingest });
  const [was, is] = [before.destination.clientIp, after.destination.clientIp];
  if (was !== is && learnsMore(was, is) === more)
    add(`The client's address is ${is.replaceAll("-", " ")}; it was ${was.replaceAll("-", " ")}.`, was, is);
  const [used, uses] = [before.destination.clientIpUsedFor, after.destination.clientIpUsedFor];
  const nothing = "nothing that is named";
  if (used !== uses && (uses !== undefined) === more)
    add(`The client's address is used for ${uses ?? nothing}.`, used ?? nothing, uses ?? nothing);
  const [had, has] = [before, after].map(({ ingest }) => ({ ...added(ingest.forwardTo), ...derivedIn(ingest) })) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  for (const [key, value] of Object.entries(more ? has : had)) {
    const opposite = (more ? had : has)[key];
    if (same(value, opposite)) continue;
    const shown = (one: unknown) => (one === undefined ? "not there" : JSON.stringify(one));
    add(`The receiver ${more ? "adds" : "no longer adds"} ${key}: ${shown(value)}.`, shown(had[key]), shown(has[key]));
  }
  return found;
}

function derivedIn({ derives = [] }: FrozenContract["ingest"]): Record<string, unknown> {
  return Object.fromEntries(derives.map(({ name, from }) => [name, `made from ${from}`]));
}

function added(forward: FrozenContract["ingest"]["forwardTo"]): Record<string, unknown> {
  return {
    ...forward?.add,
    ...(forward?.distinctId === undefined ? {} : { "the backend's own identifier": forward.distinctId }),
  };
}
