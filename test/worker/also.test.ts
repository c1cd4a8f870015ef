import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { WorkerContract } from "../../templates/worker/runtime/contract.js";
import { handle } from "../../templates/worker/runtime/handle.js";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { baseText, changed } from "../evolve/sneak.js";
import { collectingHost } from "./collecting-host.js";

/** The payloads of older clients: another path, another form, other names. */
const old = changed(baseText, [
  ["product: tool", "product: oldtool"],
  ["/v1/events", "/track"],
  [
    "  body: { $common: , events: $each }\n  each: { event: $event, ts: $time, props: { $fields: } }",
    "  body: { name: $event, $common: , data: { $fields: } }",
  ],
  ["  accept_times: { past: 30d, future: 10m }\n", ""],
]);
const withOld = changed(baseText, [["ingest:\n", "ingest:\n  also: [old]\n"]]);

function project(root: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = emptyFolder();
  write(folder, "spec/events.yaml", root);
  for (const [name, text] of Object.entries(files)) write(folder, name, text);
  return folder;
}

const machine_id = "5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58";
const common = { machine_id, os: "linux", schema_version: 1 };

describe("a worker that answers older clients, too", async () => {
  const folder = project(withOld, { "spec/systems/old/events.yaml": old });
  const generated = plainsight(folder, ["gen"]);
  const file = pathToFileURL(join(folder, "generated/worker/contract.js")).href;
  const { contract } = (await import(file)) as { contract: WorkerContract };

  /** Sends a body and returns the answer, and what is kept of it. */
  async function sent(path: string, body: object) {
    const { host, forwarded, settled } = collectingHost({ now: () => Date.parse("2026-06-13T08:00:00.000Z") });
    const request = new Request(`https://telemetry.tool.example${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { status } = await handle(request, contract, host);
    await settled();
    return { status, kept: forwarded.map(({ event, fields }) => ({ event, fields })) };
  }

  it("is generated without a word", () => expect(generated.err).not.toContain("error"));

  it("hears its own clients by its own form, and others on their path by theirs", async () => {
    const kept = [{ event: "install", fields: common }];
    expect(await sent("/v1/events", { ...common, events: [{ event: "install", props: {} }] })).toEqual({
      status: 204,
      kept,
    });
    expect(await sent("/track", { name: "install", ...common, data: {} })).toEqual({ status: 204, kept });
  });

  it("holds each to its own rules", async () => {
    expect(await sent("/v1/events", { name: "install", ...common, data: {} })).toMatchObject({ kept: [] });
    expect(await sent("/track", { ...common, events: [{ event: "install", props: {} }] })).toMatchObject({ kept: [] });
    expect(await sent("/track", { name: "install", ...common, data: {}, home: "/home/ann" })).toEqual({
      status: 204,
      kept: [{ event: "install", fields: common }],
    });
    expect(await sent("/elsewhere", {})).toEqual({ status: 404, kept: [] });
  });
});

describe("a worker can't answer for", () => {
  it.each([
    [
      "a contract that isn't there",
      {},
      'spec/events.yaml names "old" in ingest.also, and there is no systems/old/events.yaml.',
    ],
    [
      "one on its own path",
      { "spec/systems/old/events.yaml": changed(old, [["/track", "/v1/events"]]) },
      'spec/events.yaml and "old" have the same path /v1/events: their clients can\'t be told apart.',
    ],
    [
      "one that answers for others",
      {
        "spec/systems/old/events.yaml": changed(old, [["ingest:\n", "ingest:\n  also: [older]\n"]]),
        "spec/systems/older/events.yaml": changed(old, [["/track", "/older"]]),
      },
      'spec/events.yaml names "old" in ingest.also, which answers for others itself.',
    ],
  ])("%s", (_name, files, message) => {
    const { code, out } = plainsight(project(withOld, files), ["check"]);
    expect(code).toBe(1);
    expect(out).toContain(`error also-unknown  ${message}`);
  });
});
