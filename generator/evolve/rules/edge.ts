import { same } from "../../language/types/contains.js";
import type { FrozenContract } from "../../model/frozen.js";
import type { Wire } from "../../model/model.js";
import { setOf, timePlace, wirePlaces, writtenText } from "../../model/wire.js";
import type { RuleFinding } from "../finding.js";
import type { Pair } from "../pair.js";
import { duration } from "../words.js";
import type { Rule } from "./define-rule.js";
import { policies, strictness } from "./handling.js";

/** Clients of an unsupported version always get a success, whatever they send, so nothing here can hurt them. */
function stillHeard({ before, after }: Pair): boolean {
  return (after.ingest.supportedFrom ?? 1) <= before.schemaVersion;
}

type Numbers = readonly (readonly [what: string, limit: number, spoken: string])[];

/** Returns what the edge allows; more is looser. */
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
    const found: RuleFinding[] = [];
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

/** Returns what a receiver must know to understand a client. A time that only one side has is a matter of what is collected. */
function transport(
  { destination, wire, ingest }: FrozenContract,
  other: FrozenContract,
): Readonly<Record<string, unknown>> {
  const [scheme, , , ...path] = destination.url.split("/");
  const timed = timePlace(wire as Wire) !== undefined && timePlace(other.wire as Wire) !== undefined;
  const drawn = drawnPlaces(wire as Wire).filter(([, what]) => timed || !what.startsWith("$time"));
  return {
    "the scheme": scheme,
    "the method": destination.method ?? "POST",
    "the path": `/${path.join("/")}`,
    format: wire.format,
    "the form of a request": "described" in wire ? wire.described : undefined,
    ...Object.fromEntries(drawn),
    "the answers after which events are sent again": ingest.putsBack
      ?.map((one) => (one === 5 ? "5xx" : one))
      .join(", "),
    ...Object.fromEntries(
      Object.entries(ingest.responses).map(([name, status]) => [`the answer to ${name.replace("_", " ")}`, status]),
    ),
  };
}

/** Place → what stands there, as it is written. What is spread stands at its object, one line for all of it. */
function drawnPlaces(wire: Wire): readonly (readonly [string, string])[] {
  const places = new Map<string, string>();
  for (const { path, at } of wirePlaces(wire)) {
    if ("kind" in at && (at.kind === "object" || at.kind === "list" || at.kind === "joined")) {
      // An empty object says something, too.
      if (at.kind !== "joined" && !places.has(path.join("."))) places.set(path.join("."), "");
      if (at.kind !== "joined") continue;
    }
    const set = setOf(at);
    const written =
      "kind" in at
        ? at.kind === "line"
          ? `$line by ${JSON.stringify(at.by)}`
          : writtenText(at)
        : `${"repeat" in at ? "each of " : ""}$${set?.of}${set?.name === undefined ? "" : `.${set.name}`}`;
    const before = places.get(path.join("."));
    places.set(path.join("."), before === undefined || before === "" ? written : `${before}, ${written}`);
  }
  const spelt = "bools" in wire && wire.bools !== undefined ? [["bools", wire.bools.join(", ")] as const] : [];
  const sorted = [...places].map(([place, what]) => [place, what.split(", ").sort().join(", ")] as const);
  return [...sorted.filter(([, what]) => what !== ""), ...spelt];
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
