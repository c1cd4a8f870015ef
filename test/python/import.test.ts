import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { USED_IN_BODIES } from "../../generator/targets/python/names.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { toolContract } from "../support/tool-contract.js";
import { FIVE } from "../targets/five.js";
import { describeInPython } from "../vectors/pythons.js";
import { inPython, withPython, writePython } from "./client.js";
import { runPython } from "./program.js";

const folder = temporaryFolder("python-import");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const home = join(folder, "home");

describeInPython((_, python) => {
  /** The modules that importing a client loads, beside those that every program has. */
  async function loaded(product: string): Promise<readonly string[]> {
    mkdirSync(home, { recursive: true });
    writePython(inPython(product), folder);
    const { stdout } = await runPython(
      python,
      `
import sys
sys.path.insert(0, ${JSON.stringify(join(folder, "python"))})
before = set(sys.modules)
import ${product}_telemetry
print("\\n".join(sorted(set(sys.modules) - before)))`,
      { home },
    );
    return stdout.trim().split("\n");
  }

  /** Products that decide at the start load everything at once. */
  const late = FIVE.filter((product) => inPython(product).consent.evaluated !== "at-start");
  it.each(late)("importing %s's client loads its face alone", async (product) => {
    expect(await loaded(product)).toEqual([`${product}_telemetry`]);
  });

  it.each(FIVE)("importing %s's client loads neither a network nor a regular expression", async (product) => {
    const all = await loaded(product);
    const heavy = ["re", "socket", "ssl", "json", "threading", "typing", "uuid", "dataclasses", "hashlib", "urllib"];
    expect(all.filter((name) => heavy.includes(name))).toEqual([]);
  });

  it("what is called as Python's own words or types is imported all the same", async () => {
    const names = [
      "none",
      "true",
      "false",
      "class",
      "self",
      "match",
      "literal",
      "mapping",
      "optional",
      "typed dict",
      "print",
    ];
    const fields = (name: string) => ({ [name]: { type: "enum", values: [name, "b"], why: "Which." } });
    const events = Object.fromEntries(
      names.map((name) => [name, { when: "Now.", why: "How often.", fields: fields(name) }]),
    );
    const text = readFileSync(join(import.meta.dirname, "../../spec/systems/cocoindex/events.yaml"), "utf8");
    const { model } = readContract(JSON.stringify({ ...(parse(text) as object), events }), "spec/events.yaml");
    expect(model).toBeDefined();
    const folder_ = join(folder, "words");
    const package_ = writePython(withPython({ ...(model as Model), product: "words" }), folder_);
    const source = `import sys; sys.path.insert(0, ${JSON.stringify(dirname(package_))})
from words_telemetry import _types, testing
import words_telemetry
print(words_telemetry.setup is not None)`;
    mkdirSync(home, { recursive: true });
    expect((await runPython(python, source, { home })).stdout.trim()).toBe("True");
  });

  /** Runs a program with the client of this contract, and returns what it would send. */
  async function sent(name: string, own: string, calls: string): Promise<unknown> {
    const { model } = readContract(toolContract(own), "spec/events.yaml");
    expect(model).toBeDefined();
    const package_ = writePython(withPython({ ...(model as Model), product: name }), join(folder, name));
    const source = `import sys; sys.path.insert(0, ${JSON.stringify(dirname(package_))})
import json
import ${name}_telemetry as telemetry
from ${name}_telemetry import off, testing
telemetry.setup()
with testing.recorder() as recorded:
${calls.replaceAll(/^/gm, "    ")}
    print(json.dumps([one["props"] for one in recorded.events]))`;
    mkdirSync(home, { recursive: true });
    const { stdout, stderr } = await runPython(python, source, { home });
    return stdout === "" ? stderr : JSON.parse(stdout);
  }
  const consent = "consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }";
  const wire =
    "wire: { format: json, body: { $common: , events: $each }, each: { event: $event, props: { $fields: } } }";

  it("a field is sent that is called as something that the emitters use, and so is an event", async () => {
    const names = [...USED_IN_BODIES, "decision", "counter"];
    const fields = names.map((name) => `${name}: { type: bool, why: Which. }`).join(", ");
    const nested = names.map((name) => `${name}: { type: bool }`).join(", ");
    const events = names.map((name) => `  ${name}: { when: Now., why: How often. }`).join("\n");
    const own = `${consent}\n${wire}\ndelivery: { mode: immediate }\nevents:\n${events}
  all: { when: Now., why: How often., fields: { ${fields} } }
  inner: { when: Now., why: How often., fields: { decision: { type: object, why: Which., fields: { ${nested} } } } }`;
    const given = names.map((name) => `${USED_IN_BODIES.has(name) ? `${name}_` : name}=True`).join(", ");
    const calls = `telemetry.all_event(${given})\ntelemetry.inner(decision=telemetry.Decision_(${given}))\ntelemetry.client_event()`;
    const whole = Object.fromEntries(names.map((name) => [name, true]));
    expect(await sent("used", own, calls)).toEqual([whole, { decision: whole }, {}]);
  });

  it("and so does a total that is grouped by whether it is ok, or adds up rows", async () => {
    const closed = "{ type: enum, values: [a, b], why: Which. }";
    const number = "{ type: int, why: How many., example: 1 }";
    const own = `${consent}\n${wire}
delivery: { mode: queued, queue: { file: ~/.tool/q.jsonl, max_size: 64KiB, when_full: drop-oldest } }
events:
  use:
    when: Now.
    why: How often.
    rollup: { one_per: [day, ok, client], combine: { calls: calls, bad: failed-calls, row: sum } }
    fields: { ok: ${closed}, client: ${closed}, calls: ${number}, bad: ${number}, row: ${number} }`;
    expect(await sent("totals", own, 'telemetry.count_use("a", "b", False, row=3)')).toEqual([
      { ok: "a", client: "b", calls: 1, bad: 1, row: 3 },
    ]);
  });

  it("and a gauge whose label is called value", async () => {
    const own = `${consent}\nwire: { format: prometheus-text }\ndelivery: { mode: periodic }
metrics:
  parts:
    every: 1h
    when: Now.
    why: How many.
    labels: { value: { type: enum, values: [a, b], why: Which. } }
    value: { type: int, example: 1, means: How many }`;
    expect(await sent("gauges", own, 'telemetry.parts(value_="a", value=3)')).toEqual([]);
  });

  it("and an object inside of another, whose name is another one's already", async () => {
    const own = `${consent}\n${wire}\ndelivery: { mode: immediate }
events:
  first: { when: Now., why: How often., fields: { m: { type: enum, values: [a, b], why: Which. } } }
  second:
    when: Now.
    why: How often.
    fields: { o: { type: object, why: Which., fields: { m: { type: list, max_items: 2, example: [], of: { type: object, fields: { x: { type: bool } } } } } } }`;
    const calls = "telemetry.second(o=telemetry.O(m=[telemetry.OM(x=True)]))";
    expect(await sent("inner", own, calls)).toEqual([{ o: { m: [{ x: true }] } }]);
  });

  it("a name that fills a line is imported", async () => {
    const [event, field] = ["e".repeat(110), "f".repeat(100)];
    const own = `${consent}\n${wire}\ndelivery: { mode: immediate }
events: { ${event}: { when: Now., why: How often., fields: { ${field}: { type: bool, why: Which. } } } }`;
    expect(await sent("long", own, `telemetry.${event}(${field}=True)`)).toEqual([{ [field]: true }]);
  });
});
