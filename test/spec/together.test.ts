import { expect, it } from "vitest";
import { joinProgrammes } from "../../generator/spec/join-programmes.js";
import { judgeTogether } from "../../generator/spec/together.js";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { modelOf } from "../support/project.js";

const own = (path: string) => `
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { stored: enabled }]
  state_file: { path: "${path}", keys: { enabled: { type: bool } } }`;

const contract = (queue: string, consent: string, more = "") => `telemetry_spec: 1
product: tool
title: Telemetry
schema_version: 1
summary: What it reports.
why: [What breaks.]
never_collected: [Names of files.]
consent: ${consent}
identifiers: none
destination:
  url: https://telemetry.tool.example/${queue}
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Write to us.
events: { run: { when: It ran., why: How often. } }
wire: { format: json, body: { event: $event, $common: , $fields: } }
delivery: { mode: queued, queue: { file: "~/.tool/${queue}.jsonl", max_size: 64KiB, when_full: drop-oldest } }
ingest: { worker: worker, forward_to: { sink: sqlite }${more} }
history: [{ version: 1, change: First version. }]
`;

const first = contract("queue", own("~/.tool/telemetry.json"));

it.each([
  ["a copy", contract("queue", own("~/.tool/telemetry.json")), "the same state file and the same queue"],
  ["one file by another spelling", contract("crashes", own("~/.Tool/telemetry.json")), "the same state file"],
  ["the other file", contract("Queue", own("~/.tool/crash.json")), "the same queue"],
  ["files of its own", contract("crashes", own("~/.tool/crash.json")), undefined],
  ["the other's consent", contract("crashes", "{ use: ../../events.yaml }"), undefined],
  ["older clients to answer for", contract("other", own("~/.tool/telemetry.json"), ", also: [first]"), undefined],
])("a contract beside another, with %s", (_, text, shared) => {
  const texts = new Map([
    ["spec/events.yaml", first],
    ["spec/systems/crash/events.yaml", text],
  ]);
  const [one, other] = [...joinProgrammes(texts)].map(([source, joined]) => modelOf(joined, source));
  if (one === undefined || other === undefined) throw new Error("both load");
  const found = judgeTogether([
    { system: "first", model: one },
    { system: "crash", model: other },
  ]);
  expect(found.map(({ code, severity, message }) => [code, severity, message])).toEqual(
    shared === undefined
      ? []
      : [
          [
            "files-shared",
            "warning",
            `spec/events.yaml and spec/systems/crash/events.yaml have ${shared}, but not the same consent.`,
          ],
        ],
  );
});

it("a copy is told with the way out, and fails where warnings do", () => {
  const folder = emptyFolder();
  write(folder, "spec/events.yaml", first);
  write(folder, "spec/systems/crash/events.yaml", first);
  const { code, out, err } = plainsight(folder, ["gen"]);
  const told = out + err;
  expect([code, told.includes("warning files-shared"), told.includes("consent: { use: ../../events.yaml }")]).toEqual([
    0,
    true,
    true,
  ]);
  expect(plainsight(folder, ["check", "--strict"]).code).toBe(1);
});
