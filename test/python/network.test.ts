import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { endpoint } from "../client/endpoint.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";
import { describeInPython } from "../vectors/pythons.js";
import { inPython, writePython } from "./client.js";
import { runPython } from "./program.js";

const folder = temporaryFolder("python-network");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let homes = 0;
function home(): string {
  const place = join(folder, `home-${homes++}`);
  mkdirSync(place, { recursive: true });
  return place;
}

/** A receiver that writes these bytes behind each request, and closes where it is told to. */
async function saying(answer: string, ends: boolean) {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => (ends ? socket.end(answer) : socket.write(answer)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/check`,
    close: () => server.close(),
  };
}

const ok = "HTTP/1.1 200 OK\r\n";
/** The receiver's answers, and what the program gets of it; the contract lets it have 1 KiB. */
const answers: readonly (readonly [what: string, answer: string, got: string, ends?: false])[] = [
  ["of a stated length", `${ok}content-length: 5\r\n\r\n2.0.0`, "'2.0.0'", false],
  ["that ends with the connection", `${ok}\r\n2.0.0`, "'2.0.0'"],
  ["in pieces", `${ok}transfer-encoding: chunked\r\n\r\n2\r\n2.\r\n3;x=y\r\n0.0\r\n0\r\n\r\n`, "'2.0.0'", false],
  [
    "behind one that is only said on the way",
    `HTTP/1.1 103 Early\r\n\r\n${ok}content-length: 1\r\n\r\n2`,
    "'2'",
    false,
  ],
  ["beyond ASCII", `${ok}content-length: 2\r\n\r\né`, "'é'", false],
  ["without a body", "HTTP/1.1 204 No Content\r\n\r\n", "''", false],
  ["that is a failure", "HTTP/1.1 500 No\r\ncontent-length: 2\r\n\r\nno", "'no'", false],
  ["that is cut off", `${ok}content-length: 9\r\n\r\n2.0`, "None"],
  ["whose pieces are cut off", `${ok}transfer-encoding: chunked\r\n\r\n9\r\n2.0`, "None"],
  ["as long as it may be", `${ok}content-length: 1024\r\n\r\n${"x".repeat(1024)}`, `'${"x".repeat(1024)}'`],
  ["longer than it may be", `${ok}content-length: 1025\r\n\r\n${"x".repeat(1025)}`, "None", false],
  [
    "longer than it may be, in pieces",
    `${ok}transfer-encoding: chunked\r\n\r\n401\r\n${"x".repeat(1025)}`,
    "None",
    false,
  ],
  ["longer than it may be, to the end", `${ok}\r\n${"x".repeat(1025)}`, "None"],
  ["that never ends", `${ok}content-length: 9\r\n\r\n2`, "None", false],
  ["that is none", "nonsense", "None"],
];

describeInPython((_, python) => {
  it("a program gets the receiver's answer as text, and nothing of one that it can't have", async () => {
    const path = join(import.meta.dirname, "../vectors/contracts/answered.yaml");
    const { model } = readContract(readFileSync(path, "utf8"), path);
    writePython(model as Model, join(folder, "answered"));
    const receivers = await Promise.all(answers.map(([, answer, , ends = true]) => saying(answer, ends)));
    const source = `
import sys
sys.path.insert(0, ${JSON.stringify(join(folder, "answered/python"))})
import tool_telemetry as telemetry
from tool_telemetry._contract import client
telemetry.setup(version="1.2.3")
later = client.contract.later()
for url in sys.argv[1:]:
    later.url = url
    print(repr(telemetry.check(channel="beta")))
`;
    const { stdout, stderr } = await runPython(python, source, { home: home(), args: receivers.map(({ url }) => url) });
    for (const { close } of receivers) close();
    expect(stderr).toBe("");
    const lines = stdout.trimEnd().split("\n");
    expect(answers.map(([what], at) => [what, lines[at]])).toEqual(answers.map(([what, , got]) => [what, got]));
  });

  describe("with leave: process", () => {
    const program = (more: string) => {
      const model = inPython("docglow");
      const leaving = { ...model, clients: { python: { at: model.at, leave: "process" as const } } };
      writePython(leaving, join(folder, "leaving"));
      return `
import sys, time
sys.path.insert(0, ${JSON.stringify(join(folder, "leaving/python"))})
import docglow_telemetry as telemetry
import docglow_telemetry._runtime.wire as wire
telemetry.setup(version="0.7.4", platform="linux", python_version="3.12.2", config=lambda _: None)
def report(number):
    telemetry.command_run(command="generate", result="success", duration_ms=number, adapter_type=None, features_used=[],
        project_shape=telemetry.ProjectShape(macros=1, models=2, seeds=3, sources=4, tests=5))
${more}
`;
    };
    const numbers = (requests: readonly { readonly body: string }[]) =>
      requests.map(({ body }) => (JSON.parse(body) as { duration_ms: number }).duration_ms).sort();

    it("what a dead network holds back another process sends, and notes", async () => {
      const { requests, url, close } = await endpoint();
      const place = home();
      const source = program(
        "wire._connected = lambda *_: time.sleep(60)\nreport(1)\nreport(2)\nprint('done')\nsys.exit(3)",
      );
      const env = { DOCGLOW_TELEMETRY: "1", DOCGLOW_TELEMETRY_ENDPOINT: url };
      expect(await runPython(python, source, { home: place, env })).toMatchObject({
        code: 3,
        stdout: "done\n",
        stderr: "",
      });
      await until("both have arrived", () => (requests.length === 2 ? true : undefined));
      expect(numbers(requests)).toEqual([1, 2]);
      expect(requests[0]?.headers["content-type"]).toBe("application/json");
      expect(requests[0]?.headers["user-agent"]).toBeUndefined();
      const log = join(place, ".config/docglow/telemetry-sent.jsonl");
      const kept = await until("both are noted", () => {
        const lines = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
        return lines.length === 2 ? lines : undefined;
      });
      expect(kept.map((line) => JSON.parse(line) as object)).toEqual(
        requests.map(({ body }) => ({ at: expect.stringMatching(/Z$/), url, outcome: "204", body })),
      );
      // What is shown is read by the client's own hands.
      const shown = await runPython(python, program('telemetry.telemetry_command(["show"])'), { home: place, env });
      expect(shown.stdout).toContain("204");
      await close();
    });

    it("each event of programs that end at once arrives, and none twice", async () => {
      const { requests, url, close } = await endpoint();
      const place = home();
      const env = { DOCGLOW_TELEMETRY: "1", DOCGLOW_TELEMETRY_ENDPOINT: url };
      const all = Array.from({ length: 9 }, (_, at) => at);
      for (const number of all) await runPython(python, program(`report(${number})`), { home: place, env });
      await until("all have arrived", () => (requests.length >= all.length ? true : undefined));
      expect(numbers(requests)).toEqual(all);
      await close();
    });
  });
});
