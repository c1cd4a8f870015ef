import { code, enumerate, type Inline, list, type Section, say } from "../emit/document.js";
import { guaranteeWord } from "../language/guarantees.js";
import { modeOf } from "../model/delivery.js";
import { beginsAnew, isMarked, marksOf } from "../model/marks.js";
import type { Delivery, Model } from "../model/model.js";
import { counted, duration, size } from "./words.js";

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
        ...rhythm(model),
        ...limits(model),
        ...waiting(delivery),
        ...flushes(delivery),
        ...trying(model),
        ...leftBehind(delivery),
      ]),
    ],
    sections: guarantees.length === 0 ? [] : [promises],
  };
}

function rhythm(model: Model): readonly Inline[] {
  const said = modeOf(model).rhythm(model);
  if (model.events.some(({ schedule }) => schedule !== undefined))
    return [...said, "When a scheduled event was last sent is kept on your machine."];
  return model.metrics.length === 0 || beginsAnew(model)
    ? said
    : [...said, "When a metric was last sent is kept on your machine."];
}

/** Says what a limit leaves on the machine. */
function limits(model: Model): readonly Inline[] {
  const marks = model.events.some((event) => event.limit !== undefined && isMarked(event)) ? marksOf(model) : undefined;
  if (marks === undefined) return [];
  const place = `${marks.beside.slice(0, marks.beside.lastIndexOf("/") + 1)}${marks.prefix}`;
  return [say`That an event with a limit was sent is kept on your machine, in files beginning with ${code(place)}.`];
}

function flushes({ flush, timeout }: Delivery): readonly Inline[] {
  return flush.length === 0
    ? []
    : [
        say`They are sent ${enumerate(
          flush.map((point) => flushed(point, timeout)),
          "and",
        )}.`,
      ];
}

function flushed(point: Delivery["flush"][number], timeout: number): Inline {
  const { at, commands, every, wait } = point;
  const waiting = wait ? ` (waiting ${duration(timeout)} at most)` : " (without waiting)";
  const named = commands.length === 0 ? "each command" : enumerate(commands.map(code), "and");
  switch (at) {
    case "command-start":
      return say`when ${named} ${commands.length > 1 ? "start" : "starts"}${waiting}`;
    case "command-end":
      return say`when ${named} ${commands.length > 1 ? "end" : "ends"}${waiting}`;
    case "interval":
      return `${every === undefined ? "from time to time" : `every ${duration(every).replace(/^1 /, "")}`} while it runs`;
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
      : `A request that can't be delivered is tried ${counted(attempts, "time")} at most, each time for ${duration(timeout)}`;
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

function waiting({ queue }: Delivery): readonly Inline[] {
  if (queue === undefined) return [];
  const full = { "drop-oldest": "the oldest entries are dropped", "drop-newest": "new entries are dropped" }[
    queue.whenFull
  ];
  return [
    say`Events first wait on your machine, in ${code(queue.file)} and files beginning with that name, ${size(queue.maxSize)} at most. When it is full, ${full}; damaged ones always are. What is still in memory when the program ends is appended.`,
  ];
}

function leftBehind({ queue }: Delivery): readonly Inline[] {
  if (queue === undefined) return [];
  return [
    `If a process crashes while sending, its events are retried after ${duration(queue.reclaimAfter)}, and may arrive twice.`,
  ];
}
