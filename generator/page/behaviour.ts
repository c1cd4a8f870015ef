import { code, enumerate, type Inline, list, paragraph, type Section, say } from "../emit/document.js";
import type { Delivery, Guarantee, Ingest, Model } from "../model/model.js";
import { inStep, reportsEvery } from "../model/schedule.js";
import { counted, duration, size } from "./words.js";

/** When it is sent, what it costs, and what happens when it can't be. */
export function behaviour(model: Model): Section {
  const { delivery, guarantees, ingest } = model;
  const promises: Section = {
    title: "Promises",
    blocks: [
      paragraph("Each of these is held by tests that are generated together with this page."),
      list(guarantees.map((name) => sentences[name])),
    ],
  };
  return {
    title: "How it behaves, also when it fails",
    blocks: [
      list([
        ...rhythm(model),
        ...waiting(delivery),
        ...flushes(delivery),
        ...trying(delivery, ingest),
        ...leftBehind(delivery),
      ]),
    ],
    sections: guarantees.length === 0 ? [] : [promises],
  };
}

const sentences = {
  "allowlist-only": "Only what this page lists is sent. Whatever else is handed in stays on your machine.",
  "off-is-off": "Off is off: no connection is opened, no file is written, and nothing is put together.",
  "never-blocks": "The program's own work never waits for it: it runs beside that work, or after it.",
  "never-throws": "Whatever goes wrong in it never becomes an error of the program.",
  "exit-code-unaffected": "The program's exit code is the same with it and without it.",
  "silent-on-failure": "When it fails, it says nothing.",
  "no-stdout": "It never writes to stdout.",
  "no-retry": "A request that failed is not repeated.",
  "no-new-dependencies": "It adds no dependency to the program.",
  "not-in-debug-builds": "Debug builds do not contain it.",
} as const satisfies Record<Guarantee, string>;

/** As the client's runtime has it (`send-event.ts`). */
const mostAtOnce = 64;

function rhythm(model: Model): readonly Inline[] {
  const { delivery, events } = model;
  const byTheClock = events.filter(({ schedule }) => schedule !== undefined).length;
  const kept = byTheClock === 0 ? [] : ["When one that goes by the clock was sent last is kept on your machine."];
  switch (delivery.mode) {
    case "immediate":
      return [
        `Each event is sent in the background, in a request of its own, ${occasionsOf(byTheClock, events.length)}.`,
        `At most ${mostAtOnce} are on their way at once; what happens meanwhile is not sent.`,
        ...kept,
      ];
    case "periodic":
      return [reports(model)];
    case "queued":
      return ["Events are first kept on your machine, and sent later.", ...kept];
  }
}

function occasionsOf(byTheClock: number, all: number): string {
  if (byTheClock === 0) return "as soon as it happens";
  return byTheClock === all ? "when the clock says so" : "as soon as it happens, or when the clock says so";
}

function reports(model: Model): string {
  const every = reportsEvery(model);
  if (every === undefined) return "A report is sent from time to time.";
  return inStep(model)
    ? `A report is sent every ${duration(every).replace(/^1 /, "")}.`
    : "A report is sent when one of its metrics is due; it holds those that are.";
}

function flushes({ flush, timeout }: Delivery): readonly Inline[] {
  return flush.map((point) => flushed(point, timeout));
}

function flushed(point: Delivery["flush"][number], timeout: number): Inline {
  const { at, commands, every, wait } = point;
  const waiting = wait ? `, waiting for it ${duration(timeout)} at most` : ", without waiting for it";
  const named = commands.length === 0 ? "each command" : enumerate(commands.map(code), "and");
  switch (at) {
    case "command-start":
      return say`They are sent when ${named} ${commands.length > 1 ? "start" : "starts"}${waiting}.`;
    case "command-end":
      return say`They are sent when ${named} ${commands.length > 1 ? "end" : "ends"}${waiting}.`;
    case "interval": {
      const often = every === undefined ? "from time to time" : `every ${duration(every).replace(/^1 /, "")}`;
      return `They are sent ${often} while a program runs on; it is not kept running for that.`;
    }
    case "process-exit":
      return say`They are sent when the program ends${waiting}.`;
  }
}

function trying(
  { attempts, logLevel, mode, onFailure, timeout }: Delivery,
  { putsBack = [] }: Ingest,
): readonly Inline[] {
  const final =
    putsBack.length === 0
      ? "Whatever the receiver answers is final."
      : `After the answer ${putsBack.join(" or ")} the events wait for the next time; any other answer is final.`;
  return [
    `A request is given up after ${duration(timeout)}.`,
    attempts === 1
      ? `A request is tried once. ${final}`
      : `A request that can't be handed over is tried ${counted(attempts, "time")} at most. ${final}`,
    ...(mode === "queued"
      ? ["What could not be handed over, because there was no connection, waits for the next time."]
      : []),
    onFailure === "silent"
      ? "A failure is silent: nothing is printed and nothing is logged."
      : `A failure is logged at level ${logLevel}, and has no other effect.`,
  ];
}

function waiting({ queue }: Delivery): readonly Inline[] {
  if (queue === undefined) return [];
  const full = queue.whenFull === "drop-oldest" ? "the oldest entries are dropped" : "new entries are dropped";
  return [
    say`Until then they are in ${code(queue.file)}, never more than ${size(queue.maxSize)}: when it is full, ${full}; when it is damaged, what is damaged in it is thrown away.`,
    "When the program ends, what is still in memory is appended to that file at once.",
  ];
}

function leftBehind({ queue }: Delivery): readonly Inline[] {
  if (queue === undefined) return [];
  return [
    `A program takes what is waiting by renaming the file, so that no other sends it, too. What a program that died had taken is put back after ${duration(queue.reclaimAfter)}.`,
    "Nothing is sent twice, with one exception: if the program dies in the moment after a request has gone out and before it is noted that it has, what was in it is sent again.",
  ];
}
