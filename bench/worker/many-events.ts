/** A contract of so many events, of the mix that real ones have: most types are shared, some belong to one event alone. */
export function manyEvents(count: number): string {
  const events = Object.fromEntries(Array.from({ length: count }, (_, index) => [`event_${index}`, event(index)]));
  return JSON.stringify({
    telemetry_spec: 1,
    product: "many",
    title: "Many",
    summary: "Many events.",
    schema_version: 1,
    why: ["To measure."],
    never_collected: ["Anything."],
    consent: { model: "opt-out", order: [{ env: "DO_NOT_TRACK", disable_when: "truthy" }] },
    identifiers: {
      machine_id: {
        identifies: "machine",
        made_from: "random",
        format: { type: "uuid", version: 4 },
        created: "first-run",
      },
    },
    destination: {
      url: "https://t.example/v1/events",
      operator: { name: "Us", party: "first" },
      client_ip: "never-read",
    },
    types: { token: { type: "string", pattern: "^[a-z0-9][a-z0-9_-]*$", max_length: 24 } },
    common: {
      machine_id: { type: "identifier", why: "Counts machines." },
      app_version: { type: "version", example: "1.2.3", why: "Adoption." },
      os: { type: "enum", values: ["darwin", "linux", "win32"], why: "Platforms." },
      schema_version: { type: "const", value: 1, why: "Which revision applies." },
    },
    events,
    wire: {
      format: "json",
      body: { $common: null, events: "$each" },
      each: { event: "$event", ts: "$time", props: { $fields: null } },
    },
    delivery: { mode: "immediate", timeout: "5s" },
    ingest: {
      forward_to: {
        sink: "posthog",
        url: "https://us.i.posthog.com/batch/",
        secret: "POSTHOG_KEY",
        distinct_id: "machine_id",
      },
    },
    history: [{ version: 1, change: "First version." }],
  });
}

/** Five fields; every fourth event has a set of values of its own. */
function event(index: number): object {
  const own =
    index % 4 === 0
      ? { mode: { type: "enum", values: [`a${index}`, `b${index}`, "other"], why: "Which mode." } }
      : { ok: { type: "bool", why: "Whether it worked." } };
  return {
    when: "Each time.",
    why: "How often it is used.",
    fields: {
      name: { type: "token", example: "abc", why: "Which one." },
      count: { type: "int", max: 1000000, example: 1, why: "How often." },
      kind: { type: "enum", values: index % 2 === 0 ? ["tool", "command"] : ["local", "global"], why: "Which kind." },
      tags: { type: "list", of: "token", max_items: 12, example: [], why: "Which tags.", optional: true },
      ...own,
    },
  };
}
