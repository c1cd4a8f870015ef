import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { Host, WorkerContract } from "../../templates/worker/runtime/contract.js";
import { everything } from "../../templates/worker/runtime/everything.js";
import { handle } from "../../templates/worker/runtime/handle.js";
import { serve } from "../../templates/worker/runtime/workers.js";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { baseText, changed } from "../evolve/sneak.js";
import { ask, collectingHost, json } from "./collecting-host.js";

/** The payloads of older clients: another path, another form, other names. */
const old = changed(baseText, [
  ["product: tool", "product: oldtool"],
  ["/v1/events", "/track"],
  [
    "  body: { $common: , events: $each }\n  each: { event: $event, ts: $time, props: { $fields: } }",
    "  body: { name: $event, $common: , data: { $fields: } }",
  ],
  ["  accept_times: { past: 30d, future: 10m }\n", ""],
  ["body: 64KiB, events: 100", "body: 64KiB"],
  [
    "    enable: { run: tool telemetry on }\n",
    "    enable: { run: tool telemetry on }\n    forget: { run: tool telemetry forget }\n",
  ],
  ["ingest:\n", "ingest:\n  rate_limit: { per: machine_id, requests: 6, window: 1h }\n"],
]);
const withOld = changed(baseText, [
  ["ingest:\n", "ingest:\n  also: [old]\n  rate_limit: { per: machine_id, requests: 6, window: 1h }\n"],
]);

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
  async function sent(path: string, body: object, more: Partial<Host> = {}) {
    const { host, forwarded, settled } = collectingHost({ now: () => Date.parse("2026-06-13T08:00:00.000Z"), ...more });
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

  it("hears who has exactly this path before who has it by a placeholder", async () => {
    const body = json({ name: "install", ...common, data: {} });
    const { forwarded } = await ask({ ...contract, path: "/{$event}" }, "/track", body);
    expect(forwarded.map(({ event }) => event)).toEqual(["install"]);
  });

  it("forgets whom only the older contract promises to forget, by its own limit", async () => {
    const seen: unknown[] = [];
    const forget: Host["forget"] = async (who) => seen.push(who) > 0;
    expect(await sent("/v1/forget", { machine_id }, { forget })).toEqual({ status: 200, kept: [] });
    expect(seen).toEqual([{ name: "machine_id", value: machine_id }]);
    expect(await sent("/v1/forget", { machine_id: "x" }, { forget })).toMatchObject({ status: 400 });
    expect(await sent("/v1/forget", { machine_id }, { forget, limited: () => true })).toMatchObject({ status: 429 });
  });

  it("counts the senders of each apart on Workers, too", async () => {
    const keys: string[] = [];
    const limit = async ({ key }: { key: string }) => ({ success: keys.push(key) > 0 });
    const env = { LIMIT_IDENTIFIER: { limit }, LIMIT_ALL: { limit } };
    const worker = serve(
      contract,
      () => ({ send: async () => ({ kind: "stored" }) }),
      { about: "", contract: "" },
      everything,
    );
    for (const path of ["/v1/events", "/track"]) {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ ...common, events: [], name: "install", data: {} });
      const request = new Request(`https://telemetry.tool.example${path}`, { method: "POST", headers, body });
      await worker.fetch(request, env, { waitUntil: () => undefined });
    }
    expect(keys).toEqual([`-1 ${machine_id}`, "-1 all", `0 ${machine_id}`, "0 all"]);
  });

  it("says in which window Cloudflare counts", () => {
    const page = readFileSync(join(folder, "TELEMETRY.md"), "utf8").replaceAll(/\s+/g, " ");
    expect(page).toContain("over 6 in 1 hour with one `machine_id`, or on Cloudflare over 6 in 1 minute (429)");
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
    [
      "one whose path may be its own",
      {
        "spec/events.yaml": changed(old, [
          ["/track", "/v1/{event}/in"],
          ["ingest:\n", "ingest:\n  also: [old]\n"],
        ]),
        "spec/systems/old/events.yaml": changed(old, [["/track", "/v1/old-{event}/{event}"]]),
      },
      'spec/events.yaml and "old" have the paths /v1/{}/in and /v1/old-{}/{}, which may be the same one: their clients can\'t be told apart.',
    ],
    [
      "one with another store",
      { "spec/systems/old/events.yaml": changed(old, [["source: tool", "source: old"]]) },
      'spec/events.yaml and "old" have one worker and so one store: ingest.forward_to must be the same in both.',
    ],
    [
      "one with another limit",
      { "spec/systems/old/events.yaml": changed(old, [["requests: 6", "requests: 60"]]) },
      'spec/events.yaml and "old" have one worker, which counts by its own ingest.rate_limit: requests and window must be the same in both.',
    ],
  ])("%s", (_name, files, message) => {
    const { code, out } = plainsight(project(withOld, files), ["check"]);
    expect(code).toBe(1);
    expect(out).toContain(`error also-unknown  ${message}`);
  });
});
