import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";
import { pythons } from "../vectors/pythons.js";

/** Totals of three calls each, counted by programs in two languages that share a queue, some of which are killed. */
const contract = `telemetry_spec: 1
product: my-tool
title: Telemetry
schema_version: 1
summary: What my tool reports.
why: [How often it is used.]
never_collected: [Anything else.]
consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }
identifiers: none
destination:
  url: https://telemetry.example.com/v1/events
  override: { order: [{ env: MY_TOOL_TELEMETRY_URL }], https_only: true, http_allowed_for: [127.0.0.1] }
  operator: { name: My, party: first }
  client_ip: discarded
  retention: { raw: 90d }
  deletion: Write to privacy@example.com.
events:
  build:
    when: After three builds.
    why: How often it is used.
    rollup: { one_per: [3 calls], combine: { count: calls } }
    fields: { count: { type: int, min: 1, max: 1000, example: 3, why: How many. } }
wire: { format: json, body: { events: $each }, each: { event: $event, props: { $fields: } } }
delivery:
  mode: queued
  timeout: 5s
  queue: { file: "{app_dir}/queue.jsonl", max_size: 1MiB, when_full: drop-oldest, reclaim_after: 2s }
  flush: [{ at: command-end, wait: true }]
clients: { typescript: {}, python: {} }
history: [{ version: 1, change: First version. }]
`;

const folder = temporaryFolder("calls-killed");
const [found] = pythons();
/** Program → how many calls it sent. */
const told = new Map<string, number>();
const server = createServer((incoming, outgoing) => {
  let body = "";
  incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
  incoming.on("end", () => {
    const name = incoming.url?.slice(1) ?? "";
    for (const { props } of (JSON.parse(body) as { events: { props: { count: number } }[] }).events)
      told.set(name, (told.get(name) ?? 0) + props.count);
    outgoing.writeHead(204).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mkdirSync(join(folder, "spec"));
  writeFileSync(join(folder, "spec/events.yaml"), contract);
  const gen = [join(process.cwd(), "dist/plainsight.mjs"), "gen", "--language", "js"];
  execFileSync(process.execPath, gen, { cwd: folder });
  writeFileSync(join(folder, "package.json"), '{"type":"module","version":"1.2.3"}');
  writeFileSync(
    join(folder, "program.mjs"),
    `import * as t from "./generated/client/telemetry.js";
     t.setup({});
     if (process.argv[2] === "now") await t.flush({ now: true });
     else {
       t.countBuild();
       setTimeout(() => process.stdout.write("kept", () => t.commandEnd("build")), 10);
     }`,
  );
  writeFileSync(
    join(folder, "program.py"),
    `import sys
sys.path.insert(0, "generated/python")
import my_tool_telemetry as t
from my_tool_telemetry._contract import client
from my_tool_telemetry._runtime.record import persist
t.setup()
t.count_build()
persist(client)
sys.stdout.write("kept")
sys.stdout.flush()
t.command_end("build")
`,
  );
});
afterAll(() => server.close().closeAllConnections());

interface Run {
  readonly name: string;
  readonly kept: boolean;
  readonly killed: boolean;
}

/** @param after milliseconds after which it is killed. */
const run = (name: string, command: readonly string[], after?: number) =>
  new Promise<Run>((resolve) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, MY_TOOL_TELEMETRY_URL: url };
    const [program = "", ...args] = command;
    const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (text) => {
      // From here on it claims, sends and gives back.
      if (said === "" && after !== undefined) setTimeout(() => child.kill("SIGKILL"), after);
      said += String(text);
    });
    child.on("close", (_, signal) => resolve({ name, kept: said === "kept", killed: signal === "SIGKILL" }));
  });

it("of programs that are killed while they send, no call is lost, and none is told twice but by them", async () => {
  const node = [process.execPath, "program.mjs"];
  const python = [found?.[1] ?? "", "program.py"];
  const runs: Run[] = [];
  for (let round = 0; round < 5; round++) {
    const all = Array.from({ length: 6 }, (_, at) => {
      const command = at % 2 === 1 && found !== undefined ? python : node;
      return run(`${round}-${at}`, command, at < 3 ? (round * 7 + at * 5) % 30 : undefined);
    });
    runs.push(...(await Promise.all(all)));
  }
  expect(runs.filter(({ killed }) => killed).length).toBeGreaterThan(3);
  const sent = (of: readonly string[]) => of.reduce((sum, name) => sum + (told.get(name) ?? 0), 0);
  const byLiving = () => sent([...runs.filter(({ killed }) => !killed).map(({ name }) => name), "last"]);
  const byDead = sent(runs.filter(({ killed }) => killed).map(({ name }) => name));
  const kept = runs.filter((one) => one.kept).length;
  // What the dead hold is free again once its time is over; what came late to a file that was being sent, after ten seconds.
  const everythingArrived = async () => {
    await run("last", [...node, "now"]);
    return byLiving() + byDead >= kept;
  };
  await until("everything arrived", everythingArrived, { every: 500 });
  expect(byLiving()).toBeLessThanOrEqual(runs.length);
});
