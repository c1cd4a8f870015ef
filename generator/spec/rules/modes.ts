import { modesThat } from "../../language/delivery/modes/index.js";
import { FORMATS } from "../../language/wire/formats/index.js";
import { modeOf } from "../../model/delivery.js";
import { isBatch, namesEvents, placedByName, timePlace } from "../../model/wire.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, type Entry, itemsOf, textOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** Keys that a format or mode of delivery doesn't use, or can't do without. */
export function modes({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("wire", "delivery", "ingest")) return;
  const reported = root.entries.get("events") ?? root.entries.get("metrics");
  carriedBy({ model, root, reported }, report);
  if (model.wire.format === "prometheus-text") samples({ model, root }, report);
  uses({ model, root }, report);
  batches({ model, root }, report);
  byTheClock({ model, reported }, report);
}

type Asked = Pick<Judged, "model" | "root">;
type Reported = Asked & { readonly reported: Entry | undefined };

/** A format carries either events or metrics. */
function carriedBy({ model: { wire }, root, reported }: Reported, report: DiagnosticSink): void {
  const prometheus = wire.format === "prometheus-text";
  const place = at(root, "wire", "format") ?? root;
  if (reported !== undefined && (reported.key.value === "metrics") !== prometheus) {
    report.add(
      "format-mismatch",
      place,
      prometheus ? "prometheus-text carries metrics, not events." : `${wire.format} carries events, not metrics.`,
      {
        hint: prometheus ? `Choose ${listed(drawn)}, or report metrics.` : "Choose prometheus-text, or report events.",
      },
    );
  }
}

/** Refuses what a report of samples has no place for. */
function samples({ model, root }: Asked, report: DiagnosticSink): void {
  const method = at(root, "destination", "method");
  if (method !== undefined && textOf(method) !== "POST")
    report.add(
      "format-mismatch",
      method,
      `Samples are sent in the body of a POST, not by ${textOf(method) ?? "this"}.`,
      {
        hint: "Remove method.",
      },
    );
  const placed = placedByName(model.wire).common;
  const lost = model.common.filter(({ wireName }) => !placed.includes(wireName));
  for (const { at: field, wireName } of lost)
    report.add(
      "format-mismatch",
      field,
      `A report of metrics has no part that goes with all of them, so "${wireName}" has no place.`,
      {
        hint: `Write it among the labels of the metrics that have it, or write it as a header: wire: { headers: { X-Name: $common.${wireName} } }.`,
      },
    );
  for (const key of ["unknown_field", "invalid_field"]) {
    const policy = at(root, "ingest", key);
    if (textOf(policy) !== "strip" || policy === undefined) continue;
    report.add("strip-in-metrics", policy, "Without one of its labels, a sample would be a different sample.", {
      hint: "Write `drop` or `reject`.",
    });
  }
}

/** Keys that a mode doesn't use. */
function uses({ model, root }: Asked, report: DiagnosticSink): void {
  const { sendsEach, uses } = modeOf(model);
  const unused = (key: (typeof uses)[number], what: string, ...path: string[]) => {
    const tree = at(root, ...path);
    if (tree !== undefined && !uses.includes(key))
      report.add("unused-by-mode", tree, `${what} is not used in mode ${model.delivery.mode}.`, {
        hint: `It belongs to mode: ${listed(modesThat(({ uses }) => uses.includes(key)))}.`,
      });
  };
  unused("puts_back", "puts_back", "ingest", "responses", "puts_back");
  putBackForGood({ model, root }, report);
  goneForGood({ model, root }, report);
  unheard(model, root, report);
  for (const key of ["queue", "flush", "batch"] as const) unused(key, key, "delivery", key);
  unused("leave", "leave", "clients", "python", "leave");
  for (const event of model.events)
    if (event.rollup !== undefined) unused("rollup", "A rollup", "events", event.wireName, "rollup");
  const answer = at(root, "delivery", "answer");
  if (answer !== undefined && (!sendsEach || isBatch(model.wire)))
    report.add("unused-by-mode", answer, "With several events in one request, no caller waits for the answer.", {
      hint: "An answer belongs to mode: immediate, with one event in each request.",
    });
  else if (answer !== undefined && model.destination.method === "HEAD")
    report.add("unused-by-mode", answer, "An answer to HEAD has no text.", {
      hint: "Remove it, or write method: GET.",
    });
  shownInstead(model, root, report);
}

/** Keys of what is said that say nothing beside another one. */
function unheard(
  { delivery: { debug, onFailure } }: Judged["model"],
  root: Judged["root"],
  report: DiagnosticSink,
): void {
  const unused = (path: readonly string[], message: string, hint: string) => {
    const place = at(root, "delivery", ...path);
    if (place !== undefined) report.add("unused-by-mode", place, message, { hint });
  };
  if (onFailure === "silent")
    unused(
      ["log_level"],
      "A failure is silent: nothing is logged at any level.",
      "Remove it, or write on_failure: log.",
    );
  if (debug?.shows === "payload")
    unused(["debug", "line"], "A payload is shown as it is sent.", "Remove it, or write shows: one-line-per-send.");
}

/** After 410 a client of this version never sends again: no answer for one request among many. */
function goneForGood({ model: { ingest }, root }: Asked, report: DiagnosticSink): void {
  for (const name of ["malformed", "too_large", "rate_limited", "wrong_method", "unavailable"] as const)
    if (ingest.responses[name] === 410)
      report.add(
        "refusal-put-back",
        at(root, "ingest", "responses", name) ?? root,
        `After 410 a client of this version never sends again, and this one was only ${asRefused[name]}.`,
        { hint: "Write another status: 410 is for a version that is over." },
      );
}

const asRefused = {
  malformed: "malformed",
  too_large: "too large",
  rate_limited: "one too many",
  wrong_method: "of a wrong method",
  unavailable: "more than there was room for",
};

/** A request that was refused for what it is, is refused the next time, too. */
function putBackForGood({ model: { ingest }, root }: Asked, report: DiagnosticSink): void {
  for (const name of ["malformed", "too_large", "wrong_path", "wrong_method"] as const) {
    const status = ingest.responses[name];
    if (ingest.putsBack?.some((one) => one === status || one === Math.floor(status / 100)))
      report.add(
        "refusal-put-back",
        at(root, "ingest", "responses", name) ?? root,
        `A request that is ${refused[name]} gets ${status}, after which a queue sends it again, without end.`,
        { hint: "Write a status that begins with 4." },
      );
  }
}

const refused = {
  malformed: "malformed",
  too_large: "too large",
  wrong_path: "on a wrong path",
  wrong_method: "by a wrong method",
};

/** Checks the number of events in one request, and where they wait until then. */
function batches({ model, root }: Asked, report: DiagnosticSink): void {
  const { delivery, wire } = model;
  const { waits } = modeOf(model);
  const batch = at(root, "delivery", "batch");
  if (batch !== undefined && waits && !isBatch(wire))
    report.add("unused-by-mode", batch, "Each event is a separate request here.", {
      hint: "Remove batch, or write a list of events: body: { events: $each }, each: …",
    });
  const most = at(root, "ingest", "limits", "events");
  if (most !== undefined && !isBatch(wire))
    report.add("unused-by-mode", most, "limits.events is for a list of events, and no request has one here.", {
      hint: "Remove it, or write a list of events: body: { events: $each }, each: …",
    });
  const times = at(root, "ingest", "accept_times");
  if (times !== undefined && timePlace(wire) === undefined)
    report.add("unused-by-mode", times, "accept_times is for an event's time, and no request has one here.", {
      hint: "Remove it, or draw the time: at: $time",
    });
  const unknown = at(root, "ingest", "unknown_event");
  if (unknown !== undefined && !namesEvents(wire))
    report.add("unused-by-mode", unknown, "unknown_event is for an event's name, and no request has one here.", {
      hint: "Remove it, or draw the name: event: $event",
    });
  if (batch !== undefined && (delivery.batch ?? 0) > model.ingest.limits.events)
    report.add("out-of-range", batch, `The receiver takes ${model.ingest.limits.events} events at once.`, {
      hint: `Write ${model.ingest.limits.events} or less, or raise ingest.limits.events.`,
    });
  if (waits && at(root, "delivery", "queue") === undefined)
    report.add("missing-for-mode", at(root, "delivery", "mode") ?? root, "Mode queued needs delivery.queue.", {
      hint: `Add queue: { file: ~/.${model.product}/queue.jsonl, max_size: 64KiB, when_full: drop-oldest }.`,
    });
  itemsOf(at(root, "delivery", "flush")).forEach((flush, index) => {
    const { at: when, every } = delivery.flush[index] ?? {};
    if (when === "interval" && every === undefined)
      report.add("missing-for-mode", flush, "A flush at an interval needs every.", { hint: "Add every: 6h." });
  });
}

/** Checks that the mode reports what is reported, and when. */
function byTheClock({ model, reported }: Omit<Reported, "root">, report: DiagnosticSink): void {
  const { reports } = modeOf(model);
  const carried = reported?.key.value;
  if (reported !== undefined && (carried === "metrics") !== reports)
    report.add("unused-by-mode", reported.key, `Mode ${model.delivery.mode} sends no ${carried}.`, {
      hint:
        carried === "metrics"
          ? `Metrics need mode: ${listed(modesThat((mode) => mode.reports))}.`
          : `Events need mode: ${listed(modesThat((mode) => !mode.reports))}.`,
    });
  for (const metric of reports ? model.metrics : [])
    if (metric.schedule === undefined)
      report.add("missing-for-mode", metric.at, `Nothing says how often "${metric.wireName}" is sent.`, {
        hint: "Add every: 15m.",
      });
}

/** Checks that `sends: false` shows one event, as it is recorded. */
function shownInstead({ delivery, events }: Judged["model"], root: Judged["root"], report: DiagnosticSink): void {
  const { debug } = delivery;
  if (debug?.shows === "one-line-per-send" && modeOf({ delivery }).rides)
    report.add(
      "unused-by-mode",
      at(root, "delivery", "debug", "shows") ?? root,
      "No request is sent in mode carried.",
      {
        hint: "Write shows: payload.",
      },
    );
  if (debug?.sends !== false && debug?.whenOff !== true) return;
  const key = debug.sends === false ? "sends" : "when_off";
  const place = at(root, "delivery", "debug", key) ?? root;
  if (modeOf({ delivery }).reports)
    report.add("unused-by-mode", place, `${key} is not used in mode periodic.`, {
      hint: "A report of metrics is shown by the command's show. Remove it.",
    });
  if (events.length > 0 && events.every(({ rollup }) => rollup !== undefined))
    report.add("unused-by-mode", place, "Totals are counted and sent later: there is no event to show.", {
      hint: "What was counted is shown by the command's show. Remove it.",
    });
}

const drawn = Object.values(FORMATS).flatMap((format) => ("flat" in format ? [format.name] : []));

/** `immediate, queued or carried`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
