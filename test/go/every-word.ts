/** A contract that has every word that the Go client knows, with one gauge for each way in which a label may be given. */
export const everyWord = `telemetry_spec: 1
product: every-word
title: Telemetry
schema_version: 1
summary: What this sample reports.
why: [How it is used.]
never_collected: [Anything else.]
consent:
  model: opt-out
  order:
    - { env: DO_NOT_TRACK, disable_when: truthy }
    - { env: SAMPLE_TELEMETRY, enable_when: truthy, disable_when: [falsy, never] }
    - { env: SAMPLE_LEVEL, disable_when: { any_except: [send, keep] } }
    - { env: SAMPLE_SET, disable_when: non-empty }
    - { flag: --no-telemetry }
    - { flag: --telemetry, disable_when: ["off", never] }
    - { env: SAMPLE_ANY, enable_when: present }
    - { config: sample.yaml, key: telemetry.enabled, enable_when: [true], disable_when: [false, 0] }
    - { given: reporting, means: the value reporting of the chart, enable_when: [true], disable_when: [false] }
  builds: { enterprise: locked-off, community: normal }
identifiers: none
destination: { url: "https://telemetry.example.com/v1", operator: { name: Sample, party: first }, client_ip: discarded, retention: { raw: 90d }, deletion: Write to us. }
contact: Write to us.
metrics:
  reporter:
    when: Once per report.
    every: 90s
    why: To see that a name of the package's own is no trouble.
    labels:
      type: { type: enum, values: [a-b, a_b, "", "1"], why: A reserved word. }
      func: { type: enum, values: [a], why: Another. }
      report: { type: version, example: 1.2.3, why: A third. }
      size: { type: bucket, unit: MiB, below: { small: 10, large: unlimited }, example: small, why: How large. }
      mode: { type: enum, values: [fast, safe, slow], optional: true, why: Which mode. }
      name: { type: text, max_length: 20, example: some name, why: What it is called., justification: It is only a sample of a text. }
      system: { type: enum, values: [linux, other], otherwise: other, why: Where it runs. }
      shell: { type: string, pattern: "^[a-z]+$", max_length: 9, otherwise: other, example: bash, why: Which shell., justification: It is only a sample of a text. }
      weekly: { type: const, value: weekly, why: It never changes. }
      detail: { type: enum, values: [more, less], only_when: { mode: [fast, slow] }, optional: true, why: More of it. }
    value: { type: int, example: 3, means: things }
  string:
    when: Once per report.
    every: 90s
    why: A method of the report's own has this name.
    value: { type: int, max: 5, example: 2 }
wire: { format: prometheus-text }
clients: { go: {} }
delivery: { mode: periodic, timeout: 2s, on_failure: silent }
history:
  - { version: 1, change: First version. }
`;
