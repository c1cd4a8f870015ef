import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Endpoint, endpoint } from "../endpoint.js";
import { type Gateway, gateway } from "../gateway.js";
import { program, run, temporary } from "../program.js";

/** The address of docglow's reports, by what really connects: to a receiver on this machine in plaintext, or by TLS to a host. */
const home = "https://api.docglow.com";
const token = "s3cret-bypass";
const line = (url: string, outcome: string | number) => `telemetry: POST ${url} -> ${outcome}\n`;

let net: Gateway;
let local: Endpoint;
let file: string;
beforeAll(async () => {
  net = await gateway(["api.docglow.com", "mine.example", "localhost"]);
  local = await endpoint(204);
  file = await program(`
    import * as telemetry from "./generated/systems/docglow/client/telemetry.js";
    telemetry.setup({ platform: "linux", pythonVersion: "3.12.2", version: "0.7.4" });
    telemetry.commandRun({ command: "generate", result: "success", durationMs: 4218, adapterType: null, featuresUsed: [],
      projectShape: { models: 1, sources: 2, seeds: 3, tests: 4, macros: 5 } });
    await telemetry.flush();`);
});
afterAll(async () => {
  net.close();
  await local.close();
});
beforeEach(() => {
  net.answer = 204;
  net.requests.length = 0;
  net.asked.length = 0;
  local.requests.length = 0;
});

/** One run that may send, in a project with this docglow.yml. */
async function started(env: Record<string, string> = {}, yml?: string) {
  const folder = temporary();
  if (yml !== undefined) writeFileSync(join(folder, "docglow.yml"), yml);
  const all = { DOCGLOW_TELEMETRY: "1", DOCGLOW_VERCEL_BYPASS: token, ...net.env, ...env };
  const ran = await run(file, { home: folder, cwd: folder, env: all });
  // Whoever was connected to, whether or not anything was sent there.
  const to = [
    ...net.asked.map((host) => (host.endsWith(":443") ? `https://${host.slice(0, -4)}` : host)),
    ...local.requests.map(() => "this machine"),
  ];
  return { ...ran, to, yml };
}

/** `PORT` stands for that of the receiver on this machine. */
const real = (address: string) => address.replaceAll("PORT", new URL(local.url).port);

describe("an override", () => {
  it.each([
    ["https://mine.example/e", "https://mine.example"],
    ["HTTPS://MINE.example/e", "https://mine.example"],
    ["https://mine.example", "https://mine.example"],
    ["http://localhost:PORT/e", "this machine"],
    ["http://127.0.0.1:PORT/e?x=y#z", "this machine"],
    ["HTTP://LocalHost:PORT", "this machine"],
  ])("%s is followed", async (address, expected) => {
    const { to, code, stderr } = await started({ DOCGLOW_TELEMETRY_ENDPOINT: real(address) });
    expect([to, code, stderr]).toEqual([[expected], 0, ""]);
  });

  it.each([
    ...[
      "http://mine.example/e",
      "http://10.0.0.1:PORT",
      "http://0.0.0.0:PORT",
      "http://[::1]:PORT",
      "http://[::ffff:127.0.0.1]:PORT",
    ],
    // Hosts that look like this machine, and this machine in other words.
    ...[
      "http://localhost.mine.example:PORT",
      "http://127.0.0.1.mine.example:PORT",
      "http://localhost.:PORT",
      "http://localhosts:PORT",
    ],
    ...[
      "http://localhost@mine.example",
      "http://127.0.0.1:PORT@mine.example",
      "http://user@localhost:PORT",
      "http://localhost:PORT\\@mine.example",
    ],
    ...[
      "http://mine.example#@localhost:PORT",
      "http://mine.example?@localhost:PORT",
      "http://mine.example\\@localhost:PORT",
      "http://localhost%2emine.example",
    ],
    ...[
      "http://127.1:PORT",
      "http://2130706433:PORT",
      "http://0x7f000001:PORT",
      "http://0177.0.0.1:PORT",
      "http://127.0.0.2:PORT",
      "http://１27.0.0.1:PORT",
    ],
    ...[
      "http://ⓛocalhost:PORT",
      "http://loca\u200blhost:PORT",
      "http://%6cocalhost:PORT",
      "http://lo\tcalhost:PORT",
      "ht\ntp://mine.example",
    ],
    // What is no address, or of another kind.
    ...[
      "http:/localhost:PORT",
      "http:localhost:PORT",
      "http:\\\\localhost:PORT",
      "//localhost:PORT",
      "localhost:PORT",
      "http://localhost:99999",
      "http://:PORT",
    ],
    ...[
      "https:///e",
      "https://",
      "https:mine.example",
      "https://mine.example:0x1bb",
      "https://user:pw@mine.example",
      "https://mine example",
      "https://[mine.example]",
    ],
    ...[
      "ws://localhost:PORT",
      "ftp://mine.example",
      "file:///etc/passwd",
      "data:,x",
      "javascript:0",
      "unix:mine.sock",
      "mine.example",
      "none",
      "0",
      " ",
    ],
  ])("%j is not, and nobody else is connected to", async (address) => {
    const { to, code, stdout, stderr } = await started({ DOCGLOW_TELEMETRY_ENDPOINT: real(address) });
    expect([to, code, stdout, stderr]).toEqual([[home], 0, "", ""]);
  });

  it.each<[yml: string, expected: string]>([
    ["telemetry:\n  endpoint: https://mine.example/e\n", "https://mine.example"],
    ["telemetry: {endpoint: 'http://localhost:PORT/e'}\n", "this machine"],
    ["telemetry:\n  endpoint: http://mine.example/e\n", home],
    ["telemetry:\n  endpoint: http://localhost@mine.example/e\n", home],
    ["telemetry:\n  endpoint: 5\n", home],
    ["telemetry:\n  endpoint:\n", home],
    ["telemetry:\n  endpoint: true\n", home],
    ["telemetry.endpoints: https://mine.example/e\n", home],
  ])("in docglow.yml: %j → %s", async (yml, expected) => {
    expect((await started({}, real(yml))).to).toEqual([expected]);
  });

  it("in the variable comes before the file's, also where it is none; empty, it is not there", async () => {
    const yml = "telemetry:\n  endpoint: https://mine.example/e\n";
    const to = async (address: string) => (await started({ DOCGLOW_TELEMETRY_ENDPOINT: real(address) }, yml)).to;
    expect([await to("http://localhost:PORT")]).toEqual([["this machine"]]);
    local.requests.length = 0;
    expect(await to("http://mine.example/e")).toEqual([home]);
    net.asked.length = 0;
    expect(await to("")).toEqual(["https://mine.example"]);
  });

  it("that is in a file that can't be read may be anything, so nobody is connected to", async () => {
    expect(await started({}, "telemetry: {endpoint: [https://mine.example/e]}")).toMatchObject({
      to: [],
      code: 0,
      stderr: "",
    });
    expect(await started({}, "telemetry: {endpoint: https://mine.ex")).toMatchObject({ to: [], code: 0, stderr: "" });
  });

  it("is the address that is asked for, as it was given", async () => {
    await started({ DOCGLOW_TELEMETRY_ENDPOINT: "https://mine.example/a/b?c=d%20e" });
    await started({ DOCGLOW_TELEMETRY_ENDPOINT: real("http://127.0.0.1:PORT/a/b?c=d%20e") });
    expect(net.requests.map((request) => request.line)).toEqual(["POST /a/b?c=d%20e HTTP/1.1"]);
    expect(local.requests.map((request) => request.path)).toEqual(["/a/b?c=d%20e"]);
  });
});

describe("the bypass token", () => {
  const name = "x-vercel-protection-bypass";
  it("goes with https, to the default and to an override, and never in plaintext, to this machine neither", async () => {
    await started();
    await started({ DOCGLOW_TELEMETRY_ENDPOINT: "https://mine.example/e" });
    await started({ DOCGLOW_TELEMETRY_ENDPOINT: real("http://localhost:PORT/e") });
    await started({ DOCGLOW_TELEMETRY_ENDPOINT: "http://mine.example/e" });
    expect(net.requests.map(({ origin, headers }) => [origin, headers.includes(`${name}: ${token}`)])).toEqual([
      [home, true],
      ["https://mine.example", true],
      [home, true],
    ]);
    expect(local.requests.map(({ headers }) => headers[name])).toEqual([undefined]);
    expect(net.asked.every((host) => host.endsWith(":443"))).toBe(true);
  });

  it.each(["", "a\r\nx-other: b", "a\nb", "é", "\u0007", "x".repeat(1025)])(
    "that is none is left out, and smuggles nothing in: %j",
    async (value) => {
      await started({ DOCGLOW_VERCEL_BYPASS: value });
      expect(net.requests.map(({ headers }) => headers.map((header) => header.split(":")[0]))).toEqual([
        ["content-type", "content-length", "Host", "Connection"],
      ]);
    },
  );

  it("is followed by no redirect", async () => {
    net.answer = 307;
    expect((await started()).to).toEqual([home]);
  });
});

describe("DOCGLOW_TELEMETRY_DEBUG=1", () => {
  const debug = { DOCGLOW_TELEMETRY_DEBUG: "1" };
  const usual = `${home}/v1/telemetry/events`;
  it.each([
    [204, 204],
    [500, 500],
    ["hang up", "failed (Connection reset)"],
  ] as const)("says one line on stderr for an answer of %s, and ends with 0", async (answer, outcome) => {
    net.answer = answer;
    expect(await started(debug)).toMatchObject({ code: 0, stdout: "", stderr: line(usual, outcome) });
  });

  it("says who was really asked, and what went wrong", async () => {
    const refused = { ...debug, DOCGLOW_TELEMETRY_ENDPOINT: "http://localhost:9/e" };
    expect((await started(refused)).stderr).toBe(line("http://localhost:9/e", "failed (Connection refused)"));
    const rejected = { ...debug, DOCGLOW_TELEMETRY_ENDPOINT: "http://mine.example/e" };
    expect((await started(rejected)).stderr).toBe(line(usual, 204));
    expect((await started({ ...debug, DOCGLOW_TELEMETRY_ENDPOINT: real("http://localhost:PORT/e") })).stderr).toBe(
      line(real("http://localhost:PORT/e"), 204),
    );
  });

  it("says nothing where nothing is sent, nor when it says no itself", async () => {
    expect(await started({ ...debug, DOCGLOW_NO_TELEMETRY: "1" })).toMatchObject({
      to: [],
      code: 0,
      stdout: "",
      stderr: "",
    });
    expect(await started({ DOCGLOW_TELEMETRY_DEBUG: "0" })).toMatchObject({ to: [home], stderr: "" });
  });
});
