import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { type Endpoint, endpoint } from "../client/endpoint.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { describeInPython } from "../vectors/pythons.js";
import { inPython, writePython } from "./client.js";
import { runPython } from "./program.js";

const folder = temporaryFolder("python-behaviour");
let to: Endpoint;
beforeAll(async () => {
  for (const product of ["docglow", "jina", "cocoindex"]) writePython(inPython(product), folder);
  to = await endpoint();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await to.close();
});

let homes = 0;
function home(): string {
  const place = join(folder, `home-${homes++}`);
  mkdirSync(place);
  return place;
}

/** A program that has set its telemetry up with the contract's examples, and whose requests go to `ENDPOINT`. */
function programOf(product: string): string {
  const payload = vectorsTarget.generate(inPython(product)).find(({ path }) => path.endsWith("payload.json"));
  const { world } = JSON.parse(payload?.text ?? "{}") as { world: { setup: object; version?: string } };
  const setup = JSON.stringify({ ...world.setup, version: world.version ?? "1.0.0" });
  return `
import json, os, sys, threading, time
sys.path.insert(0, ${JSON.stringify(join(folder, "python"))})
import ${product}_telemetry as telemetry
from ${product}_telemetry._contract import client
from ${product}_telemetry._runtime.client import setup
def send(url, headers, data, within, handed_over):
    from ${product}_telemetry._runtime.wire import send_over_network
    return send_over_network("POST", os.environ.get("ENDPOINT", url), headers, data, within, handed_over)
setup(client, json.loads(${JSON.stringify(setup)}), {"send": send, "config": lambda _: None})
def report(**more):
    given = dict(command="generate", result="success", duration_ms=4218, adapter_type=None, features_used=[],
        project_shape=dict(macros=1, models=2, seeds=3, sources=4, tests=5))
    telemetry.command_run(**{**given, **more})
`;
}

describeInPython((_, python) => {
  const run = (product: string, source: string, env: Readonly<Record<string, string>> = {}, place = home()) =>
    runPython(python, `${programOf(product)}${source}`, { home: place, env: { ENDPOINT: to.url, ...env } });
  const written = (place: string) => readdirSync(place, { recursive: true });

  it("Docglow, before anybody said yes: no connection, no identifier, no file", async () => {
    const place = home();
    const silent = await endpoint();
    await run("docglow", "report()\ntelemetry.flush(20)\nprint(telemetry.decision())", { ENDPOINT: silent.url }, place);
    expect([written(place), silent.requests]).toEqual([[], []]);
    await silent.close();
  });

  it("Docglow: a yes by the command makes the identifier; one that is skipped is no answer", async () => {
    const place = home();
    await run("docglow", "telemetry.ask('first `docglow generate`', lambda *_: None)", {}, place);
    expect(written(place)).toEqual([]);
    await run("docglow", "telemetry.telemetry_command(['enable'])", {}, place);
    expect(existsSync(join(place, ".config/docglow/telemetry.json"))).toBe(true);
  });

  it("Docglow: what stands beside the five counts never travels, nor what is no count", async () => {
    const on = { DOCGLOW_TELEMETRY: "1", MARK: "beside" };
    const { requests, url, close } = await endpoint();
    const shape = "dict(macros=1, models=2, seeds=3, sources=4, tests=5, path='/home/ann')";
    await run("docglow", `report(project_shape=${shape})\nreport(duration_ms='/home/ann')\ntelemetry.flush(20)`, {
      ...on,
      ENDPOINT: url,
    });
    expect(requests.map(({ body }) => (JSON.parse(body) as { project_shape: object }).project_shape)).toEqual([
      { macros: 1, models: 2, seeds: 3, sources: 4, tests: 5 },
    ]);
    await close();
  });

  it.each([500, "never", "redirect", "endless"] as const)(
    "Docglow, whose receiver answers %s, ends as it would without telemetry, after one request",
    async (answer) => {
      const { requests, url, close } = await endpoint(answer);
      const ended = await run("docglow", "report()\ntelemetry.flush(20)\nprint('done')\nsys.exit(3)", {
        DOCGLOW_TELEMETRY: "1",
        ENDPOINT: url,
      });
      expect(ended).toMatchObject({ code: 3, stdout: "done\n", stderr: "" });
      expect(requests.map(({ path }) => path)).toEqual(["/v1/events"]);
      await close();
    },
  );

  it("Docglow: an event goes while the program stays", async () => {
    const { requests, url, close } = await endpoint();
    const source =
      "report(command='serve')\nend = time.monotonic() + 30\nwhile any(not one.over.is_open for one in client.sending) and time.monotonic() < end: time.sleep(0.01)";
    await run("docglow", source, { DOCGLOW_TELEMETRY: "1", ENDPOINT: url });
    expect(requests.map(({ body }) => (JSON.parse(body) as { command: string }).command)).toEqual(["serve"]);
    await close();
  });

  it("Jina: a session's identifier is one program's, a user's one home's, and neither is a name", async () => {
    const { requests, url, close } = await endpoint();
    const place = home();
    const source = "telemetry.client_start()\ntelemetry.flow_start()\ntelemetry.flush(20)";
    await run("jina", source, { ENDPOINT: url }, place);
    await run("jina", source, { ENDPOINT: url }, place);
    const bodies = requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    const of = (name: string) => bodies.map((body) => body[name]);
    expect(bodies).toHaveLength(4);
    expect([new Set(of("session-id")).size, new Set(of("uid")).size]).toEqual([2, 1]);
    expect(typeof of("uid")[0]).toBe("number");
    await close();
  });

  it("Jina, opted out: no connection and no file", async () => {
    const place = home();
    const { requests, url, close } = await endpoint();
    await run(
      "jina",
      "telemetry.client_start()\ntelemetry.flush(20)",
      { JINA_OPTOUT_TELEMETRY: "1", ENDPOINT: url },
      place,
    );
    expect([requests, written(place)]).toEqual([[], []]);
    await close();
  });

  it("CocoIndex: the first event once a process, the others each time, one request each, without an identifier", async () => {
    const { requests, url, close } = await endpoint();
    await run(
      "cocoindex",
      "for _ in range(2):\n    telemetry.init()\n    telemetry.app_update()\ntelemetry.flush(20)",
      { ENDPOINT: url },
    );
    const events = requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(events.map(({ event }) => event).sort()).toEqual(["app_update", "app_update", "init"]);
    for (const event of events) expect(Object.keys(event)).toHaveLength(3);
    expect(requests.map(({ headers }) => headers["user-agent"])).toEqual([undefined, undefined, undefined]);
    await close();
  });

  it("CocoIndex: the switch is read when the program starts, and not again", async () => {
    const { requests, url, close } = await endpoint();
    const later = "os.environ['COCOINDEX_DISABLE_USAGE_TRACKING'] = '1'\ntelemetry.init()\ntelemetry.flush(20)";
    await run("cocoindex", later, { ENDPOINT: url });
    expect(requests).toHaveLength(1);
    await run("cocoindex", "telemetry.init()\ntelemetry.flush(20)", {
      COCOINDEX_DISABLE_USAGE_TRACKING: "1",
      ENDPOINT: url,
    });
    expect(requests).toHaveLength(1);
    await close();
  });

  it("CocoIndex: a failure is one line of the program's own log, and nothing on its streams", async () => {
    const { url, close } = await endpoint("never");
    const source = `
lines = []
client.host.log = lambda *one: lines.append(one)
telemetry.init()
print("goes on", len(client.sending), lines)
telemetry.flush(30)
print(len(lines), lines[0][0], lines[0][1].endswith("failed (Timed out)"))`;
    expect(await run("cocoindex", source, { ENDPOINT: url })).toMatchObject({
      code: 0,
      stdout: "goes on 1 []\n1 info True\n",
      stderr: "",
    });
    await close();
  });
});
