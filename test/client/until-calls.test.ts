import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";

/** A rollup that is over after so many calls, counted by programs that each make one and end. */
const contract = `telemetry_spec: 1
product: my-tool
title: Telemetry
schema_version: 1
summary: What my tool reports.
why: [How often it is used.]
never_collected: [Anything else.]
consent:
  model: opt-out
  order: [ { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } } ]
identifiers: none
destination:
  url: https://telemetry.example.com/v1/events
  override: { order: [ { env: MY_TOOL_TELEMETRY_URL } ], https_only: true, http_allowed_for: [127.0.0.1] }
  operator: { name: My, party: first }
  client_ip: discarded
  retention: { raw: 90d }
  deletion: Write to privacy@example.com.
events:
  build:
    when: After three builds.
    why: How often it is used.
    rollup: { one_per: [3 calls, target], combine: { count: calls, peak: max } }
    fields:
      target: { type: enum, values: [debug, release], why: Which builds. }
      count: { type: int, min: 1, max: 1000, example: 3, why: How many. }
      peak: { type: int, min: 0, max: 99, example: 3, why: How large. }
wire: { format: json, body: { events: $each }, each: { event: $event, ts: $time, props: { $fields: } } }
delivery:
  mode: queued
  timeout: 5s
  queue: { file: "{app_dir}/queue.jsonl", max_size: 64KiB, when_full: drop-oldest }
  flush: [ { at: command-end, commands: [build], wait: true } ]
history: [ { version: 1, change: First version. } ]
`;

const folder = temporaryFolder("until-calls");
const sent: object[] = [];
const server = createServer((incoming, outgoing) => {
  let body = "";
  incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
  incoming.on("end", () => {
    for (const { props } of (JSON.parse(body) as { events: { props: object }[] }).events) sent.push(props);
    outgoing.writeHead(204).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mkdirSync(join(folder, "spec"));
  writeFileSync(join(folder, "spec/events.yaml"), contract);
  execFileSync(process.execPath, [join(process.cwd(), "dist/plainsight.mjs"), "gen", "--language", "js"], {
    cwd: folder,
  });
  writeFileSync(join(folder, "package.json"), '{"type":"module","version":"1.2.3"}');
  writeFileSync(
    join(folder, "program.mjs"),
    `import * as t from "./generated/client/telemetry.js";
     t.setup({});
     const [target, peak] = process.argv.slice(2);
     if (peak) t.countBuild(target, { peak: Number(peak) });
     if (target === "now") await t.flush({ now: true });
     else await t.commandEnd("build");`,
  );
});
afterAll(() => server.close().closeAllConnections());

const run = (...args: string[]) =>
  new Promise<number | null>((resolve) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`;
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, MY_TOOL_TELEMETRY_URL: url };
    spawn(process.execPath, ["program.mjs", ...args], { cwd: folder, env, stdio: "inherit" }).on("close", resolve);
  });

const waiting = () =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /queue[^/]*$/.test(name) && !/generated|spent|-sent/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("");

it("a total leaves once there are so many calls of its group, whoever made them; none is lost, none told twice", async () => {
  for (const [target, peak] of [
    ["debug", "1"],
    ["release", "9"],
    ["debug", "5"],
  ] as const)
    expect(await run(target, peak)).toBe(0);
  expect(sent).toEqual([]);
  expect(await run("debug", "2")).toBe(0);
  expect(sent).toEqual([{ target: "debug", count: 3, peak: 5 }]);
  expect(await run("debug", "7")).toBe(0);
  expect(sent).toHaveLength(1);
  expect(waiting().match(/"calls":3/g)).toHaveLength(2);
  // Two at once complete the other group.
  expect(await Promise.all(["1", "2"].map((peak) => run("release", peak)))).toEqual([0, 0]);
  expect(await run("none")).toBe(0);
  expect(sent.slice(1)).toEqual([{ target: "release", count: 3, peak: 9 }]);
});

it("what is not complete leaves where somebody wants to see it now", async () => {
  expect(await run("now")).toBe(0);
  expect(sent.slice(2)).toEqual([{ target: "debug", count: 1, peak: 7 }]);
  expect(waiting()).toBe("");
});

it("the page says so", () => {
  const page = readFileSync(join(folder, "TELEMETRY.md"), "utf8");
  expect(page).toContain("into one event per 3 calls and `target`");
  expect(page).toContain("Its time is that of the last of them.");
});
