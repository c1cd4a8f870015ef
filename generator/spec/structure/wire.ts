import { choice, described, record, ref, type Schema } from "./schema.js";

const key = (description: string) => described(description, ref("name"));
const encoding = choice("How the body is encoded. `plain` where nothing is written.", ["plain", "base64url"]);

/** `wire`: the format of what travels. */
export const WIRE: Schema = {
  anyOf: [
    record(
      {
        format: { description: "One flat object: name, common and event fields.", const: "json" },
        event_key: key("The key of the event's name; `none` leaves the name out."),
        encoding,
      },
      ["format", "event_key"],
    ),
    record(
      {
        format: { description: "Common fields beside a list of events.", const: "json-batch" },
        events_key: key("The key of the list."),
        event_key: key("The key of an event's name."),
        fields_key: key("The key of an event's fields."),
        time_key: key("The key of an event's time; without it no time is sent."),
        encoding,
      },
      ["format", "events_key", "event_key", "fields_key"],
    ),
    record({ format: { description: "One sample per line.", const: "prometheus-text" } }, ["format"]),
  ],
};
