import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import * as telemetry from "../../generated/client/telemetry.js";
import { recorder, type Sent, strict } from "../../generated/client/testing.js";
import * as cocoindex from "../../generated/systems/cocoindex/client/telemetry.js";
import { recorder as cocoindexRecorder } from "../../generated/systems/cocoindex/client/testing.js";
import { temporaryFolder } from "../support/temp-folder.js";

const install = { targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" } as const;
const sent = {
  event: "install",
  props: { kind: "fresh", scope: "local", sqlite_backend: "native", targets: ["claude"] },
};

describe("a product's own tests", () => {
  let home = "";
  beforeEach(() => {
    home = temporaryFolder("recorder");
    telemetry.setup({ host: { home, env: { DO_NOT_TRACK: "1" } } });
  });
  afterEach(() => vi.useRealTimers());

  it("see what is recorded, typed by event, and nothing of it is kept or sent", async () => {
    const recorded = recorder();
    telemetry.install(install);
    telemetry.count("cli_command", "index", true);
    telemetry.count("cli_command", "index", false);
    expect(recorded.events).toEqual([
      sent,
      { event: "usage_rollup", props: { kind: "cli_command", name: "index", count: 2, error_count: 1 } },
    ]);
    const [first] = recorded.events;
    if (first?.event === "install") expectTypeOf(first.props.scope).toEqualTypeOf<"local" | "global">();
    expectTypeOf<Sent["event"]>().toEqualTypeOf<"index" | "install" | "uninstall" | "usage_rollup">();
    await telemetry.flush();
    expect(recorded.events).toHaveLength(2);
    recorded.clear();
    expect(recorded.events).toEqual([]);
    telemetry.install({ ...install, targets: [7] as never, path: "/home/ann" } as never);
    expect(() => recorded.events).toThrow(
      'This event is not as its contract says: "targets" may not be [7]; "path" is not in the contract.',
    );
    recorded.clear();
    telemetry.install({ kind: "fresh" } as never);
    expect(() => recorded.events).toThrow('"scope" is missing; "sqliteBackend" is missing; "targets" is missing');
    recorded.stop();
    const quiet = recorder({ strict: false });
    telemetry.install({ ...install, targets: [7] as never });
    expect(quiet.events).toEqual([]);
    quiet.stop();
    expect(readdirSync(home)).toEqual([]);
  });

  it("end with what is wrong, where they are strict", () => {
    const later: (() => void)[] = [];
    vi.stubGlobal("queueMicrotask", (work: () => void) => later.push(work));
    const recorded = recorder();
    strict();
    telemetry.install({ ...install, scope: "planet" as never });
    vi.unstubAllGlobals();
    expect(later).toHaveLength(1);
    expect(later[0]).toThrow('"scope" may not be "planet"');
    recorded.stop();
    expect(() => telemetry.install({} as never)).not.toThrow();
  });

  it("ask a getter only while telemetry is on, so that what costs something costs nothing while it is off", () => {
    let asked = 0;
    const slow = {
      ...install,
      get targets() {
        asked++;
        return ["claude"];
      },
    };
    telemetry.install(slow);
    expect(asked).toBe(0);
    const recorded = recorder({ strict: false });
    telemetry.install(slow);
    expect([asked, recorded.events]).toEqual([1, [sent]]);
    recorded.stop();
  });

  it("call a function only while telemetry is on; what it returns is held to the contract, what it throws is nothing", () => {
    let asked = 0;
    const scope = () => {
      asked++;
      return "local" as const;
    };
    telemetry.install({ ...install, scope });
    expect(asked).toBe(0);
    const recorded = recorder({ strict: false });
    telemetry.install({ ...install, scope, targets: () => ["claude"] });
    expect([asked, recorded.events]).toEqual([1, [sent]]);
    telemetry.install({ ...install, scope: () => "planet" as never });
    telemetry.install({
      ...install,
      scope: () => {
        throw new Error("no");
      },
    });
    // What a function returns is not called again.
    telemetry.install({ ...install, scope: (() => scope) as never });
    expect([asked, recorded.events]).toEqual([1, [sent]]);
    // @ts-expect-error A function of another type.
    telemetry.install({ ...install, scope: () => 7 });
    recorded.stop();
    const strictly = recorder();
    telemetry.install({ ...install, scope });
    expect([asked, strictly.events]).toEqual([2, [sent]]);
    telemetry.count("planet" as never, "index", true);
    expect(() => strictly.events).toThrow('"kind" may not be "planet"');
    strictly.clear();
    telemetry.install({ ...install, scope: () => "planet" as never });
    expect(() => strictly.events).toThrow('"scope" may not be');
    strictly.stop();
  });

  it("never wait for a timer", async () => {
    vi.useFakeTimers();
    const recorded = recorder();
    telemetry.install(install);
    await telemetry.flush();
    expect(recorded.events).toEqual([sent]);
    recorded.stop();
  });

  it("leave the client as it was", () => {
    const recorded = recorder();
    expect(telemetry.enabled()).toBe(true);
    telemetry.install(install);
    recorded.stop();
    expect([telemetry.enabled(), telemetry.reason()]).toEqual([false, "off: DO_NOT_TRACK says so"]);
    const again = recorder();
    expect(again.events).toEqual([]);
    again.stop();
    expect(existsSync(join(home, ".codegraph"))).toBe(false);
  });

  it("see what is sent at once, and what is sent once per process", async () => {
    const recorded = cocoindexRecorder();
    cocoindex.init();
    cocoindex.init();
    cocoindex.appDrop();
    await null;
    await null;
    expect(recorded.events.map(({ event }) => event)).toEqual(["init", "app_drop"]);
    recorded.stop();
  });
});

it.each<[Readonly<Record<string, string>>, string | undefined, string]>([
  [{}, "home", "on: nobody has turned it off"],
  [{ CODEGRAPH_TELEMETRY: "1" }, "home", "on: CODEGRAPH_TELEMETRY says so"],
  [{ CODEGRAPH_TELEMETRY: "off" }, "home", "off: CODEGRAPH_TELEMETRY says so"],
  [{}, undefined, "on, but nothing is sent: there is nowhere to keep it until then"],
])("why nothing is sent, by %j and a home that is %j: %s", (env, home, reason) => {
  telemetry.setup({ host: { env, home: home && temporaryFolder("recorder") } });
  expect([telemetry.enabled(), telemetry.reason()]).toEqual([reason.startsWith("on"), reason]);
});
