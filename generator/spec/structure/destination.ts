import { ENDPOINT } from "./patterns.js";
import { choice, described, duration, listOf, mapOf, record, ref, type Schema, text } from "./schema.js";

const env = described("An environment variable.", ref("env"));

const override = record(
  {
    order: {
      description: "The first that is set counts.",
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
    https_only: { description: "Always so.", const: true },
    http_allowed_for: {
      description: "Host names for which http:// is accepted.",
      ...listOf({ enum: ["localhost", "127.0.0.1", "::1"] }, { uniqueItems: true }),
    },
    when_rejected: choice("When an override is not accepted. `use-default` by default.", [
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
      description: "An address, which may hold placeholders; `from-build`; or `operator`.",
      type: "string",
      pattern: ENDPOINT,
    },
    method: choice("POST by default.", ["POST", "PUT", "GET", "HEAD"]),
    override: described("Where people may name another endpoint.", override),
    operator: described(
      "Who runs the endpoint.",
      record({ name: text("Their name."), party: choice("`first`: the product's makers.", ["first", "third"]) }, [
        "name",
        "party",
      ]),
    ),
    client_ip: {
      description: "What happens to the sender's address; or `{ is: discarded, used_for: … }`.",
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
          raw: duration("Of single reports."),
          aggregates: text("Of sums, in words."),
          tiers: described(
            "Where it differs: `{ backups: 30d }`.",
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
