import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";

/** A contract whose receiver says with 503 that it kept nothing. */
const contract = `telemetry_spec: 1
product: my-tool
title: Usage telemetry
schema_version: 1
summary: my-tool counts builds.
why: [How often it is used.]
never_collected: [Anything else.]
consent:
  model: opt-out
  order:
    - { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } }
    - { env: MY_TOOL_TELEMETRY, enable_when: truthy, disable_when: falsy }
identifiers: none
destination:
  url: https://telemetry.example.com/v1/events
  override: { order: [ { env: MY_TOOL_TELEMETRY_URL } ], https_only: true, http_allowed_for: [127.0.0.1] }
  operator: { name: my-tool, party: first }
  client_ip: never-read
  retention: { raw: 365d, tiers: { "nightly backups": 30d } }
  deletion: Nothing that is stored says whose it is.
events:
  build:
    when: After each build.
    why: How often it is used.
    fields:
      target: { type: enum, values: [debug, release], why: Which builds. }
wire: { format: json, body: { events: $each }, each: { event: $event, ts: $time, props: { $fields: } } }
delivery:
  mode: queued
  timeout: 5s
  queue: { file: "{app_dir}/queue.jsonl", max_size: 64KiB, when_full: drop-oldest }
  flush: [ { at: command-end, commands: [build], wait: true } ]
ingest: { responses: { puts_back: [503] } }
history: [ { version: 1, change: First version. } ]
`;

const folder = temporaryFolder("puts-back");
const answers: number[] = [];
const bodies: string[] = [];
const server = createServer((incoming, outgoing) => {
  let body = "";
  incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
  incoming.on("end", () => {
    bodies.push(body);
    outgoing.writeHead(answers.shift() ?? 204).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mkdirSync(join(folder, "spec"));
  writeFileSync(join(folder, "spec/events.yaml"), contract);
  gen();
  writeFileSync(join(folder, "package.json"), '{"type":"module","version":"1.2.3"}');
  writeFileSync(
    join(folder, "program.mjs"),
    `import * as t from "./generated/client/telemetry.js";
     t.setup({});
     if (process.argv[2] === "record") t.build({ target: "debug" });
     await t.commandEnd("build");`,
  );
});
afterAll(() => server.close().closeAllConnections());

const gen = () =>
  execFileSync(process.execPath, [join(process.cwd(), "dist/plainsight.mjs"), "gen", "--language", "js"], {
    cwd: folder,
  });

const run = (...args: string[]) =>
  new Promise<number | null>((resolve) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`;
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, MY_TOOL_TELEMETRY_URL: url };
    spawn(process.execPath, ["program.mjs", ...args], { cwd: folder, env, stdio: "inherit" }).on("close", resolve);
  });

/** Returns what waits, wherever it lies: not the log of what was sent, and what was spent stays until nobody can have it open. */
const waiting = () =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /queue[^/]*$/.test(name) && !/generated|spent|-sent/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("");

it("what the receiver says it could not keep waits and comes once more; any other answer is final", async () => {
  answers.push(503);
  expect(await run("record")).toBe(0);
  expect(bodies).toHaveLength(1);
  expect(waiting()).toContain("debug");
  expect(await run()).toBe(0);
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toBe(bodies[0]);
  expect(waiting()).toBe("");

  answers.push(500);
  expect(await run("record")).toBe(0);
  expect(await run()).toBe(0);
  expect([bodies.length, waiting()]).toEqual([3, ""]);
});

it("the page says so, and how long what is in another tier is kept", () => {
  const page = readFileSync(join(folder, "TELEMETRY.md"), "utf8");
  expect(page).toContain("after the answer 503 the events wait for the next time, and any other answer is final.");
  expect(page).toContain("nightly backups: 30 days");
});

it("5xx is any answer that says that the receiver failed", async () => {
  writeFileSync(join(folder, "spec/events.yaml"), contract.replace("[503]", "5xx"));
  gen();
  expect(readFileSync(join(folder, "TELEMETRY.md"), "utf8")).toContain("after the answer 5xx the events wait");
  for (const answer of [507, 429]) answers.push(answer);
  expect(await run("record")).toBe(0);
  expect(waiting()).toContain("debug");
  expect(await run()).toBe(0);
  expect(waiting()).toBe("");
});
