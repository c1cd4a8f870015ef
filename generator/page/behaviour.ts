import { code, enumerate, type Inline, list, type Section, say } from "../emit/document.js";
import { guaranteeWord } from "../language/guarantees.js";
import { modeOf } from "../model/delivery.js";
import { isMarked, marksOf } from "../model/marks.js";
import type { Consent, Delivery, Model } from "../model/model.js";
import { statePath } from "../model/state-path.js";
import { APP_DIR, appFolder } from "./state-file.js";
import { capital, counted, duration, size } from "./words.js";

/** The section on when it is sent, what it costs, and what happens when it can't be. */
export function behaviour(model: Model): Section {
  const { delivery, guarantees } = model;
  const promises: Section = {
    title: "Promises, each tested",
    blocks: [
      list(
        guarantees.flatMap((name) => {
          const { sentence, queued } = guaranteeWord(name);
          return (delivery.queue === undefined ? sentence : (queued ?? sentence)) ?? [];
        }),
      ),
    ],
  };
  return {
    title: "How it behaves and fails",
    blocks: [
      list([
        ...modeOf(model).rhythm(model),
        ...marks(model),
        ...waiting(model),
        ...flushes(delivery),
        ...trying(model),
        ...leftBehind(delivery),
        ...folder(model),
      ]),
    ],
    sections: guarantees.length === 0 ? [] : [promises],
  };
}

/** Says what limits and the clock leave on the machine. */
function marks(model: Model): readonly Inline[] {
  const kept = marksOf(model);
  if (kept === undefined) return [];
  const { events, metrics } = model;
  const what = enumerate(
    [
      ...(events.some(({ schedule }) => schedule !== undefined) ? ["when a scheduled event was last sent"] : []),
      ...(metrics.length === 0 ? [] : ["when a metric was last sent"]),
      ...(events.some((event) => event.limit !== undefined && isMarked(event))
        ? ["that an event with a limit was sent"]
        : []),
    ],
    "and",
  );
  const place = `${kept.beside.slice(0, kept.beside.lastIndexOf("/") + 1)}${kept.prefix}`;
  return [capital(say`${what} is kept on your machine, in files beginning with ${code(place)}.`)];
}

function flushes({ flush, queue, timeout }: Delivery): readonly Inline[] {
  if (queue === undefined) return [];
  return flush.length === 0
    ? ["They are sent when the program asks for it."]
    : [
        say`They are sent ${enumerate(
          flush.map((point) => flushed(point, timeout)),
          "and",
        )}.`,
      ];
}

function flushed(point: Delivery["flush"][number], timeout: number): Inline {
  const { at, commands, every, wait } = point;
  const waiting = ` (waiting ${duration(timeout)} at most)`;
  const named = commands.length === 0 ? "each command" : enumerate(commands.map(code), "and");
  switch (at) {
    // What is sent in the background begins then: a program that ended before is no longer there.
    case "command-start":
      return say`when ${named} ${commands.length > 1 ? "start" : "starts"} (after running 0.1 seconds)`;
    case "command-end":
      return say`when ${named} ${commands.length > 1 ? "end" : "ends"}${wait ? waiting : ", if the program runs on for 0.1 seconds"}`;
    case "interval":
      return `${every === undefined ? "from time to time" : `every ${duration(every).replace(/^1 /, "")}`} while running`;
    case "process-exit":
      return say`when the program ends${waiting}`;
  }
}

function trying({ delivery, guarantees, ingest: { putsBack = [] } }: Model): readonly Inline[] {
  const { answer, attempts, logLevel, onFailure, timeout } = delivery;
  const { rides, waits } = modeOf({ delivery });
  // It is tried, and given up, as the program's own request is.
  if (rides) return [];
  const final =
    putsBack.length === 0
      ? "any answer is final."
      : `after the answer ${putsBack.map((one) => (one === 5 ? "5xx" : one)).join(" or ")} the events wait for the next time, and any other answer is final.`;
  const tried =
    attempts === 1
      ? `A request is tried once, for ${duration(timeout)} at most`
      : `A request that can't be delivered is tried ${counted(attempts, "time")} at most, within ${duration(timeout)} in all`;
  // What the promise not to repeat it says already.
  const said = attempts === 1 && putsBack.length === 0 && guarantees.includes("no-retry");
  const request = said ? `A request is given up after ${duration(timeout)}.` : `${tried}; ${final}`;
  return [
    `${request}${waits ? " Without a connection, events wait." : ""}`,
    ...(answer === undefined
      ? []
      : [`The program uses the receiver's answer, ${size(answer)} of it at most; this page doesn't say what for.`]),
    ...failing({ logLevel, onFailure }, guarantees.includes("silent-on-failure")),
  ];
}

/** Describes failures, without what a promise below says. */
function failing(
  { logLevel, onFailure }: Pick<Delivery, "logLevel" | "onFailure">,
  promised: boolean,
): readonly string[] {
  if (onFailure !== "silent") return [`A failure is logged at level ${logLevel}, and has no other effect.`];
  return promised ? [] : ["A failure is silent: nothing is printed and nothing is logged."];
}

function waiting({ consent, delivery: { queue } }: Model): readonly Inline[] {
  if (queue === undefined) return [];
  const full = { "drop-oldest": "the oldest entries are dropped", "drop-newest": "new entries are dropped" }[
    queue.whenFull
  ];
  return [
    say`Events wait on your machine, in ${code(queue.file)} and files beginning with that name, ${size(queue.maxSize)} at most. When full, ${full}; damaged ones always. What is still in memory when the program ends is appended. ${whenOff(consent)}`,
  ];
}

/** Only what a person answers deletes what waits: a variable may be set for one run alone. */
function whenOff({ ask, commands, order }: Consent): string {
  const ways = [...(commands.disable === undefined ? [] : ["command"]), ...(ask.length === 0 ? [] : ["question"])];
  const answers = order.some(({ place }) => place.kind === "stored") && ways.length > 0;
  return answers
    ? `A no by ${ways.join(" or ")} deletes them; any other holds them back.`
    : "While telemetry is off, they go on waiting.";
}

/** Where the contract names that folder, and no state in it, which would say where it is. */
function folder(model: Model): readonly Inline[] {
  if (statePath(model)?.startsWith(APP_DIR)) return [];
  const { adopts = [], order, parts = [] } = model.consent;
  const files = [
    model.delivery.queue?.file,
    marksOf(model)?.beside,
    ...adopts.flatMap(({ files, queue }) => [...files, queue?.file]),
    ...[...order, ...parts.flatMap((part) => part.order)].flatMap(({ place }) =>
      place.kind === "config" ? [place.config] : [],
    ),
  ];
  return files.some((file) => file?.startsWith(APP_DIR)) ? [appFolder(model.product)] : [];
}

function leftBehind({ queue }: Delivery): readonly Inline[] {
  if (queue === undefined) return [];
  return [
    `If a process crashes while sending, its events are retried after ${duration(queue.reclaimAfter)}, and may arrive twice.`,
  ];
}
