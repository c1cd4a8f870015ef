import type { Covered, Row } from "../../templates/dev/live.js";
import type { Received } from "../../templates/dev/receive.js";
import { judge } from "../../templates/html/judge.js";
import type { Finding, Rules } from "../../templates/html/rules.js";
import type { Model } from "../model/model.js";
import type { DevFiles } from "./parts.js";
import type { Incoming } from "./receiver.js";

/** The memory of a running worker: nothing that did not pass. */
export interface Session {
  readonly rows: readonly Row[];
  readonly coverage: () => readonly Covered[];
  readonly add: (incoming: Incoming, received: Received, time: Date) => Row;
}

const most = 200;

export function createSession(model: Model, parts: DevFiles): Session {
  const rows: Row[] = [];
  const seen = new Map<string, Map<string, number>>();
  const times = new Map<string, number>();
  let last = 0;
  return {
    rows,
    coverage: () => coverage(model, times, seen),
    add: (incoming, received, time) => {
      last += 1;
      for (const { event, fields } of received.accepted) {
        times.set(event, (times.get(event) ?? 0) + 1);
        const counts = seen.get(event) ?? new Map<string, number>();
        for (const name of Object.keys(fields)) counts.set(name, (counts.get(name) ?? 0) + 1);
        seen.set(event, counts);
      }
      const row = rowOf(last, incoming, received, time, parts);
      rows.push(row);
      if (rows.length > most) rows.shift();
      return row;
    },
  };
}

function rowOf(id: number, incoming: Incoming, received: Received, time: Date, parts: DevFiles): Row {
  const { accepted, body, status } = received;
  const outcome = status === parts.contract.responses.accepted ? "accepted" : body.trim();
  return {
    id,
    time: time.toTimeString().slice(0, 8),
    method: incoming.method,
    path: incoming.target.replace(/[?#].*$/s, "").slice(0, 200),
    bytes: incoming.body.byteLength,
    status,
    outcome,
    meaning: meaningOf(outcome, received),
    kept: accepted.map(({ event, fields, value }) => ({ event, fields, ...(value === undefined ? {} : { value }) })),
    refused: Object.hasOwn(unread, outcome) ? [] : refused(incoming.body, accepted.length, parts),
  };
}

/** Names and reasons: a value that did not pass is shown nowhere. `kept`: how many events the worker let in. */
function refused(body: Uint8Array, kept: number, { checks, rules }: DevFiles): Row["refused"] {
  const report = judge(new TextDecoder().decode(body), rules, checks);
  if ("problem" in report) return [{ place: "the body", verdict: "not readable", about: report.problem }];
  return withOneEnd(report.findings, kept, rules)
    .filter(({ verdict }) => verdict !== "allowed")
    .slice(0, 200)
    .map(({ about, place, verdict }) => ({ place: place.slice(0, 200), verdict, about }));
}

/**
 * Ends all findings of an event with what became of it, since a field alone fares differently from an event that is dropped for
 * another one. Where that doesn't add up to what the worker kept, none says what becomes of anything.
 */
function withOneEnd(findings: readonly Finding[], kept: number, { consequences }: Rules): readonly Finding[] {
  const ends = Object.values(consequences);
  const endOf = ({ about }: Finding) => ends.find((end) => about.endsWith(end)) ?? "";
  const isFatal = (end: string) => end !== "" && !end.endsWith("the rest is kept.");
  const eventOf = ({ place }: Finding) => /^(?:.*?\[\d+\]|sample \d+)/.exec(place)?.[0] ?? "";
  const fatal = new Map<string, string>();
  for (const one of findings)
    if (one.verdict !== "allowed" && isFatal(endOf(one)) && !fatal.has(eventOf(one)))
      fatal.set(eventOf(one), endOf(one));
  // What is sent with every event takes all of them along.
  const all = fatal.get("");
  const events = new Set(findings.map(eventOf));
  if (events.size > 1) events.delete("");
  const expected = all === undefined ? [...events].filter((event) => !fatal.has(event)).length : 0;
  return findings.map((finding) => {
    const end = endOf(finding);
    if (finding.verdict === "allowed" || end === "") return finding;
    const about = finding.about.slice(0, -end.length);
    return {
      ...finding,
      about: expected === kept ? about + (all ?? fatal.get(eventOf(finding)) ?? end) : about.trimEnd(),
    };
  });
}

/** Refused before anything of the body was looked at. */
const unread: Readonly<Record<string, string>> = {
  wrong_path: "There is no endpoint at this path.",
  wrong_method: "Events are sent with POST.",
  wrong_type: "The content type, or an encoding of the body, is not the one that the contract's clients send.",
  from_browser: "Browsers are not listened to: a web page could make its visitors send.",
  too_large: "The body is larger than the contract allows.",
  too_slow: "The body did not come in time.",
  failed: "The worker failed; that is a bug of plainsight.",
};

function meaningOf(outcome: string, { accepted, counts }: Received): string {
  const said = Object.entries(counts)
    .filter(([reason]) => reason.startsWith("dropped_"))
    .map(
      ([reason, times]) =>
        `${(reasons[reason] ?? reason.replaceAll("_", " ")).replace(/^./, (first) => first.toUpperCase())}: ${times}.`,
    );
  const head =
    outcome !== "accepted"
      ? (unread[outcome] ?? "The request was refused as a whole: nothing of it is kept.")
      : accepted.length === 0
        ? "Answered with success, and nothing is kept."
        : "Accepted.";
  return [head, ...said].join(" ");
}

/** The reasons for the worker's other counts, where its own words would mislead. */
const reasons: Readonly<Record<string, string>> = { dropped_time_removed: "time removed, event kept" };

function coverage(
  { common, events, metrics }: Model,
  times: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, ReadonlyMap<string, number>>,
): readonly Covered[] {
  const shapes = [
    ...events.map(({ fields, wireName }) => ({ wireName, fields: [...common, ...fields] })),
    ...metrics.map(({ labels, wireName }) => ({ wireName, fields: labels })),
  ];
  return shapes.map(({ fields, wireName }) => ({
    event: wireName,
    seen: times.get(wireName) ?? 0,
    fields: fields
      .filter(({ droppedAtEdge, legacy }) => droppedAtEdge !== true && !legacy)
      .map((field) => ({
        name: field.wireName,
        seen: seen.get(wireName)?.get(field.wireName) ?? 0,
        optional: field.optional || field.onlyWhen.length > 0,
      })),
  }));
}
