import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { inPython, writePython } from "../python/client.js";
import { pythonTools } from "../python/tools.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/python.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text]) => text ?? "");

/** A product that reports by the clock. */
const BY_THE_CLOCK = `telemetry_spec: 1
product: clock
title: Clock
summary: What is there.
schema_version: 1
why: [To see.]
never_collected: [Anything else.]
consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }
identifiers: none
destination: { url: https://example.test/v1, operator: { name: Clock, party: first }, client_ip: discarded, retention: { raw: 30d }, deletion: Ask us. }
events:
  status:
    every: 24h
    why: How much there is.
    fields:
      projects: { type: int, max: 1000, example: 3, why: How many there are. }
wire: { format: json, body: { event: $event, $fields: } }
delivery: { mode: immediate }
clients: { python: {} }
history: [{ version: 1, change: First version. }]
`;

it("what the page has a contract say is read without a finding", () => {
  const path = "spec/systems/docglow/events.yaml";
  const [clients = ""] = blocks("yaml");
  const without = readFileSync(join(root, path), "utf8").replace(/\nclients: .*\n/, "\n");
  expect(parse(clients)).toEqual({ clients: { python: { to: "src/docglow/telemetry" } } });
  expect(read(`${without}\n${clients}`, path).clients.python?.to).toBe("src/docglow/telemetry");
});

const tools = pythonTools();
it.runIf(isThere("the tools of test/python/requirements.txt", tools !== undefined))("its programs run", () => {
  const folder = temporaryFolder("python-page");
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const made = writePython(inPython("docglow"), folder);
  renameSync(writePython(inPython("codegraph"), folder), join(folder, "codegraph_telemetry"));
  renameSync(writePython(read(BY_THE_CLOCK, "spec/events.yaml"), folder), join(folder, "clock_telemetry"));
  mkdirSync(join(folder, "docglow"));
  writeFileSync(join(folder, "docglow/__init__.py"), "");
  renameSync(made, join(folder, "docglow/telemetry"));
  const program = [
    "import sys\nimport click\nimport docglow.telemetry\n",
    "def read_settings(name):\n    return {}\n\ndef count_projects():\n    return 3\n\n@click.group()\ndef cli():\n    pass\n",
    'def run_command(name):\n    telemetry_module.command_run(command=name, result="success", duration_ms=1, adapter_type=None,',
    "        project_shape=telemetry_module.ProjectShape(macros=1, models=1, seeds=1, sources=1, tests=1), features_used=[])\n",
    // What is counted, and what goes by the clock, are other products'.
    "import codegraph_telemetry\nimport clock_telemetry\n",
    ...blocks("python").map((one) =>
      one
        .replace("telemetry.counter(", "codegraph_telemetry.counter(")
        .replace(/telemetry\.(status_every|StatusFields)/g, "clock_telemetry.$1"),
    ),
    'assert telemetry_module.decision().enabled is False\nassert telemetry_module.telemetry_command(["status"]) == 0\n',
    'try:\n    cli(["telemetry", "status", "--json"])\nexcept SystemExit as ended:\n    assert ended.code == 0\n',
  ]
    .join("\n")
    .replace("from docglow import telemetry\n", "from docglow import telemetry\ntelemetry_module = telemetry\n");
  writeFileSync(join(folder, "page.py"), program);
  const { status, stderr, stdout } = spawnSync(join(tools ?? "", "python"), ["page.py"], {
    cwd: folder,
    encoding: "utf8",
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain('"decided_by": "default"');
  expect(dirname(made)).toContain(folder);
});
