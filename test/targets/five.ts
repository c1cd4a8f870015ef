import { readFileSync } from "node:fs";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";

/** The five contracts of the project, by product. */
export const FIVE = ["codegraph", "cocoindex", "cozystack", "docglow", "jina"] as const;

export function contract(product: string): Model {
  const path = product === "codegraph" ? "spec/events.yaml" : `spec/systems/${product}/events.yaml`;
  return read(readFileSync(path, "utf8"), path);
}

/** A small contract around some events, written as YAML. */
export function modelOf(events: string): Model {
  return read(
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
wire: { format: json, body: { event: $event, $common: , $fields: } }
delivery: { mode: immediate }
history: [{ version: 1, change: First version. }]
`,
    "spec/events.yaml",
  );
}

export function read(text: string, path: string): Model {
  const { model, diagnostics } = readContract(text, path);
  if (model === undefined) throw new Error(`${path}: ${diagnostics.map(({ message }) => message).join(" ")}`);
  return model;
}
