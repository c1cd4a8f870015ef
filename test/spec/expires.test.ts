import { expect, it } from "vitest";
import { readContract } from "../../generator/spec/read-contract.js";

const spec = (event: string, field: string) => `
telemetry_spec: 1
product: sample
title: Telemetry
schema_version: 1
summary: What this sample reports.
why: [How many people use it.]
never_collected: [Anything else.]
consent: { model: opt-in, order: [{ env: SAMPLE, enable_when: truthy, disable_when: falsy }] }
identifiers: none
destination: { url: https://t.example, operator: { name: S, party: first }, client_ip: discarded, retention: { raw: 90d }, deletion: Write. }
events:
  start:
    when: When it starts.
    why: How often.
    ${event}
    fields: { os: { type: enum, values: [linux], optional: true, ${field} why: Which. } }
wire: { format: json, body: { event: $event, $fields: } }
delivery: { mode: immediate }
history: [{ version: 1, change: First version. }]
`;

it.each([
  ["long before", 'expires: "2027-01-01"', "", "2026-06-01", []],
  ["a month before", 'expires: "2027-01-01"', "", "2026-12-02", ['"start" ends on 2027-01-01.']],
  [
    "on the day",
    'expires: "2027-01-01"',
    "",
    "2027-01-01",
    ['"start" ended on 2027-01-01: no client sends it any more.'],
  ],
  ["a field", "", 'expires: "2027-01-01",', "2026-12-31", ['"os" ends on 2027-01-01.']],
  ["without a date of today", 'expires: "2020-01-01"', "", undefined, []],
] as const)("%s", (_, event, field, today, messages) => {
  const { diagnostics, model } = readContract(spec(event, field), "events.yaml", today);
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual(messages.map((one) => ["expires-soon", one]));
  expect(model).toBeDefined();
});
