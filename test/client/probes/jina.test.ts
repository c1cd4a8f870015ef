import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasRealPart } from "../../support/real-part.js";
import { type Gateway, gateway } from "../gateway.js";
import { jinaFacts } from "../jina-facts.js";
import { program, run, temporary } from "../program.js";

/** Jina as programs of its own, and every byte at the receiver's end. */
const host = "telemetry.jina.ai";
const source = `
  import * as telemetry from "./generated/systems/jina/client/telemetry.js";
  const { say = "flowStart", ...given } = JSON.parse(process.argv[2] ?? "{}");
  telemetry.setup({ ...${JSON.stringify(jinaFacts)}, ...given });
  for (const name of say.split(" ")) telemetry[name]();
  await telemetry.flush();
  const zone = new Date(performance.timeOrigin).getTimezoneOffset() * 60_000;
  if (process.env.SAY === "start") console.log(new Date(performance.timeOrigin - zone).toISOString().slice(0, -1));`;

let net: Gateway;
let file: string;
beforeAll(async () => {
  net = await gateway([host]);
  file = await program(source);
});
afterAll(() => net.close());
beforeEach(() => {
  net.answer = 200;
  net.requests.length = 0;
  net.asked.length = 0;
});

interface Told {
  readonly given?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
}

type Payload = Record<string, unknown> & { uid: number; "session-id": string; uptime: string };

/** One run, with what arrived of it. */
async function started({ given = {}, env = {}, home = temporary() }: Told = {}) {
  const before = net.requests.length;
  const ran = await run(file, { home, cwd: home, args: [JSON.stringify(given)], env: { ...net.env, ...env } });
  const requests = net.requests.slice(before);
  return { ...ran, home, requests, sent: requests.map(({ body }) => JSON.parse(body) as Payload) };
}

const flow = { say: "workerRuntimeStart grpcGatewayRuntimeStart baseExecutorStart flowStart" };
const state = (home: string) => join(home, ".config/jina/telemetry.json");
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe("one Flow", () => {
  it("is four flat events of the example's 18 keys, dashes and all, with the example's values", async () => {
    const { code, stdout, stderr, requests, sent } = await started({ given: flow });
    expect([code, stdout, stderr]).toEqual([0, "", ""]);
    const example = {
      architecture: "x86_64",
      "ci-vendor": "(unset)",
      docarray: "0.15.2",
      grpcio: "1.46.3",
      jina: "3.7.13",
      "jina-proto": "0.1.13",
      platform: "Darwin",
      "platform-release": "21.6.0",
      "platform-version": jinaFacts.platformVersion,
      processor: "i386",
      "proto-backend": "cpp",
      protobuf: "3.20.1",
      python: "3.7.9",
      pyyaml: "6.0",
      "session-id": expect.stringMatching(uuid),
      uid: expect.any(Number),
      uptime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?$/),
    };
    const names = ["WorkerRuntime.start", "GRPCGatewayRuntime.start", "BaseExecutor.start", "Flow.start"];
    const byName = [...sent].sort((a, b) => names.indexOf(String(a["event"])) - names.indexOf(String(b["event"])));
    expect(byName).toEqual(names.map((event) => ({ ...example, event })));
    expect(Number.isSafeInteger(sent[0]?.uid)).toBe(true);
    // Program, start and user are the same in all four.
    expect(new Set(sent.map(({ uid, uptime, ...one }) => [uid, uptime, one["session-id"]].join())).size).toBe(1);
    for (const { line, headers, body } of requests)
      expect([line, headers]).toEqual([
        "POST / HTTP/1.1",
        [
          "content-type: application/json",
          `content-length: ${Buffer.byteLength(body)}`,
          `Host: ${host}`,
          "Connection: close",
        ],
      ]);
  });

  it("and what else can be called is a Client: no class of a user's has a name here", () => {
    const text = readFileSync("generated/systems/jina/client/telemetry.ts", "utf8");
    const names = [...text.matchAll(/^export (?:async )?\w+ (\w+)/gm)].map(([, name]) => name);
    expect(names.sort()).toEqual([
      ...[
        "baseExecutorStart",
        "clientStart",
        "enabled",
        "flowStart",
        "flush",
        "grpcGatewayRuntimeStart",
        "reason",
        "setup",
        "workerRuntimeStart",
      ],
    ]);
    expect(text).not.toMatch(/export function \w+\([^)]*\w+: string/);
  });

  it.each([500, "hang up", "redirect"] as const)(
    "whose receiver answers %s is still nobody's concern",
    async (answer) => {
      net.answer = answer === "redirect" ? 307 : answer;
      expect(await started({ given: flow })).toMatchObject({
        code: 0,
        stdout: "",
        stderr: "",
        requests: { length: 4 },
      });
      expect(new Set(net.asked)).toEqual(new Set([`${host}:443`]));
    },
  );
});

describe("versions of dependencies", () => {
  it.each(["6.0", "10.20", "1.46.3", "0.15.2.dev1", "3.20.1rc2", "v1.2.3", "2.0.0+cu118"])(
    "%s is a text as it is",
    async (version) => {
      const { sent } = await started({ given: { pyyaml: version, docarray: version } });
      expect([sent[0]?.["pyyaml"], sent[0]?.["docarray"]]).toEqual([version, version]);
    },
  );

  it.each<[string, object]>([
    ["a number", { pyyaml: 6 }],
    ["a word", { docarray: "latest" }],
    ["a version with a path behind it", { grpcio: "1.46.3 /home/ada" }],
    ["a version with a line behind it", { grpcio: "1.46.3\n" }],
    ["a missing one", { protobuf: null }],
    ["a backend of nobody's", { protoBackend: "rust" }],
    ["a platform of nobody's", { platform: "BeOS" }],
    ["a vendor with a name in it", { ciVendor: "ada's laptop" }],
    ["a line of the system's that is two", { platformVersion: "Linux\nada" }],
    ["a line of the system's with a mark that turns it around", { platformVersion: "Linux \u202eada" }],
    ["a line of the system's that is too long", { platformVersion: "x".repeat(257) }],
    ["a processor with a path in it", { processor: "/home/ada" }],
  ])("%s: the event is not sent", async (_, given) => {
    expect(await started({ given })).toMatchObject({ code: 0, stdout: "", stderr: "", sent: [] });
  });

  it.each<[string, object, string, unknown]>([
    [
      "a system's line as Linux writes it",
      { platformVersion: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 (2023-09-29)" },
      "platform-version",
      "#1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 (2023-09-29)",
    ],
    ["no processor", { processor: "" }, "processor", ""],
    [
      "a processor as Windows says it",
      { processor: "Intel64 Family 6 Model 142 Stepping 10, GenuineIntel" },
      "processor",
      "Intel64 Family 6 Model 142 Stepping 10, GenuineIntel",
    ],
    ["a CI", { ciVendor: "GITHUB_ACTIONS" }, "ci-vendor", "GITHUB_ACTIONS"],
  ])("%s is sent as it is", async (_, given, key, value) => {
    expect((await started({ given })).sent[0]?.[key]).toBe(value);
  });

  it("what later versions added travels nowhere", async () => {
    const { sent } = await started({
      given: { jcloud: "1.0", "jina-hubble-sdk": "1.0", entity_id: "ada", internal: true },
    });
    expect(Object.keys(sent[0] ?? {})).toHaveLength(18);
  });
});

describe("the user's identifier", () => {
  it("is the same in every program of a home, and another in another home of the same hardware", async () => {
    const [first, other] = [await started(), await started()];
    const again = await started({ home: first.home });
    expect(again.sent[0]?.uid).toBe(first.sent[0]?.uid);
    expect(other.sent[0]?.uid).not.toBe(first.sent[0]?.uid);
  });

  it("goes with what is kept, not with the machine: a copy has it, a home whose file is gone gets another", async () => {
    const first = await started();
    const copy = temporary();
    cpSync(join(first.home, ".config"), join(copy, ".config"), { recursive: true });
    expect((await started({ home: copy })).sent[0]?.uid).toBe(first.sent[0]?.uid);
    rmSync(state(copy));
    expect((await started({ home: copy })).sent[0]?.uid).not.toBe(first.sent[0]?.uid);
  });

  it("is made of a secret that its owner alone can read, and that never leaves", async () => {
    const { home, sent, requests } = await started({ given: flow });
    const [file, folder] = [state(home), join(home, ".config/jina")].map((path) =>
      (statSync(path).mode & 0o777).toString(8),
    );
    expect([file, folder]).toEqual(["600", "700"]);
    const text = readFileSync(state(home), "utf8");
    const secrets = Object.values(JSON.parse(text) as Record<string, unknown>).map(String);
    expect(secrets.length).toBeGreaterThan(0);
    for (const secret of secrets) for (const { bytes } of requests) expect(bytes.includes(secret)).toBe(false);
    // Nor is the identifier kept, from which nothing could be made anyway, nor the session's.
    expect(text).not.toContain(String(sent[0]?.uid));
    expect(text).not.toContain(sent[0]?.["session-id"]);
  });

  it("is one, though six programs are the first", async () => {
    const home = temporary();
    const all = await Promise.all(Array.from({ length: 6 }, () => started({ home })));
    expect(net.requests).toHaveLength(6);
    expect(new Set(net.requests.map(({ body }) => (JSON.parse(body) as Payload).uid)).size).toBe(1);
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each<[string, (home: string) => void]>([
    ["a file that is damaged", (home) => writeFileSync(state(home), '{"machine_secret": "')],
    ["a secret that is none", (home) => writeFileSync(state(home), '{"machine_secret": "ada@example.com"}')],
  ])("with %s is made anew, and still goes with every event", async (_, damage) => {
    const first = await started();
    damage(first.home);
    const { code, sent } = await started({ home: first.home, given: flow });
    expect([code, sent.length, new Set(sent.map(({ uid }) => uid)).size]).toEqual([0, 4, 1]);
    expect(sent[0]?.uid).not.toBe(first.sent[0]?.uid);
  });

  it("lasts as long as the program where there is no home to keep it in", async () => {
    const { code, stderr, sent } = await started({ env: { HOME: "/nonexistent" }, given: flow });
    expect([code, stderr, sent.length, new Set(sent.map(({ uid }) => uid)).size]).toEqual([0, "", 4, 1]);
  });

  it.runIf(hasRealPart("strace"))("asks the system for nothing that tells machines apart", async () => {
    const [home, trace] = [temporary(), join(temporary(), "trace")];
    execFileSync(
      "strace",
      ["-f", "-qq", "-s", "300", "-e", "trace=%file,%network,uname", "-o", trace, process.execPath, file, "{}"],
      {
        env: { PATH: process.env["PATH"], HOME: home, HTTPS_PROXY: "http://127.0.0.1:9" },
      },
    );
    const calls = readFileSync(trace, "utf8");
    expect(existsSync(state(home))).toBe(true);
    expect(calls).toMatch(/connect\(.*htons\(9\)/);
    expect(
      calls.match(/machine-id|\/sys\/class\/(net|dmi)|\/proc\/net|hostname|boot_id|serial|uuid|AF_NETLINK|AF_PACKET/gi),
    ).toBeNull();
  });
});

describe("the session's identifier", () => {
  it("is a UUID of its own for every program, kept nowhere, and no clock or card is in it", async () => {
    const first = await started({ given: flow });
    const second = await started({ home: first.home });
    const ids = [first, second].map(({ sent }) => String(sent[0]?.["session-id"]));
    expect(new Set(ids).size).toBe(2);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids[0]?.slice(-12)).not.toBe(ids[1]?.slice(-12));
    expect(readdirSync(join(first.home, ".config/jina"))).toHaveLength(
      readdirSync(join(second.home, ".config/jina")).length,
    );
  });
});

describe("uptime", () => {
  it.each(["UTC", "Asia/Kolkata", "America/St_Johns"])(
    "is the program's start on the clock of %s, without a zone",
    async (TZ) => {
      const { stdout, sent } = await started({ env: { TZ, SAY: "start" } });
      const [said, was] = [sent[0]?.uptime, stdout.trim()].map((text) => Date.parse(`${text}Z`)) as [number, number];
      expect(sent[0]?.uptime).not.toMatch(/Z|[+-]\d\d:?\d\d$/);
      // Node's own two clocks differ by a few milliseconds; a zone is half an hour at least.
      expect(Math.abs(said - was)).toBeLessThan(60_000);
    },
  );
});

describe("the variable", () => {
  it.each(["1", "0", "", " ", "false", "no", "off"])(
    "%j is there, so it is off: no connection, no identifier",
    async (value) => {
      const { code, stdout, stderr, home } = await started({ env: { JINA_OPTOUT_TELEMETRY: value }, given: flow });
      expect([code, stdout, stderr, net.asked, readdirSync(home)]).toEqual([0, "", "", [], []]);
    },
  );

  it("is the only switch", async () => {
    const env = { DO_NOT_TRACK: "1", jina_optout_telemetry: "1", JINA_OPTOUT_TELEMETRY_: "1", CI: "true" };
    expect((await started({ env })).sent).toHaveLength(1);
  });

  it("set by the program itself turns off what comes after", async () => {
    const late = await program(`${source}
      process.env.JINA_OPTOUT_TELEMETRY = "";
      telemetry.clientStart();
      await telemetry.flush();`);
    const home = temporary();
    await run(late, { home, args: ["{}"], env: net.env });
    expect(net.requests.map(({ body }) => (JSON.parse(body) as Payload)["event"])).toEqual(["Flow.start"]);
  });
});

it("a home in which nothing can be made changes nothing for the program", async () => {
  const home = temporary();
  writeFileSync(join(home, ".config"), "not a folder");
  const { code, stdout, stderr, sent } = await started({ home, given: flow });
  expect([code, stdout, stderr, sent.length, new Set(sent.map(({ uid }) => uid)).size]).toEqual([0, "", "", 4, 1]);
});
