import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";
import { describeInPython } from "../vectors/pythons.js";
import { inPython, writePython } from "./client.js";
import { codegraphIn, runPython } from "./program.js";

const folder = temporaryFolder("python-recorder");
beforeAll(() => {
  for (const product of ["codegraph", "cocoindex"]) writePython(inPython(product), folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeInPython((_, python) => {
  const home = join(folder, `home-${python.length}`);
  const run = async (source: string) => {
    mkdirSync(home, { recursive: true });
    const { stdout, stderr } = await runPython(python, source, { home, env: { DO_NOT_TRACK: "1" } });
    expect([stderr, readdirSync(home)]).toEqual(["", []]);
    return stdout.split("\n").filter(Boolean);
  };

  it("a product's own tests see what is recorded, and nothing of it is kept or sent", async () => {
    const lines = await run(`${codegraphIn(folder)}
import json
from codegraph_telemetry import testing
with testing.recorder() as recorded:
    install()
    telemetry.count("cli_command", "index", True)
    telemetry.count("cli_command", "index", False)
    telemetry.install(targets=[7], scope="local", kind="fresh", sqlite_backend="native")
    telemetry.flush(20)
    print(json.dumps(recorded.events))
    recorded.clear()
    print(json.dumps(recorded.events), telemetry.decision().enabled)
install()
print(telemetry.decision().enabled)`);
    expect(JSON.parse(lines[0] ?? "")).toEqual([
      {
        event: "install",
        props: { kind: "fresh", scope: "local", sqlite_backend: "native", targets: ["claude"] },
      },
      { event: "usage_rollup", props: { kind: "cli_command", name: "index", count: 2, error_count: 1 } },
    ]);
    expect(lines.slice(1)).toEqual(["[] True", "False"]);
  });

  it("what happens once a process happens once a recorder", async () => {
    const lines = await run(`
import sys
sys.path.insert(0, ${JSON.stringify(join(folder, "python"))})
import cocoindex_telemetry as telemetry
from cocoindex_telemetry import testing
for _ in range(2):
    with testing.recorder() as recorded:
        telemetry.init()
        telemetry.init()
        telemetry.app_drop()
        print([one["event"] for one in recorded.events])`);
    expect(lines).toEqual(["['init', 'app_drop']", "['init', 'app_drop']"]);
  });
});
