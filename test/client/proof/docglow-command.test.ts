import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasRealPart } from "../../support/real-part.js";
import { type Endpoint, endpoint } from "../endpoint.js";
import { program, run, temporary } from "../program.js";

/** Docglow's cases in words that need a whole command: real processes, and where a person answers, a real terminal. */
const question = "Enable anonymous telemetry?";

let file: string;
let to: Endpoint;
beforeAll(async () => {
  to = await endpoint();
  file = await program(`
    import * as telemetry from "./generated/systems/docglow/client/telemetry.js";
    import { telemetryCommand } from "./generated/systems/docglow/client/command.js";
    import { client } from "./generated/systems/docglow/client/client.js";
    import { consent } from "./generated/systems/docglow/client/runtime/consent.js";
    import { send } from "./generated/systems/docglow/client/runtime/later/send.js";
    telemetry.setup({ platform: "linux", pythonVersion: "3.12.2", version: "0.7.4", host: { send: (request) => send({ ...request, url: process.env.ENDPOINT }) } });
    const [command, ...words] = process.argv.slice(2);
    const report = () => telemetry.commandRun({ command, result: "success", durationMs: 4218, adapterType: null,
      projectShape: { models: 1, sources: 2, seeds: 3, tests: 4, macros: 5 }, featuresUsed: [] });
    if (command === "telemetry") process.exitCode = await telemetryCommand(words);
    else if (command === "serve") { report(); setInterval(() => undefined, 1000); }
    else {
      await telemetry.ask("first \`docglow generate\`");
      report();
      await telemetry.flush();
      console.log("enabled: " + consent(client).enabled);
    }`);
});
afterAll(() => to.close());

interface Ran {
  readonly asked: boolean;
  readonly enabled: boolean;
  readonly requests: number;
}

/** \`docglow generate\` on a terminal, at which somebody types this when asked. */
function generate(
  home: string,
  {
    typed = "\r",
    env = {},
    redirected = false,
  }: { typed?: string; env?: Record<string, string>; redirected?: boolean } = {},
): Promise<Ran> {
  const before = to.requests.length;
  const command = `'${process.execPath}' '${file}' generate`;
  const child = spawn("script", ["-qec", redirected ? `echo | ${command}` : command, "/dev/null"], {
    env: { HOME: home, PATH: process.env["PATH"], ENDPOINT: to.url, ...env },
    timeout: 120_000,
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const first = !output.includes(question);
    output += chunk;
    if (first && output.includes(question)) child.stdin.write(typed);
  });
  return new Promise((resolve) =>
    child.on("close", () =>
      resolve({
        asked: output.includes(question),
        enabled: output.includes("enabled: true"),
        requests: to.requests.length - before,
      }),
    ),
  );
}

const command = (home: string, ...words: string[]) =>
  run(file, { home, args: ["telemetry", ...words], env: { ENDPOINT: to.url } });
const state = (home: string) => join(home, ".config/docglow/telemetry.json");

describe.runIf(hasRealPart("script"))("docglow on a terminal (needs script)", () => {
  it("prompt on a terminal, enter means no", async () => {
    expect(await generate(temporary())).toEqual({ asked: true, enabled: false, requests: 0 });
    expect(await generate(temporary(), { typed: "y\r" })).toEqual({ asked: true, enabled: true, requests: 1 });
  });

  it("no prompt in CI", async () => {
    expect(await generate(temporary(), { env: { CI: "true" } })).toEqual({ asked: false, enabled: false, requests: 0 });
  });

  it("no prompt with redirected stdin", async () => {
    expect(await generate(temporary(), { redirected: true })).toEqual({ asked: false, enabled: false, requests: 0 });
  });

  it("skipped is not declined", async () => {
    const home = temporary();
    const [ci, person] = [await generate(home, { env: { CI: "true" } }), await generate(home)];
    expect([ci.asked, person.asked]).toEqual([false, true]);
  });

  it("asked once", async () => {
    const home = temporary();
    const [first, second] = [await generate(home, { typed: "n\r" }), await generate(home)];
    expect([first.asked, second.asked]).toEqual([true, false]);
  });
});

describe("docglow's commands", () => {
  it("no id before opting in", async () => {
    const home = temporary();
    const { code, stdout } = await command(home, "status", "--json");
    expect([code, (JSON.parse(stdout) as { instance_id: unknown }).instance_id, existsSync(state(home))]).toEqual([
      0,
      null,
      false,
    ]);
  });

  it("status after enable", async () => {
    const home = temporary();
    expect((await command(home, "enable")).code).toBe(0);
    const { stdout } = await command(home, "status");
    for (const word of ["enabled", "instance_id", "endpoint", "env"])
      expect(stdout).toMatch(new RegExp(`^${word}: *`, "m"));
    expect(stdout).toContain((JSON.parse(readFileSync(state(home), "utf8")) as { instance_id: string }).instance_id);
  });

  it("serve reports at startup", async () => {
    const home = temporary();
    const before = to.requests.length;
    const server = spawn(process.execPath, [file, "serve"], {
      env: { HOME: home, ENDPOINT: to.url, DOCGLOW_TELEMETRY: "1" },
    });
    const ended = new Promise((resolve) => server.once("close", resolve));
    for (let tries = 0; to.requests.length === before && tries < 400; tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect([to.requests.length - before, server.exitCode]).toEqual([1, null]);
    server.kill();
    await ended;
  });
});
