import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { plainsight } from "../cli/project.js";
import { go } from "../go/client.js";
import { hasRealPart, isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { pythons } from "../vectors/pythons.js";

/** Two contracts that share one consent, each with a queue: whoever says no says it of both. */
const folder = temporaryFolder("programmes-run");

/** What one of them sends in headers and in its address, and an identifier that its program gives. */
const more = {
  usage: { identifiers: "none", path: "", headers: "", common: "{}" },
  crash: {
    identifiers:
      "{ account: { identifies: account, made_from: given, created: platform, what: the account, format: { type: uuid }, justification: Crashes are told to its owner. } }",
    path: "/{event}",
    headers: 'headers: { X-Kind: "kind {fields.kind}" }, ',
    common: "{ account: { type: identifier, optional: true, why: Whom to tell. } }",
  },
};

const contract = (product: keyof typeof more, consent: string) => `telemetry_spec: 1
product: ${product}
title: Telemetry
summary: What it reports.
schema_version: 1
why: [What breaks.]
never_collected: [Names of files.]
consent:
${consent}
identifiers: ${more[product].identifiers}
destination:
  url: https://telemetry.tool.example/${product}${more[product].path}
  override: { order: [{ env: TOOL_URL }], when_rejected: disable }
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Nothing identifies anybody.
common: ${more[product].common}
events: { happened: { when: It happened., why: How often., fields: { kind: { type: enum, values: [a, b], optional: true, why: Which. } } } }
wire: { format: json, ${more[product].headers}body: { event: $event, $common: , $fields: } }
delivery: { mode: queued, queue: { file: ~/.tool/${product}-queue.jsonl, max_size: 64KiB, when_full: drop-oldest }, debug: { env: TOOL_DEBUG, sends: false } }
clients: { typescript: {}, python: {}, go: {} }
history: [{ version: 1, change: First version. }]
`;

const own = `  model: opt-out
  order: [{ stored: enabled }]
  commands: { disable: { run: tool telemetry off }, enable: { run: tool telemetry on } }
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool } } }`;

const python = pythons()[0]?.[1];
const hasGo = spawnSync("go", ["version"]).status === 0;

/** A program in each language that does what its arguments say of telemetry: exit code, stdout, stderr. */
const programs = {
  TypeScript: (product: string) => {
    const url = JSON.stringify(join(folder, `generated/systems/${product}/client/command.js`));
    return [
      process.execPath,
      "--input-type=module",
      "-e",
      `
      import { telemetryCommand } from ${url};
      process.exitCode = await telemetryCommand(process.argv.slice(1));`,
    ];
  },
  Python: (product: string) => [
    python ?? "python3",
    "-c",
    `import sys; sys.path.insert(0, ${JSON.stringify(join(folder, `generated/systems/${product}/python`))})
from ${product}_telemetry import telemetry_command
sys.exit(telemetry_command(sys.argv[1:]))`,
  ],
  Go: (product: string) => [join(folder, `go/${product}`)],
};

beforeAll(() => {
  for (const [product, consent] of [
    ["usage", own],
    ["crash", "  use: ../usage/events.yaml"],
  ] as const) {
    mkdirSync(join(folder, `spec/systems/${product}`), { recursive: true });
    writeFileSync(join(folder, `spec/systems/${product}/events.yaml`), contract(product, consent));
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "tool", version: "1.2.3", type: "module" }));
  const ran = plainsight(folder, ["gen", "--language", "js"]);
  expect(ran).toMatchObject({ code: 0, err: "" });
  if (!hasGo) return;
  writeFileSync(join(folder, "go.mod"), "module example.test/tool\n\ngo 1.22\n");
  for (const product of ["usage", "crash"]) {
    mkdirSync(join(folder, `main/${product}`), { recursive: true });
    writeFileSync(
      join(folder, `main/${product}/main.go`),
      `package main

import (
	"context"
	"os"

	"example.test/tool/generated/systems/${product}/go/telemetry"
)

func main() { os.Exit(telemetry.New(telemetry.Options{}).Command(context.Background(), os.Args[1:])) }
`,
    );
    expect(go(["build", "-o", `go/${product}`, `./main/${product}`], folder)).toBe("");
  }
}, 300_000);

/** The log of what was sent, and what is left of a process that was killed while it wrote it. */
const logsOf = (product: string) => ["", ".tmp-1781265600000-0.7"].map((tail) => `${product}-sent.jsonl${tail}`);

let homes = 0;
function home(): string {
  const place = join(folder, `home-${++homes}`);
  mkdirSync(join(place, ".tool"), { recursive: true });
  const line = '{"v":1,"event":"happened","ts":1781265600000,"props":{}}\n';
  for (const product of ["usage", "crash"]) {
    const queue = `${product}-queue.jsonl`;
    for (const name of [queue, `${queue}.seal-1-a`, `${queue}.day-20000.claim-1-a`, ...logsOf(product)])
      writeFileSync(join(place, ".tool", name), line);
  }
  writeFileSync(join(place, ".tool/crash-queue.jsonlish"), "not ours");
  return place;
}

function run([program = "", ...args]: readonly string[], words: readonly string[], place: string, env: object = {}) {
  const { stdout, stderr, status } = spawnSync(program, [...args, ...words], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: place, ...env },
  });
  return { stdout, stderr, status };
}

describe.each(Object.keys(programs) as (keyof typeof programs)[])("%s", (language) => {
  const real = { TypeScript: true, Python: python !== undefined, Go: hasGo }[language];
  const it = test.runIf(isThere(language, real));

  it.each(["usage", "crash"])("a no, said by the command of %s, deletes what waits in both queues", (product) => {
    const place = home();
    expect(run(programs[language](product), ["off"], place)).toEqual({
      stdout: "Telemetry is off. Everything queued was deleted.\n",
      stderr: "",
      status: 0,
    });
    expect(readdirSync(join(place, ".tool")).sort()).toEqual(["crash-queue.jsonlish", "state.json"]);
  });

  it("a yes after a no covers nothing that was recorded before it, in neither queue", () => {
    const place = home();
    writeFileSync(join(place, ".tool/state.json"), '{ "enabled": false }');
    expect(run(programs[language]("usage"), ["on"], place)).toMatchObject({ stdout: "Telemetry is on.\n", status: 0 });
    expect(readdirSync(join(place, ".tool")).sort()).toEqual(["crash-queue.jsonlish", "state.json"]);
  });

  it.each(["usage", "crash"])("what can't be deleted is not said to be, in the queue of %s", (product) => {
    const place = home();
    mkdirSync(join(place, `.tool/${product}-queue.jsonl.seal-2-b/full`), { recursive: true });
    expect(run(programs[language]("usage"), ["off"], place)).toEqual({
      stdout: "Telemetry is off. Not everything queued could be deleted.\n",
      stderr: "",
      status: 0,
    });
  });

  const stopped = { TypeScript: "1 1.2.3", Python: "1 undefined", Go: "1 undefined" }[language];
  it.each([
    [
      "the receiver takes nothing more",
      {},
      stopped,
      "The receiver takes nothing more of this version: nothing is sent.",
    ],
    ["another version was told so", {}, "1 0.0.9", undefined],
    [
      "there is no address",
      { TOOL_URL: "ftp://tool.example" },
      undefined,
      "There is no address to send to: nothing is sent.",
    ],
    [
      "events are only shown",
      { TOOL_DEBUG: "1" },
      undefined,
      "TOOL_DEBUG is set: events are shown, and nothing is sent.",
    ],
    ["nothing hinders it", {}, undefined, undefined],
  ] as const)("says why nothing is sent although it is on: %s", (_, env, stop, said) => {
    const place = home();
    if (stop !== undefined) writeFileSync(join(place, ".tool/usage-queue.jsonl.stopped"), stop);
    const [status, show] = ["status", "show"].map(
      (word) => run(programs[language]("usage"), [word], place, env).stdout,
    );
    expect(status).toMatch(/^enabled: yes$/m);
    expect([...(status?.matchAll(/^.*nothing is sent\.$/gm) ?? [])].map(String)).toEqual(said ? [said] : []);
    expect(show?.split("\n")[0]).toBe(said ?? "To be sent next:");
    expect(show).not.toContain("undefined");
  });

  it("shows each request with its own headers, those sent before too; status names the address, and whoever gives an identifier", () => {
    const place = home();
    const queued = ["a", "b"].map((kind) => `{"v":1,"event":"happened","ts":1781265600000,"props":{"kind":"${kind}"}}`);
    writeFileSync(join(place, ".tool/crash-queue.jsonl"), `${queued.join("\n")}\n`);
    const sent = { at: "2026-06-12T12:00:00.000Z", url: "https://a.example", outcome: "204", body: "{}" };
    writeFileSync(
      join(place, ".tool/crash-sent.jsonl"),
      `${JSON.stringify({ ...sent, headers: { "X-Kind": "kind c" } })}\n${JSON.stringify(sent)}\n`,
    );
    const said = (...words: readonly string[]) => run(programs[language]("crash"), words, place).stdout;
    expect(said("show").match(/^X-Kind: .*$/gm)).toEqual(["X-Kind: kind a", "X-Kind: kind b", "X-Kind: kind c"]);
    expect(JSON.parse(said("show", "--json")).next).toMatchObject({
      headers: {},
      // The first one waited in a full file, without a kind.
      each_headers: [{}, { "X-Kind": "kind a" }, { "X-Kind": "kind b" }],
    });
    expect(said("status")).toContain("account: given by the program\n");
    expect(JSON.parse(said("status", "--json"))).toMatchObject({
      account: null,
      endpoint: "https://telemetry.tool.example/crash/{event}",
    });
  });

  test.runIf(hasRealPart("mounts of our own") && real)("says that there is no room", () => {
    const place = home();
    const script = `mount -t tmpfs -o size=64k none "$HOME/.tool"
      cat /dev/zero > "$HOME/.tool/zero" 2> /dev/null || true
      exec "$@"`;
    const words = ["-m", "sh", "-ec", script, "sh", ...programs[language]("usage"), "status", "--json"];
    expect(JSON.parse(run(["unshare", ...words], [], place).stdout)).toMatchObject({
      enabled: true,
      notes: [
        `There is no room for ${place}/.tool/state.json: nothing is kept.`,
        `There is no room for ${place}/.tool/usage-queue.jsonl: nothing waits there, and nothing is sent.`,
      ],
    });
  });
});
