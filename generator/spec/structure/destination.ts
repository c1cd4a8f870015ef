import { ENDPOINT } from "./patterns.js";
import { choice, described, duration, listOf, mapOf, record, ref, type Schema, text } from "./schema.js";

const env = described("An environment variable.", ref("env"));

const override = record(
  {
    order: {
      description: "The places that may name another endpoint; the first that is set counts.",
      ...listOf(
        {
          anyOf: [
            record({ env }, ["env"]),
            record({ config: text("A configuration file."), key: text("The key in it.") }, ["config", "key"]),
          ],
        },
        { minItems: 1 },
      ),
    },
    https_only: { description: "Always so; written for the reader.", const: true },
    http_allowed_for: {
      description: "Exact host names for which http:// is accepted, for trying things out.",
      ...listOf({ enum: ["localhost", "127.0.0.1", "::1"] }, { uniqueItems: true }),
    },
    when_rejected: choice("What follows when an override is not accepted. Default: `use-default`.", [
      "use-default",
      "try-next",
      "disable",
    ]),
  },
  ["order"],
);

const CLIENT_IP = ["never-read", "discarded", "geolocated-then-discarded", "stored", "not-stated"];

/** `destination`: where it goes and what happens to it there. */
export const DESTINATION: Schema = record(
  {
    url: {
      description:
        "Where it is sent. A field of `common` may be in its path, as `{common.NAME}`. `from-build`: a release build names it, and without one nothing is sent. `operator`: whoever runs the program names it, in a place of `override`, or in the variable `MY_PRODUCT_TELEMETRY_URL`.",
      type: "string",
      pattern: ENDPOINT,
    },
    method: choice(
      "How it is sent. POST by default; GET and HEAD have no body, so everything is in `wire.query` and in headers.",
      ["POST", "PUT", "GET", "HEAD"],
    ),
    override: described("How people may send it elsewhere.", override),
    operator: described(
      "Who runs the endpoint.",
      record(
        { name: text("Their name."), party: choice("The product's own makers, or somebody else.", ["first", "third"]) },
        ["name", "party"],
      ),
    ),
    client_ip: {
      description:
        "What happens to the sender's IP address; or `{ is: discarded, used_for: … }`, which says what it is used for, too.",
      anyOf: [
        { enum: CLIENT_IP },
        record(
          {
            is: choice("What happens to it.", CLIENT_IP),
            used_for: text("What it is used for while it is there: `counting requests`. Printed."),
          },
          ["is", "used_for"],
        ),
      ],
    },
    stored_in: text("Where it is kept."),
    access: text("Who can see it."),
    retention: described(
      "How long it is kept.",
      record(
        {
          raw: duration("How long single reports are kept."),
          aggregates: text("How long sums are kept, in words."),
          tiers: described(
            "Kind of store or of report → how long it is kept, where that differs: `backups: 30d`.",
            mapOf(duration("How long."), undefined, { minProperties: 1 }),
          ),
        },
        [],
        { minProperties: 1 },
      ),
    ),
    deletion: text("How a person has their data deleted."),
  },
  ["url", "operator", "client_ip"],
);
