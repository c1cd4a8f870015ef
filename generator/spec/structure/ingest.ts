import { DERIVED } from "../../language/derives/index.js";
import { sinkNames, sinks } from "../../language/sinks/index.js";
import { SINK_URL } from "./patterns.js";
import {
  choice,
  DESCRIBED,
  described,
  duration,
  listOf,
  mapOf,
  record,
  ref,
  type Schema,
  size,
  text,
  texts,
  whole,
} from "./schema.js";

const answer = (description: string) => whole(description, 200, 599);

const forward = record(
  {
    sink: choice(
      `What kind of store receives it: ${sinkNames.map((name) => `\`${name}\` ${sinks[name].about}`).join("; ")}.`,
      sinkNames,
    ),
    url: { description: "Its URL.", type: "string", pattern: SINK_URL },
    secret: described("The name of the worker's secret.", ref("env")),
    distinct_id: text("The identifier that becomes PostHog's distinct_id."),
    region: { description: "Of a bucket, where its URL doesn't say it.", type: "string", pattern: "^[a-z0-9-]{1,40}$" },
    add: { description: "What the worker adds to every event.", type: "object", propertyNames: ref("name") },
    backend_settings: texts("Settings of the store that people should know of. Printed."),
  },
  ["sink"],
);

/** `ingest`: what the receiver does. */
export const INGEST: Schema = record({
  worker: text("Where the worker lives."),
  operated_by: text("Who runs the receiver, if it isn't the generated worker."),
  also: listOf(
    { type: "string", pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$" },
    {
      description:
        "Contracts under systems/ whose older clients are still answered here, on their paths, by their rules.",
      minItems: 1,
      uniqueItems: true,
    },
  ),
  unknown_event: choice("`drop` by default.", ["drop", "reject"]),
  unknown_field: choice("An unknown key: `strip` it (default), `drop` the event, or `reject` the request.", [
    "strip",
    "drop",
    "reject",
  ]),
  invalid_field: choice("A bad value: the same three.", ["strip", "drop", "reject"]),
  supported: described(
    "Older versions get a success and are discarded.",
    record({ from: whole("The oldest that is accepted.", 1) }, ["from"]),
  ),
  limits: described(
    "Of one request.",
    record({
      body: size("64KiB by default."),
      events: whole("100 by default.", 1, 10_000),
    }),
  ),
  rate_limit: described(
    "Of one sender.",
    record(
      {
        per: text("The identifier that counts."),
        requests: whole("So many requests …", 1),
        window: duration("… in this time."),
        described: DESCRIBED,
      },
      ["per", "requests", "window"],
    ),
  ),
  accept_times: described(
    "Times outside are removed, the event kept.",
    record({ past: duration("How old."), future: duration("How far ahead.") }, [], { minProperties: 1 }),
  ),
  responses: described(
    "HTTP status for each outcome.",
    record({
      accepted: whole("204 by default.", 200, 299),
      malformed: answer("400 by default."),
      too_large: answer("413 by default."),
      rate_limited: answer("429 by default."),
      wrong_path: answer("404 by default."),
      wrong_method: answer("405 by default."),
      unavailable: answer("503 by default: no room."),
      puts_back: {
        description:
          "Answers after which a queue keeps its events for the next time, or `5xx` for all that say that the receiver failed. None by default: any answer is final.",
        anyOf: [
          { enum: ["5xx"] },
          {
            type: "array",
            items: whole("A status of the receiver's failure.", 500, 599),
            minItems: 1,
            uniqueItems: true,
          },
        ],
      },
    }),
  ),
  derives: described(
    "What the receiver works out.",
    mapOf(
      record(
        {
          from: {
            description: `${Object.entries(DERIVED)
              .map(([name, { describes }]) => `\`${name}\`: ${describes}`)
              .join(". ")}.`,
            enum: Object.keys(DERIVED),
          },
        },
        ["from"],
      ),
      ref("name"),
      { minProperties: 1 },
    ),
  ),
  forward_to: described("Where accepted events go.", forward),
});
