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
    max_size: size("At most."),
    when_full: choice("What goes when it is full.", ["drop-oldest", "drop-newest"]),
    claim: choice("How a process takes the queue; always so.", ["atomic-rename"]),
    when_corrupt: choice("Of a line that can't be read; always so.", ["truncate"]),
    on_exit: choice("Of events in memory; always so.", ["synchronous-append"]),
    reclaim_after: duration("When a queue that was taken and never sent is free again. 1h by default."),
    described: DESCRIBED,
  },
  ["file", "max_size", "when_full"],
);

const flush = record(
  {
    at: choice("When the queue is sent.", ["command-start", "command-end", "interval", "process-exit"]),
    commands: texts("At which commands; all by default.", { uniqueItems: true }),
    wait: flag(
      "An end waits, up to the timeout. Without it, a program that ends within a tenth of a second sends nothing.",
    ),
    every: duration("How often, for `interval`."),
    keeps_process_alive: {
      description: "Always so.",
      enum: [false],
    },
    described: DESCRIBED,
  },
  ["at"],
);

const debug = record({
  env: described("The variable that turns it on. `MY_PRODUCT_TELEMETRY_DEBUG` by default.", ref("env")),
  when: described("`truthy` by default.", ref("match")),
  shows: choice("`payload` by default.", ["payload", "one-line-per-send"]),
  sends: {
    description: "Shown instead of sent.",
    const: false,
  },
  when_off: {
    description: "Shown while telemetry is off, too.",
    const: true,
  },
  level: choice("`info` by default.", ["debug", "info"]),
  stream: choice("`stderr` by default.", ["stderr", "log"]),
  line: text("The line; `{url}` and `{outcome}` are filled in."),
});

const modes = Object.values(MODES).map(({ describes }) => describes);

/** `delivery`: when it is sent. */
export const DELIVERY: Schema = record(
  {
    mode: choice(`${modes.slice(0, -1).join(", ")}, or ${modes.at(-1)}.`, Object.keys(MODES)),
    answer: size("The program uses the answer, up to this size."),
    timeout: duration("5s by default."),
    attempts: whole("Tries within the timeout. 1 by default.", 1, 5),
    retry: described(
      "How the product's own code tries again.",
      record({ what: text("How, in words."), described: DESCRIBED }, ["what", "described"]),
    ),
    on_failure: choice("`silent` by default.", ["silent", "log"]),
    log_level: choice("`debug` by default.", ["debug", "info", "warn"]),
    batch: whole("Most events in a request. What the receiver takes, by default.", 1, 10_000),
    queue: described("The queue of `mode: queued`.", queue),
    flush: { description: "When the queue is sent.", ...listOf(flush) },
    debug: described("How people see what is sent.", debug),
  },
  ["mode"],
);
