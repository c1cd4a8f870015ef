import { arch, platform, versions } from "node:process";
import { describe, expect, it } from "vitest";
import { stateOf } from "../program.js";
import { everything, home, living, probed, type Receiver, told } from "./product.js";

/** The requests of CodeGraph's client, read behind a real TLS connection to its real address. */
let file: string;
let to: Receiver;
const runsAt = probed((made) => {
  ({ file, to } = made);
});

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const quiet = { code: 0, signal: null, stdout: "" };
const runs = (steps: readonly string[], at = home(told), env = {}) => runsAt(steps, at, env);

describe("a batch on the wire", () => {
  it("is exactly the envelope and the events of the page, to the one address, by POST", async () => {
    const machine = home(told);
    expect(
      await runs(["at:2026-06-12T10:30:15.250Z", "install:claude:cursor", "uninstall", "end:install"], machine),
    ).toEqual({
      ...quiet,
      stderr: "",
    });
    expect(to.asked).toEqual(["telemetry.getcodegraph.com:443"]);
    expect(to.requests.map(({ line }) => line)).toEqual(["POST /v1/events HTTP/1.1"]);
    const { body = "", headers } = to.requests[0] ?? {};
    expect(headers).toEqual([
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
      "Host: telemetry.getcodegraph.com",
      "Connection: close",
    ]);
    const ts = "2026-06-12T10:30:15.250Z";
    expect(to.batches()).toEqual([
      {
        machine_id: expect.stringMatching(uuid4),
        codegraph_version: "0.9.12",
        os: platform,
        arch,
        node_major: Number(versions.node.split(".")[0]),
        ci: false,
        schema_version: 1,
        events: [
          {
            event: "install",
            ts,
            props: { targets: ["claude", "cursor"], scope: "local", kind: "fresh", sqlite_backend: "native" },
          },
          { event: "uninstall", ts, props: { targets: ["cursor"] } },
        ],
      },
    ]);
    expect(stateOf(machine)["machine_id"]).toBe(to.batches()[0]?.machine_id);
  });

  it("is the same machine in the next process, and another one elsewhere", async () => {
    const machine = home(told);
    for (const each of [machine, machine, home(told)]) await runs(["install", "flush"], each);
    const [first, second, other] = to.batches().map(({ machine_id }) => machine_id);
    expect([second === first, other === first]).toEqual([true, false]);
  });

  it.each([
    [{}, false],
    [{ CI: "true" }, true],
    [{ CI: "" }, true],
    [{ CI: "false" }, true],
  ])("ci is whether CI is present: %j", async (env, ci) => {
    await runs(["install", "flush"], home(told), env);
    expect(to.batches().map((batch) => batch["ci"])).toEqual([ci]);
  });
});

describe("numbers leave as ranges", () => {
  it.each([
    ["99", "9.999", "<100", "<10s"],
    ["100", "10", "100-1k", "10-60s"],
    ["999", "59.999", "100-1k", "10-60s"],
    ["1000", "60", "1k-10k", "1-5m"],
    ["9999", "299.5", "1k-10k", "1-5m"],
    ["10000", "300", "10k+", "5m+"],
    ["123457", "98765.4321", "10k+", "5m+"],
  ])("%s files in %s s", async (files, seconds, fileCount, duration) => {
    const machine = home(told);
    await runs(["at:2026-06-12T08:00:00Z", `index:${files}:${seconds}:typescript:go`, "flush"], machine);
    const props = {
      languages: ["typescript", "go"],
      file_count_bucket: fileCount,
      duration_bucket: duration,
      sqlite_backend: "wasm",
    };
    expect(to.events()).toMatchObject([{ event: "index", props }]);
    // Nor do they lie about on the disk.
    const kept = Object.values(everything(machine)).join() + to.requests[0]?.body;
    expect(kept.match(/123457|98765|9\.999|59\.999|299\.5/)).toBeNull();
  });
});

describe("what comes from a project or a person has no way out", () => {
  it.each([
    ["a path for an agent", "install:/home/ada/secret-project"],
    ["a path for a language", "index:5:1:src/secret-project.ts"],
    ["a sentence for a language", "index:5:1:secret project of ada"],
    ["a path for a tool", "tool:/home/ada/secret-project:ok"],
    ["a query for a tool", "tool:where is secret-project:ok"],
    ["a path for a command", "cli:../secret-project:ok"],
    ["more than a name for a tool", `tool:${"secret-project".repeat(5)}:ok`],
    ["an agent that calls a command", "cli:affected:ok:secret-project"],
    ["quotes and line ends in an agent's name", 'tool:codegraph_explore:ok:"secret-project"\n{}'],
  ])("%s", async (_, step) => {
    const machine = home(told);
    await runs(
      ["at:2026-06-12T08:00:00Z", step, "uninstall", "persisted", "at:2026-06-13T08:00:00Z", "flush"],
      machine,
    );
    expect(to.events().map(({ event }) => event)).toContain("uninstall");
    expect(JSON.stringify([to.requests, everything(machine)])).not.toMatch(/secret/);
  });
});

describe("usage", () => {
  const usage = () => to.events().map(({ event, ts, props }) => ({ event, ts, ...props }));
  const rollup = (ts: string, kind: string, name: string, count: number, error_count: number, client = {}) => ({
    event: "usage_rollup",
    ts,
    kind,
    name,
    count,
    error_count,
    ...client,
  });
  const friday = "2026-06-12T12:00:00.000Z";

  // The days are UTC's, wherever a machine thinks it is.
  it("adds up per day, kind, name and agent, over processes; its time is its day", async () => {
    const machine = home(told);
    const calls = [
      ...["ok", "not", "ok"].map((ok) => `tool:codegraph_explore:${ok}:Claude Code:2.1`),
      "tool:codegraph_explore:ok:Cursor:1.2",
      "tool:codegraph_explore:ok",
      "tool:status:not",
      "cli:status:ok",
    ];
    for (const time of ["00:00:00Z", "23:59:59.999Z"])
      await runs([`at:2026-06-12T${time}`, ...calls, "exit"], machine, { TZ: "Pacific/Kiritimati" });
    await runs(["at:2026-06-12T23:59:59.999Z", "flush"], machine, { TZ: "Pacific/Kiritimati" });
    expect(to.asked).toEqual([]);
    await runs(["at:2026-06-13T00:00:00Z", "flush", "flush"], machine, { TZ: "Pacific/Pago_Pago" });
    expect(to.requests).toHaveLength(1);
    const expected = [
      rollup(friday, "cli_command", "status", 2, 0),
      rollup(friday, "mcp_tool", "codegraph_explore", 2, 0),
      rollup(friday, "mcp_tool", "codegraph_explore", 2, 0, { client_name: "Cursor", client_version: "1.2" }),
      rollup(friday, "mcp_tool", "codegraph_explore", 6, 2, { client_name: "Claude Code", client_version: "2.1" }),
      rollup(friday, "mcp_tool", "status", 2, 2),
    ];
    expect(usage()).toHaveLength(expected.length);
    expect(usage()).toEqual(expect.arrayContaining(expected));
  });

  it("of a server that lives through a midnight goes to its own days, once each; today stays", async () => {
    const server = await living(file, { home: home(told), env: to.env });
    for (const [time, calls] of [
      ["2026-06-12T23:59:00Z", 2],
      ["2026-06-13T00:01:00Z", 3],
      ["2026-06-14T07:00:00Z", 4],
    ] as const) {
      await server.does(`at:${time}`);
      await server.does(`many:${calls}`);
      await server.does("persisted");
      await server.does("flush");
    }
    expect(await server.leaves()).toEqual({ ...quiet, stderr: "" });
    expect(usage()).toEqual([
      rollup(friday, "mcp_tool", "codegraph_explore", 2, 0),
      rollup("2026-06-13T12:00:00.000Z", "mcp_tool", "codegraph_explore", 3, 0),
    ]);
  });

  it("is one event however often it was called", async () => {
    await runs(["at:2026-06-12T08:00:00Z", "many:100000", "persisted", "at:2026-06-13T08:00:00Z", "flush"]);
    expect(usage()).toEqual([rollup(friday, "mcp_tool", "codegraph_explore", 100000, 0)]);
  });
});
