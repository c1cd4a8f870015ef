import { COMBINE } from "../../language/combine/index.js";
import { ONLY_WHERE } from "../../language/consent/places/fact.js";
import { beside } from "../../language/delivery/every.js";
import { RHYTHM } from "../../language/delivery/index.js";
import { OWNED } from "./owned.js";
import { CODE_NAME } from "./patterns.js";
import {
  choice,
  described,
  listOf,
  mapOf,
  PART_OF,
  record,
  ref,
  type Schema,
  SINCE_EPOCH,
  TEXT,
  text,
} from "./schema.js";

const spoken = {
  when: text("When it is sent, in words; not needed with `every`."),
  why: text("Which question it answers."),
  note: text("Printed with it."),
  ...OWNED,
};

/** Events by the clock need no occasion in words. */
const occasion: Schema = { anyOf: [{ required: ["when"] }, { required: ["every"] }] };

/** By the clock, in an event and in a metric. */
const clock = { every: RHYTHM.every.schema, ...beside };

const rollup = record(
  {
    one_per: {
      description:
        "`hour`, `day`, `week` (UTC, from Monday) or a number of calls (`300 calls`), and the fields that group.",
      ...listOf(TEXT, { minItems: 1, uniqueItems: true }),
    },
    combine: described(
      "Field → how the calls are combined.",
      mapOf(
        {
          description: `${Object.entries(COMBINE)
            .map(([name, { describes }]) => `\`${name}\` ${describes}`)
            .join("; ")}.`,
          enum: Object.keys(COMBINE),
        },
        undefined,
        { minProperties: 1 },
      ),
    ),
    code_names: {
      description:
        "The names of the functions that count a call and bind a group; `countInstall` and `installCounter` by default.",
      ...listOf({ type: "string", pattern: CODE_NAME, maxLength: 64 }, { minItems: 2, maxItems: 2, uniqueItems: true }),
    },
  },
  ["one_per", "combine"],
);

const evenWhenOff = record(
  {
    reason: text("Why it is sent anyway."),
    despite: {
      description:
        "Places whose no is ignored: `stored`, `config`, `default` (nobody has said anything), or a variable, flag or setting by name.",
      ...listOf(TEXT, { minItems: 1, uniqueItems: true }),
    },
    on: choice("Only once, by the command that turns telemetry off.", ["disable"]),
  },
  ["reason", "despite"],
);

const event = record(
  {
    ...spoken,
    even_when_off: described("Sent although telemetry is off.", evenWhenOff),
    fields: described("Name → field.", mapOf(ref("field"))),
    part: PART_OF,
    since_epoch: SINCE_EPOCH,
    only_where: ONLY_WHERE,
    renamed_from: described("Its name in the version before.", ref("name")),
    ...clock,
    limit: RHYTHM.limit.schema,
    sample: RHYTHM.sample.schema,
    rollup: described("Counted locally, sent as totals.", rollup),
  },
  ["why"],
  occasion,
);

/** `events`: name → event. */
export const EVENTS: Schema = mapOf(event, undefined, { minProperties: 1 });

const metric = record(
  {
    ...spoken,
    ...clock,
    labels: described("Name → field, in this order.", mapOf(ref("field"), ref("labelName"), { minProperties: 1 })),
    part: PART_OF,
    since_epoch: SINCE_EPOCH,
    only_where: ONLY_WHERE,
    value: described("What the number is.", ref("value")),
  },
  ["why", "value"],
  occasion,
);

/** `metrics`: name → Prometheus gauge. */
export const METRICS: Schema = mapOf(metric, ref("metricName"), { minProperties: 1 });
