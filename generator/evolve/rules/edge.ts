import type { FrozenContract } from "../../model/frozen.js";
import { same } from "../contains.js";
import type { Found } from "../finding.js";
import type { Pair } from "../pair.js";
import { duration } from "../words.js";
import type { Rule } from "./define-rule.js";
import { policies, strictness } from "./handling.js";

/** Clients of a version that is no longer heard are answered with success whatever they send: nothing here can hurt them. */
function stillHeard({ before, after }: Pair): boolean {
  return (after.ingest.supportedFrom ?? 1) <= before.schemaVersion;
}

type Numbers = readonly (readonly [what: string, limit: number, spoken: string])[];

/** What the edge allows; more is looser. */
function allowances({ ingest }: FrozenContract): Numbers {
  const rate = ingest.rateLimit;
  const perMinute = rate === undefined ? Number.POSITIVE_INFINITY : (rate.requests / rate.window) * 60_000;
  return [
    ["the largest body", ingest.limits.body, `${ingest.limits.body} bytes`],
    ["the number of events in a body", ingest.limits.events, String(ingest.limits.events)],
    [
      "the number of requests",
      perMinute,
      rate === undefined ? "no limit" : `${rate.requests} in ${duration(rate.window)}`,
    ],
    ...times(ingest.acceptTimes),
  ];
}

function times(limits: FrozenContract["ingest"]["acceptTimes"]): Numbers {
  return [
    ["the oldest event time", limits?.past ?? Number.POSITIVE_INFINITY, duration(limits?.past)],
    ["the latest event time", limits?.future ?? Number.POSITIVE_INFINITY, duration(limits?.future)],
  ];
}

function moved(
  was: Numbers,
  is: Numbers,
  tighter: boolean,
): readonly { what: string; before: string; after: string }[] {
  return was.flatMap(([what, limit, before], index) => {
    const [, now = limit, after = before] = is[index] ?? [];
    return now === limit || now < limit !== tighter ? [] : [{ what, before, after }];
  });
}

/** Limits of size and number that let more through: no more is learnt of any event. */
export function roomier(before: FrozenContract, after: FrozenContract): ReturnType<typeof moved> {
  return moved(allowances(before).slice(0, 3), allowances(after).slice(0, 3), false);
}

const tightened: Rule = {
  id: "edge-tightened",
  find: (pair) =>
    (stillHeard(pair) ? moved(allowances(pair.before), allowances(pair.after), true) : []).map(
      ({ what, before, after }) => ({
        sentence: `The limit of ${what} would be ${after}, below the ${before} that clients of v${pair.before.schemaVersion} may send.`,
        before,
        after,
        near: pair.after.ingest,
      }),
    ),
};

const loosened: Rule = {
  id: "allowlist-loosened",
  find: (pair) => {
    const { before, after } = pair;
    const found: Found[] = [];
    const add = (sentence: string, old: string, now: string) =>
      found.push({ sentence, before: old, after: now, near: after.ingest });
    for (const policy of policies) {
      const [was, is] = [before.ingest[policy], after.ingest[policy]];
      if (strictness.indexOf(is) < strictness.indexOf(was))
        add(
          `${policy} would be ${is}: payloads of v${before.schemaVersion} that were answered with ${was} would be kept in part.`,
          was,
          is,
        );
    }
    for (const one of moved(times(before.ingest.acceptTimes), times(after.ingest.acceptTimes), false)) {
      add(
        `The limit of ${one.what} would be ${one.after}: times that were removed would be kept.`,
        one.before,
        one.after,
      );
    }
    const [from, now] = [before.ingest.supportedFrom ?? 1, after.ingest.supportedFrom ?? 1];
    if (now < from)
      add(
        `What clients older than v${from} send was discarded, and would be kept again.`,
        `from v${from}`,
        `from v${now}`,
      );
    return found;
  },
};

/** A time key that only one side has is a matter of what is collected. */
function transport(
  { destination, wire, ingest }: FrozenContract,
  other: FrozenContract,
): Readonly<Record<string, unknown>> {
  const [scheme, , , ...path] = destination.url.split("/");
  const { timeKey: _timeKey, ...form } = { timeKey: undefined, ...wire };
  const time =
    wire.format === "json-batch" &&
    other.wire.format === "json-batch" &&
    other.wire.timeKey !== undefined &&
    wire.timeKey !== undefined
      ? { timeKey: wire.timeKey }
      : {};
  return {
    "the scheme": scheme,
    ...time,
    "the path": `/${path.join("/")}`,
    ...form,
    ...Object.fromEntries(
      Object.entries(ingest.responses).map(([name, status]) => [`the answer to ${name.replace("_", " ")}`, status]),
    ),
  };
}

const changed: Rule = {
  id: "transport-changed",
  find: (pair) => {
    if (!stillHeard(pair)) return [];
    const [was, is] = [transport(pair.before, pair.after), transport(pair.after, pair.before)];
    const names = Object.keys({ ...was, ...is }).filter((name) => !same(was[name], is[name]));
    const spoken = (value: unknown) => (value === undefined ? "none" : String(value));
    return names.map((name) => ({
      sentence: `${name.startsWith("the ") ? name : `the wire's ${name}`} would be ${spoken(is[name])}; clients of v${pair.before.schemaVersion} know only ${spoken(was[name])}.`,
      before: spoken(was[name]),
      after: spoken(is[name]),
      near: pair.after.destination,
    }));
  },
};

export const edgeRules: readonly Rule[] = [tightened, loosened, changed];
