import type { Model } from "../../generator/model/model.js";
import { modelOf } from "../support/project.js";

export { FIVE, modelOf as read, modelOfSystem as contract } from "../support/project.js";

/** A small contract around some events, written as YAML. */
export function sampleOf(events: string, wire = "body: { event: $event, $common: , $fields: }"): Model {
  return modelOf(
    `telemetry_spec: 1
product: sample
title: Sample
summary: A sample.
schema_version: 1
why: [To see.]
never_collected: [Anything else.]
consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }
identifiers: none
destination: { url: https://example.test/v1, operator: { name: Sample, party: first }, client_ip: discarded, retention: { raw: 30d }, deletion: Ask us. }
contact: Ask us.
events:${events}
wire: { format: json, ${wire} }
delivery: { mode: immediate }
history: [{ version: 1, change: First version. }]
`,
    "spec/events.yaml",
  );
}
