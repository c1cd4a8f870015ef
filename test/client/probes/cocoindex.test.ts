import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Gateway, gateway } from "../gateway.js";
import { program, type RunOptions, run, temporary } from "../program.js";

/** CocoIndex, as its users meet it: programs, their environment, and every byte at the gateway's end. */
const host = "cocoindex.gateway.scarf.sh";
const source = `
  import * as telemetry from "./generated/systems/cocoindex/client/telemetry.js";
  const { say = "init", version = "1.0.0a1", lang = "python3.11", platform = "aarch64-macos", own, also } = JSON.parse(process.argv[2] ?? "{}");
  if (own !== undefined) process.env.COCOINDEX_DISABLE_USAGE_TRACKING = own;
  if (own === null) delete process.env.COCOINDEX_DISABLE_USAGE_TRACKING;
  const log = (level, line) => console.log(level + " " + line);
  telemetry.setup({ package: JSON.parse(process.argv[2] ?? "{}").package ?? "python", platform, lang, version, ...(also === "log" ? { host: { log } } : {}) });
  for (const name of say.split(" ")) telemetry[name]();
  await telemetry.flush();
  if (also === "loaded") console.log(process.moduleLoadList.filter((name) => /^NativeModule (https|tls|dns|crypto)$/.test(name)).length);`;

let net: Gateway;
let file: string;
let debug: string;
beforeAll(async () => {
  net = await gateway([host]);
  [file, debug] = await Promise.all([program(source), program(source, { COCOINDEX_BUILD: '"debug"' })]);
});
afterAll(() => net.close());
beforeEach(() => {
  net.answer = 200;
});

interface Told extends Partial<RunOptions> {
  readonly file?: string;
  readonly given?: object;
}

/** One run with what arrived of it. */
async function started({ file: which = file, given = {}, env = {}, home = temporary() }: Told = {}) {
  const [before, connections] = [net.requests.length, net.asked.length];
  const ran = await run(which, { home, cwd: home, args: [JSON.stringify(given)], env: { ...net.env, ...env } });
  return {
    ...ran,
    requests: net.requests.slice(before),
    asked: net.asked.slice(connections),
    files: readdirSync(home, { recursive: true }),
  };
}

const everything = "init init appCreate init appUpdate appUpdate appDrop init";
const off = (value: string) => ({ COCOINDEX_DISABLE_USAGE_TRACKING: value });

describe("four points", () => {
  it("each is one request, byte for byte; init is the process's first only", async () => {
    const { code, stdout, stderr, requests, asked, files } = await started({ given: { say: everything } });
    const bodies = ["init", "app_create", "app_update", "app_update", "app_drop"].map(
      (event) => `{"event":"${event}","lang":"python3.11","platform":"aarch64-macos"}`,
    );
    expect(requests.map(({ body }) => body).sort()).toEqual([...bodies].sort());
    for (const { bytes, body } of requests)
      expect(String(bytes)).toBe(
        `POST /python-1.0.0a1 HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nHost: ${host}\r\nConnection: close\r\n\r\n${body}`,
      );
    expect(new Set(asked)).toEqual(new Set([`${host}:443`]));
    // No output, and nothing kept: there is no identifier to keep.
    expect([code, stdout, stderr, files]).toEqual([0, "", "", []]);
    expect((await started({ given: { say: "init" } })).requests).toHaveLength(1);
  });

  it("init is the process's first only, in whatever threads it is imported", async () => {
    const threads = await program(`import { isMainThread, Worker } from "node:worker_threads"; ${source}
      if (isMainThread) await new Promise((resolve) => new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) }).on("exit", resolve));`);
    const { code, requests } = await started({ file: threads, given: { say: "init appUpdate" } });
    const events = requests.map(({ body }) => (JSON.parse(body) as { event: string }).event);
    expect([code, events.sort()]).toEqual([0, ["app_update", "app_update", "init"]]);
  });

  it("of more at once than the page says, those beyond are not sent", async () => {
    const { requests } = await started({ given: { say: "appUpdate ".repeat(100).trim() } });
    const page = readFileSync("generated/systems/cocoindex/TELEMETRY.md", "utf8");
    expect(page).toContain(`- At most ${requests.length} requests run at once; further events are not sent.\n`);
  });

  it("are all that can be called: no question, no command, no notice", () => {
    const text = readFileSync("generated/systems/cocoindex/client/telemetry.ts", "utf8");
    const names = [...text.matchAll(/^export (?:async )?\w+ (\w+)/gm)].map(([, name]) => name);
    expect(names.sort()).toEqual(["appCreate", "appDrop", "appUpdate", "enabled", "flush", "init", "reason", "setup"]);
    expect(readdirSync("generated/systems/cocoindex/client")).not.toContain("command.ts");
  });

  it("take nothing from the environment but the one variable", async () => {
    const env = {
      COCOINDEX_APPLICATION_FOR_TRACKING: "acme-payroll",
      COCOINDEX_TELEMETRY_ENDPOINT: "http://127.0.0.1:9/",
      DO_NOT_TRACK: "1",
      CI: "true",
    };
    const { requests } = await started({ env, given: { say: "appUpdate" } });
    expect(requests.map(({ origin, body }) => [origin, JSON.parse(body)])).toEqual([
      [`https://${host}`, { event: "app_update", platform: "aarch64-macos", lang: "python3.11" }],
    ]);
    expect(String(requests[0]?.bytes)).not.toMatch(/acme/);
  });
});

describe("the variable", () => {
  it.each([undefined, "", "0"])("%j: on", async (value) => {
    const { requests } = await started(value === undefined ? {} : { env: off(value) });
    expect(requests).toHaveLength(1);
  });

  it.each([
    "1",
    "true",
    "false",
    "FALSE",
    "no",
    "off",
    "n",
    "00",
    "0.0",
    "-0",
    " ",
    " 0",
    "0 ",
    "0\n",
    "\t",
    "null",
    "０",
  ])("%j: off; not even a connection", async (value) => {
    const { code, stdout, asked, files } = await started({
      env: off(value),
      given: { say: everything, also: "loaded" },
    });
    // What could send was never loaded.
    expect([code, stdout, asked, files]).toEqual([0, "0\n", [], []]);
  });

  it("on, what sends is loaded: what is looked for can be found", async () => {
    expect(Number((await started({ given: { also: "loaded" } })).stdout)).toBeGreaterThan(0);
  });

  it("is read when the program starts: what is done to it later changes nothing", async () => {
    expect((await started({ given: { own: "1" } })).requests).toHaveLength(1);
    expect((await started({ env: off("1"), given: { own: "0" } })).asked).toEqual([]);
    expect((await started({ env: off("1"), given: { own: null } })).asked).toEqual([]);
  });
});

describe("the facts in the URL", () => {
  it.each([
    ["1.0.0", "/python-1.0.0"],
    ["1.0.0a1", "/python-1.0.0a1"],
    ["1.0.0-alpha48", "/python-1.0.0-alpha48"],
    ["1.0.0.dev3", "/python-1.0.0.dev3"],
    ["2.1.0rc1.post2", "/python-2.1.0rc1.post2"],
    ["1.0.0+g1a2b3c", "/python-1.0.0%2Bg1a2b3c"],
  ])("%s → %s", async (version, path) => {
    expect((await started({ given: { version } })).requests.map(({ line }) => line)).toEqual([`POST ${path} HTTP/1.1`]);
  });

  const endless = "1".repeat(100_000);
  it.each<[what: string, given: object]>(
    [
      ...[
        "1.0.0/../x",
        "1.0.0/x",
        "../1.0.0",
        "1.0.0?user=ada",
        "1.0.0#ada",
        "1.0.0&x=y",
        "1.0.0%2F..",
        "1.0.0;x",
        "1.0.0@evil.com",
      ],
      ...[
        "1.0.0 ",
        " 1.0.0",
        "1.0.0\r\nX-Id: ada",
        "1.0.0\n",
        "1.0.0\u0000",
        "1.0.0\u202e",
        "１.0.0",
        "1.0.0é",
        "",
        "{package}",
        "$&",
        "1",
      ],
      ...["1.0.0+local/../x", `1.0.0a${endless}`, "1.0.0-ada@example.com", "1.0.0-/home/ada"],
    ]
      .map((version): [string, object] => [JSON.stringify(version.slice(0, 40)), { version }])
      .concat([
        ["a list", { version: ["1.0.0"] }],
        ["an object", { version: { toString: "1.0.0" } }],
        ["a number", { version: 1.5 }],
        ["a package that is none", { package: "python/../../x" }],
        ["a package of a user's", { package: "acme" }],
        ["a platform with a path", { platform: "linux-/home/ada" }],
        ["a platform that is upper case", { platform: "AARCH64-macos" }],
        ["a language of three parts", { lang: "python3.11.4" }],
        ["a language with a name behind it", { lang: "python3.11\nada" }],
      ]),
  )("%s: nothing is sent at all", async (_, given) => {
    const { code, stdout, stderr, asked } = await started({ given });
    expect([code, stdout, stderr, asked]).toEqual([0, "", "", []]);
  });
});

describe("failures are one line at level info each, and nothing else", () => {
  const url = `https://${host}/python-1.0.0a1`;
  it.each([404, 500, 503] as const)("an answer of %d", async (status) => {
    net.answer = status;
    const { code, stdout, stderr, requests } = await started({ given: { say: "appUpdate appUpdate", also: "log" } });
    expect([code, stdout, stderr]).toEqual([0, `info telemetry: POST ${url} -> ${status}\n`.repeat(2), ""]);
    // Not tried again.
    expect(requests).toHaveLength(2);
  });

  it("a gateway that hangs up", async () => {
    net.answer = "hang up";
    const { code, stdout, stderr, requests } = await started({ given: { say: "appUpdate", also: "log" } });
    expect([code, stdout, stderr, requests.length]).toEqual([
      0,
      `info telemetry: POST ${url} -> failed (Connection reset)\n`,
      "",
      1,
    ]);
  });

  it("nobody who listens", async () => {
    const env = { HTTPS_PROXY: "http://127.0.0.1:9" };
    const { code, stdout, stderr } = await started({ env, given: { say: "appUpdate", also: "log" } });
    expect([code, stdout, stderr]).toEqual([0, `info telemetry: POST ${url} -> failed (Connection refused)\n`, ""]);
  });

  it("and none where the program has no logger, nor where it went well, nor for a redirect, which nobody follows", async () => {
    net.answer = 500;
    expect(await started()).toMatchObject({ code: 0, stdout: "", stderr: "" });
    net.answer = 307;
    const { stdout, asked } = await started({ given: { also: "log" } });
    expect([stdout, asked]).toEqual(["", [`${host}:443`]]);
  });

  it("no answer: given up after five seconds, while the program goes on", async () => {
    net.answer = "never";
    const slow = await program(`
      import * as telemetry from "./generated/systems/cocoindex/client/telemetry.js";
      const start = performance.now();
      const working = setInterval(() => undefined, 1000);
      const log = (level, line) => {
        console.log(level + " " + line + " " + (performance.now() - start > 4900 ? "late" : "early"));
        clearInterval(working);
      };
      telemetry.setup({ package: "python", platform: "aarch64-macos", lang: "python3.11", version: "1.0.0a1", host: { log } });
      telemetry.appUpdate();
      console.log("goes on");`);
    const { code, stdout } = await started({ file: slow });
    expect([code, stdout]).toEqual([0, `goes on\ninfo telemetry: POST ${url} -> failed (Timed out) late\n`]);
  });
});

describe("a debug build", () => {
  it("never sends, whatever the environment says it is", async () => {
    const env = { ...off("0"), COCOINDEX_BUILD: "release", NODE_ENV: "production" };
    const { code, stdout, asked } = await started({ file: debug, env, given: { say: everything, also: "loaded" } });
    expect([code, stdout, asked]).toEqual([0, "0\n", []]);
  });

  it("has none of it: no address, no name of an event, no variable, no transport", () => {
    const text = readFileSync(debug, "utf8");
    expect(text.match(/scarf|https?:|app_|node:|createRequire|import\(/g)).toBeNull();
    expect(readFileSync(file, "utf8").match(/scarf|app_|node:|createRequire/g)).not.toBeNull();
  });
});
