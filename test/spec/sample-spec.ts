import { readFileSync } from "node:fs";

/** The five real specs, as texts: what mutations start from. */
export const FIVE: readonly (readonly [path: string, text: string])[] = [
  "spec/events.yaml",
  ...["cocoindex", "cozystack", "docglow", "jina"].map((name) => `spec/systems/${name}/events.yaml`),
].map((path) => [path, readFileSync(path, "utf8")]);

const HEAD = `telemetry_spec: 1
product: sample
title: Telemetry
schema_version: 1
summary: What this sample reports.
why: [How many people use it.]
never_collected: [Anything else.]
consent: { model: opt-in, order: [{ env: SAMPLE_TELEMETRY, enable_when: truthy, disable_when: falsy }] }
identifiers: none
destination:
  url: https://telemetry.example.com/v1
  operator: { name: Sample, party: first }
  client_ip: discarded
  retention: { raw: 90d }
  deletion: Write to privacy@example.com.
wire: { format: json, body: { event: $event, $common: , $fields: } }
delivery: { mode: immediate }
history: [{ version: 1, change: First version. }]
`;

/** A spec with these events; without a finding if they have none. */
export function specWith(events: string): string {
  return `${HEAD}events:\n${events}`;
}

/** A spec with this one field in its only event. */
export function specWithField(field: string): string {
  return specWith(`  start: { when: When it starts., why: How often., fields: { ${field} } }\n`);
}

/** A spec of so many events of four fields each. */
export function largeSpec(events: number): string {
  let text = "";
  for (let index = 0; index < events; index++) {
    text += `  event_${index}:
    when: Each time command ${index} ends.
    why: How often command ${index} is used, and whether it works.
    fields:
      outcome: { type: enum, values: [success, error, cancelled], why: Whether it works. }
      duration:
        type: bucket
        unit: seconds
        below: { "<1s": 1, "1-10s": 10, "10-60s": 60, "1m+": unlimited }
        why: Rough duration - never the exact one.
      count: { type: int, max: 1000, example: 7, why: How many files it touched. }
      agent: { type: string, pattern: '^[a-z0-9][a-z0-9_-]*$', max_length: 24, example: claude, why: Which agent asked for it. }
`;
  }
  return specWith(text);
}
