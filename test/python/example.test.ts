import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasRealPart, isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";
import { type GeneratedWorker, writeWorker } from "../worker/hosts/generated-worker.js";
import { type NodeProcess, startNode } from "../worker/hosts/start-node.js";
import { inPython, writePython } from "./client.js";
import { pythonTools } from "./tools.js";

const tools = pythonTools();
const folder = temporaryFolder("python-example");
const example = join(import.meta.dirname, "example/docglow_like.py");
let worker: GeneratedWorker | undefined;
let host: NodeProcess | undefined;
afterAll(async () => {
  await host?.kill("SIGTERM");
  worker?.remove();
  rmSync(folder, { recursive: true, force: true });
});

const home = join(folder, "home");
interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as somebody would run it. */
function docglow(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(join(tools ?? "", "python"), [example, ...args], {
    encoding: "utf8",
    cwd: home,
    input: "",
    env: {
      HOME: home,
      PYTHONPATH: join(folder, "python"),
      DOCGLOW_TELEMETRY_ENDPOINT: `${host?.url}/v1/telemetry/events`,
      ...env,
    },
  });
  return { code: status, stdout, stderr };
}

interface Fields {
  readonly instance_id: string;
  readonly project_shape: { readonly models: number };
}

/** Returns the rows in the store, the oldest first: an SQLite file, or one of lines where Node has no SQLite. */
function stored(): readonly Fields[] {
  const [lines, database] = ["events.jsonl", "events.db"].map((name) => join(folder, "data", name)) as [string, string];
  const rows = existsSync(lines)
    ? readFileSync(lines, "utf8").split("\n").filter(Boolean)
    : existsSync(database)
      ? spawnSync(
          "sqlite3",
          ["-readonly", database, "SELECT json_object('fields', json(fields)) FROM docglow_telemetry ORDER BY time"],
          {
            encoding: "utf8",
          },
        )
          .stdout.split("\n")
          .filter(Boolean)
      : [];
  return rows.map((row) => (JSON.parse(row) as { fields: Fields }).fields);
}

describe.runIf(isThere("the tools of test/python/requirements.txt", tools !== undefined))(
  "a program like Docglow's, its worker and its store",
  () => {
    beforeAll(async () => {
      mkdirSync(home);
      writePython(inPython("docglow"), folder);
      worker = await writeWorker("spec/systems/docglow/events.yaml");
      host = await startNode(worker.folder, { TELEMETRY_SINK: "sqlite", TELEMETRY_DATA: join(folder, "data") });
    });

    it("off until it is turned on, then one row a run, then off again", async () => {
      expect(docglow(["generate", "142"])).toEqual({ code: 0, stdout: "142 models documented\n", stderr: "" });
      expect(docglow(["telemetry"]).stdout).toContain("enabled: no");
      expect(docglow(["telemetry", "enable"])).toMatchObject({ code: 0, stdout: "Telemetry is on.\n" });
      expect(docglow(["generate", "143"]).code).toBe(0);
      const [row] = await until("the row is stored", () => (stored().length > 0 ? stored() : undefined));
      expect(row).toMatchObject({ adapter_type: "snowflake", command: "generate", docglow_version: "0.7.4" });
      expect(row?.project_shape).toEqual({ macros: 8, models: 143, seeds: 4, sources: 31, tests: 213 });
      expect(docglow(["telemetry", "show"]).stdout).toContain('"models": 143');
      expect(docglow(["telemetry", "disable"]).stdout).toContain(String(row?.instance_id));
      expect(docglow(["generate", "144"]).code).toBe(0);
      expect(docglow(["telemetry", "nonsense"]).code).toBe(2);
      // What is sent after a yes comes after whatever the no might have let through.
      expect(docglow(["telemetry", "enable"]).code).toBe(0);
      expect(docglow(["generate", "145"]).code).toBe(0);
      const rows = await until("the last row is stored", () => (stored().length > 1 ? stored() : undefined));
      expect(rows.map(({ project_shape }) => project_shape.models)).toEqual([143, 145]);
      // A yes after a no is somebody new.
      expect(rows[1]?.instance_id).not.toBe(row?.instance_id);
    });

    it("the same by argparse: turned on, recorded, stored", async () => {
      const place = join(folder, "by-argparse");
      mkdirSync(place);
      const run = (...args: readonly string[]) =>
        spawnSync(join(tools ?? "", "python"), ["-c", BY_ARGPARSE, ...args], {
          encoding: "utf8",
          cwd: place,
          env: {
            HOME: place,
            PYTHONPATH: join(folder, "python"),
            DOCGLOW_TELEMETRY_ENDPOINT: `${host?.url}/v1/telemetry/events`,
          },
        });
      expect(run("generate", "150")).toMatchObject({ status: 0, stdout: "150 models documented\n", stderr: "" });
      expect(run("telemetry", "enable")).toMatchObject({ status: 0, stdout: "Telemetry is on.\n" });
      expect(run("generate", "151").status).toBe(0);
      const kept = () => stored().map(({ project_shape }) => project_shape.models);
      await until("its row is stored", () => (kept().includes(151) ? true : undefined));
      expect(kept()).not.toContain(150);
    });

    it("a configuration that can't be read is a no", () => {
      writeFileSync(join(home, "docglow.yml"), "telemetry: [");
      expect(docglow(["telemetry", "status"]).stdout).toContain("enabled: no");
      rmSync(join(home, "docglow.yml"));
    });

    it.runIf(hasRealPart("script"))("asks on a terminal, in click's way, and only once", () => {
      const place = join(folder, "asked");
      mkdirSync(place);
      const command = `${join(tools ?? "", "python")} ${example} generate 1`;
      const ask = (typed: string) =>
        spawnSync("script", ["-qec", command, "/dev/null"], {
          encoding: "utf8",
          cwd: place,
          input: typed,
          env: { HOME: place, PYTHONPATH: join(folder, "python"), DOCGLOW_TELEMETRY_ENDPOINT: "http://127.0.0.1:9/" },
        }).stdout;
      expect(ask("y\n")).toContain("Enable anonymous telemetry? [y/N]");
      expect(ask("")).not.toContain("Enable anonymous telemetry?");
    });
  },
);

/** Docglow's two commands, as a program without click has them. */
const BY_ARGPARSE = `
import argparse, sys
import docglow_telemetry as telemetry
parser = argparse.ArgumentParser()
commands = parser.add_subparsers(dest="command", required=True)
commands.add_parser("generate").add_argument("models", type=int)
commands.add_parser("telemetry").add_argument("words", nargs=argparse.REMAINDER)
args = parser.parse_args()
telemetry.setup(version="0.7.4", platform="linux", python_version="3.12.2", config=lambda _: None)
if args.command == "telemetry":
    sys.exit(telemetry.telemetry_command(args.words))
shape = telemetry.ProjectShape(macros=8, models=args.models, seeds=4, sources=31, tests=213)
telemetry.command_run(command="generate", result="success", duration_ms=1, adapter_type="snowflake",
    project_shape=shape, features_used=[])
print(f"{args.models} models documented")
`;

/** The function behind `telemetry`, as each library mounts it. */
const mounts = {
  argparse: `
import argparse
parser = argparse.ArgumentParser()
commands = parser.add_subparsers(dest="command")
below = commands.add_parser("telemetry")
below.add_argument("words", nargs=argparse.REMAINDER)
args = parser.parse_args()
sys.exit(telemetry.telemetry_command(args.words))`,
  click: `
import click
@click.group()
def cli(): pass
@cli.command("telemetry", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1)
def run(words): sys.exit(telemetry.telemetry_command(words))
cli()`,
  typer: `
import typer
app = typer.Typer()
@app.callback()
def main(): pass
@app.command("telemetry", context_settings={"ignore_unknown_options": True})
def run(words: typing.List[str] = typer.Argument(None)):
    raise typer.Exit(telemetry.telemetry_command(words or []))
app()`,
} as const;

describe.runIf(isThere("the tools of test/python/requirements.txt", tools !== undefined)).each(Object.entries(mounts))(
  "the telemetry command, mounted by %s",
  (library, program) => {
    const place = join(folder, library);
    const run = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(
        join(tools ?? "", "python"),
        ["-c", `import sys, typing\nimport docglow_telemetry as telemetry\n${program}`, "telemetry", ...args],
        {
          encoding: "utf8",
          env: { HOME: place, PYTHONPATH: join(folder, "python"), PYTHONDONTWRITEBYTECODE: "1" },
        },
      );
      return { code: status, out: `${stdout}${stderr}` };
    };

    it("tells, turns on and off, shows, and resets", () => {
      mkdirSync(place, { recursive: true });
      writePython(inPython("docglow"), folder);
      // `config` is owed until `setup` gives it.
      expect(run().out).toContain("enabled: no");
      expect(run("enable").code).toBe(0);
      const state = join(place, ".config/docglow/telemetry.json");
      const id = () => (JSON.parse(readFileSync(state, "utf8")) as { instance_id: string }).instance_id;
      const before = id();
      expect(run("reset").code).toBe(0);
      expect(JSON.parse(run("status", "--json").out)).toMatchObject({ product: "docglow" });
      expect(run("show").out).toContain("Sent before:");
      expect(run("disable").code).toBe(0);
      expect(run("disabel").out).toContain('Did you mean "disable"?');
      expect(run("disabel").code).toBe(2);
      expect(before).toMatch(/^[0-9a-f-]{36}$/);
    });
  },
);
