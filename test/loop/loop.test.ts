import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ran, runProgram } from "./run-program.js";
import { startWorld, type World } from "./world.js";

const notice =
  'codegraph collects anonymous usage stats (no code or paths) — "codegraph telemetry off" or CODEGRAPH_TELEMETRY=0 disables. Details: TELEMETRY.md\n';

/** Everything that one event may have beside its own fields, by the contract. */
const common = [
  "$geoip_disable",
  "$process_person_profile",
  "arch",
  "ci",
  "codegraph_version",
  "machine_id",
  "node_major",
  "os",
  "schema_version",
];

describe("the loop: a program, its client, the worker in workerd, and what PostHog would get", () => {
  let world: World;
  const runs: Ran[] = [];
  beforeAll(async () => {
    world = await startWorld();
    // Yesterday an agent used a tool; today the program is installed, indexes, and is removed.
    runs.push(await runProgram(world, ["mcp"], { days: -1 }));
    for (const command of ["install", "index", "uninit"]) runs.push(await runProgram(world, [command]));
  });
  afterAll(() => world.end());

  const entries = () => world.stored.flatMap(({ body }) => body.batch);
  const own = (event: string) =>
    entries()
      .filter((entry) => entry.event === event)
      .map(({ properties }) => Object.fromEntries(Object.entries(properties).filter(([key]) => !common.includes(key))));

  it("no run fails, prints on stdout, or says more than the notice, once", () => {
    expect(runs.map(({ code, stdout }) => ({ code, stdout }))).toEqual(runs.map(() => ({ code: 0, stdout: "" })));
    expect(runs.map(({ stderr }) => stderr)).toEqual(["", notice, "", ""]);
  });

  it("what arrives is what the contract allows, and nothing else", () => {
    expect(own("install")).toEqual([
      { targets: ["claude", "cursor"], scope: "local", kind: "fresh", sqlite_backend: "native" },
    ]);
    expect(own("index")).toEqual([
      {
        languages: ["typescript", "go"],
        file_count_bucket: "1k-10k",
        duration_bucket: "10-60s",
        sqlite_backend: "native",
      },
    ]);
    expect(own("uninstall")).toEqual([{ targets: ["claude", "cursor"] }]);
    expect(own("usage_rollup")).toEqual([
      {
        kind: "mcp_tool",
        name: "codegraph_explore",
        count: 3,
        error_count: 1,
        client_name: "Claude Code",
        client_version: "2.1",
      },
    ]);
    for (const { properties } of entries()) expect(Object.keys(properties)).toEqual(expect.arrayContaining(common));
  });

  it("a rollup carries the noon of its day", () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    expect(entries().find(({ event }) => event === "usage_rollup")?.timestamp).toBe(`${yesterday}T12:00:00.000Z`);
  });

  it("the whole run is one machine, and PostHog is told to make no person of it", () => {
    expect(new Set(entries().map(({ distinct_id }) => distinct_id)).size).toBe(1);
    expect(entries().every(({ properties }) => properties["$process_person_profile"] === false)).toBe(true);
    expect(new Set(world.stored.map(({ url, body }) => `${url} ${body.api_key}`))).toEqual(
      new Set(["https://us.i.posthog.com/batch/ phc_loop"]),
    );
  });

  it("no request to PostHog carries an address or anything else of the sender's", () => {
    const names = new Set(world.stored.flatMap(({ headers }) => Object.keys(headers)));
    expect([...names].filter((name) => /ip|forward|cookie|agent|cf-/i.test(name) && name !== "cf-worker")).toEqual([]);
  });

  it("off: nothing more arrives, whatever is recorded", async () => {
    const before = world.stored.length;
    expect(await runProgram(world, ["install"], { env: { DO_NOT_TRACK: "1" } })).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
    expect((await runProgram(world, ["telemetry", "off"])).code).toBe(0);
    expect(await runProgram(world, ["install"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(world.stored.length).toBe(before);
  });
});
