import { MODES } from "../../language/delivery/modes/index.js";
import {
  choice,
  DESCRIBED,
  described,
  duration,
  flag,
  listOf,
  place,
  record,
  ref,
  type Schema,
  size,
  text,
  texts,
  whole,
} from "./schema.js";

const queue = record(
  {
    file: place("Where events wait; begins with ~/, {app_dir}/ or the root."),
    max_size: size("The largest size of the file."),
    when_full: choice("What is dropped when it is full.", ["drop-oldest", "drop-newest"]),
    claim: choice("How one process takes the queue: there is one way, written or not.", ["atomic-rename"]),
    when_corrupt: choice("What happens to a line that can't be read: there is one way, written or not.", ["truncate"]),
    on_exit: choice("What happens to events in memory: there is one way, written or not.", ["synchronous-append"]),
    reclaim_after: duration("When a queue that was taken and never sent may be taken again. 1h by default."),
    described: DESCRIBED,
  },
  ["file", "max_size", "when_full"],
);

const flush = record(
  {
    at: choice("When the queue is sent.", ["command-start", "command-end", "interval", "process-exit"]),
    commands: texts("Of which commands; each by default."),
    wait: flag("Whether the command waits for it, up to the timeout."),
    every: duration("How often, for `interval`."),
    keeps_process_alive: {
      description: "Whether the timer keeps the process running: it never does, written or not.",
      enum: [false],
    },
    described: DESCRIBED,
  },
  ["at"],
);

const debug = record({
  env: described("The environment variable that turns it on. `MY_PRODUCT_TELEMETRY_DEBUG` by default.", ref("env")),
  when: described("When its value does. `truthy` by default.", ref("match")),
  shows: choice("The payload (default), or one line for each send.", ["payload", "one-line-per-send"]),
  sends: {
    description: "`false`: shown instead of sent. Nothing is queued, and no identifier made, for what is only shown.",
    const: false,
  },
  when_off: {
    description: "`true`: shown while telemetry is off, too, when nothing is sent.",
    const: true,
  },
  level: choice("`info` by default.", ["debug", "info"]),
  stream: choice("Where it is shown. `stderr` by default.", ["stderr", "log"]),
  line: text("The line; `{url}` and `{outcome}` are filled in."),
});

const modes = Object.values(MODES).map(({ describes }) => describes);

/** `delivery`: when it is sent. */
export const DELIVERY: Schema = record(
  {
    mode: choice(`${modes.slice(0, -1).join(", ")}, or ${modes.at(-1)}.`, Object.keys(MODES)),
    answer: size("The program uses the receiver's answer, up to this size. Answers aren't read by default."),
    timeout: duration("After which time a request is given up. 5s by default."),
    attempts: whole(
      "How often a request is tried that can't be handed over, within its timeout. Once by default.",
      1,
      5,
    ),
    retry: described(
      "How the product's own code tries again, where that is not `attempts`.",
      record({ what: text("How, in words. Printed."), described: DESCRIBED }, ["what", "described"]),
    ),
    on_failure: choice("`silent` by default.", ["silent", "log"]),
    log_level: choice("The level for `on_failure: log`. `debug` by default.", ["debug", "info", "warn"]),
    batch: whole("How many events one request holds at most. As many as the receiver takes, by default.", 1, 10_000),
    queue: described("The queue of `mode: queued`.", queue),
    flush: { description: "When the queue is sent.", ...listOf(flush) },
    debug: described("How people see what is sent.", debug),
  },
  ["mode"],
);
