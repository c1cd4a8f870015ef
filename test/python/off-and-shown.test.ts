import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";
import { toolContract } from "../support/tool-contract.js";
import { read } from "../targets/five.js";
import { describeInPython } from "../vectors/pythons.js";
import { withPython, writePython } from "./client.js";
import { runPython } from "./program.js";

/** Events sent although telemetry is off, and events shown instead of sent: the promises of Node's client, in Python. */
const folder = temporaryFolder("python-off-and-shown");
const given = readFileSync(
  join(import.meta.dirname, "../property/cases/given-identifier-and-even-when-off.yaml"),
  "utf8",
);
const shown = toolContract(`
consent:
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { stored: enabled }]
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool } } }
events:
  run: { when: A command ends., why: Which are used., fields: { command: { type: enum, values: [build, test], why: Which it was. } } }
  use: { when: Daily., why: W., rollup: { one_per: [day], combine: { calls: calls } }, fields: { calls: { type: int, max: 1000000, example: 1, why: How often. } } }
wire: { format: json, body: { events: $each }, each: { event: $event, props: { $fields: } } }
delivery:
  mode: queued
  queue: { file: ~/.tool/q.jsonl, max_size: 64KiB, when_full: drop-oldest }
  flush: [{ at: command-start }]
  debug: { env: TOOL_LOG, when: [log], sends: false }
`);
/** A body that is one text. */
const line = (delivery: string) =>
  toolContract(`
consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }
events:
  run: { when: A command ends., why: Which are used., fields: { command: { type: enum, values: [build, test], why: Which it was. } } }
wire: { format: json, headers: { X-Tool: "tool {event}" }, body: "run {fields.command}" }
delivery: { ${delivery}, debug: { env: TOOL_LOG, shows: payload } }
`);
const carried = line("mode: carried");
const alone = line("mode: immediate, timeout: 5s");
const timed = toolContract(`
consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }
events:
  beat: { every: 24h, when: Every day., why: How many are in use. }
wire: { format: json, body: { event: $event, $common: , $fields: } }
delivery: { mode: immediate }
`);

beforeAll(() => {
  for (const [name, text] of Object.entries({ given, shown, carried, alone, timed }))
    writePython(withPython(read(text, "spec/events.yaml")), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let homes = 0;
/** A program with a contract's client, whose requests end up in `sent`. */
function run(python: string, contract: string, source: string, stored?: object | string) {
  const home = join(folder, `home-${homes++}`);
  mkdirSync(join(home, ".tool"), { recursive: true });
  if (stored !== undefined)
    writeFileSync(join(home, ".tool/s.json"), typeof stored === "string" ? stored : JSON.stringify(stored));
  const start = `
import json, os, sys, time
sys.path.insert(0, ${JSON.stringify(join(folder, contract, "python"))})
import tool_telemetry as telemetry
from tool_telemetry._contract import client
sent = []
def send(url, headers, data, within, handed_over):
    sent.append(json.loads(data))
    return 204
client.host.send = send
`;
  return runPython(python, start + source, { home });
}

describeInPython((_, python) => {
  it("a turn that can't be written down, on a disk that is full, leaves no file open, and none that counts as a turn", async () => {
    const source = `
from tool_telemetry._runtime.once import mark_prefix
from tool_telemetry._runtime.turns import Schedule, Turn, Turns
def full(*_):
    raise OSError(28, "No space left on device")
def lowest():
    file = os.open(os.devnull, os.O_RDONLY)
    os.close(file)
    return file
before, os.write = lowest(), full
turns = Turns(client, "beat", Schedule(1000))
print([turns.take(Turn(number), 0) for number in range(3)], lowest() - before)
print(os.listdir(os.path.dirname(mark_prefix(client, "beat"))))
`;
    expect((await run(python, "timed", source)).stdout.trim()).toBe("[False, False, False] 0\n[]");
  });

  it("another event's marks stay, although its name begins with this one's", async () => {
    const source = `
from tool_telemetry._runtime.once import mark_prefix, once_per, once_per_day
half, long = once_per(43_200_000), once_per(30 * 86_400_000)
def marked(*names):
    return [[limit(client, name, None) for name in names] for limit in (once_per_day, long)]
print(marked("use-2", "use-20-3"), half(client, "use", None), once_per_day(client, "use", None), marked("use-2", "use-20-3"))
client.host.now = lambda: 4e12
print(half(client, "use", None), once_per_day(client, "use", None), len(os.listdir(os.path.dirname(mark_prefix(client, "use")))))
`;
    const { stdout } = await run(
      python,
      "timed",
      `${source}\nprint(os.path.basename(mark_prefix(client, "Run a*b: c/d")))`,
    );
    expect(stdout.trim()).toBe(
      "[[True, True], [True, True]] True True [[False, False], [False, False]]\nTrue True 6\ntool-once-%52un%20a%2ab%3a%20c%2fd-",
    );
  });

  it("an old mark that can't be removed doesn't hold up the new one", async () => {
    const source = `
from tool_telemetry._runtime.once import mark_prefix, once_per_day
from tool_telemetry._runtime.turns import Schedule, Turn, Turns
for old in ("use", "2020-01-01"), ("beat", "1"):
    os.makedirs(mark_prefix(client, old[0]) + old[1])
print(once_per_day(client, "use", None), Turns(client, "beat", Schedule(1000)).take(Turn(2), 1))
`;
    expect((await run(python, "timed", source)).stdout.trim()).toBe("True True");
  });

  it("what a thread left of the log of what was sent, when its process ended, is gone after the next request", async () => {
    const source = `
folder = os.path.join(os.environ["HOME"], ".tool")
for name, age in (("s-sent.jsonl.tmp-1-0.1", 60), ("s-sent.jsonl.tmp-2-0.2", 0)):
    file = os.path.join(folder, name)
    open(file, "w").close()
    os.utime(file, (time.time() - age, time.time() - age))
from tool_telemetry._runtime.sent_log import keep_sent
keep_sent(client, "https://tool.example", "204", "{}", {})
print(sorted(os.listdir(folder)))`;
    const { stdout } = await run(python, "given", source, { enabled: true });
    expect(stdout.trim()).toBe("['s-sent.jsonl', 's-sent.jsonl.tmp-2-0.2', 's.json']");
  });

  it("a request that is under way when somebody says no is noted nowhere", async () => {
    const source = `
def send(url, headers, data, within, handed_over):
    handed_over()
    telemetry.telemetry_command(["off"])
    return 204
client.host.send = send
telemetry.run()
telemetry.flush(20)
print(sorted(os.listdir(os.path.join(os.environ["HOME"], ".tool"))))`;
    const { stdout } = await run(python, "given", `telemetry.setup(user_id="x")${source}`, { enabled: true });
    expect(stdout.trim().split("\n").at(-1)).toBe("['s.json']");
  });

  it("a fork while a thread imports leaves the child no import that never ends", async () => {
    const source = `
import threading
from tool_telemetry._runtime import threads
importing, outside = threading.Event(), []
class Slow:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is not threading.main_thread():
            if not threads._loading.locked():
                outside.append(name)
            if name == "ssl":
                importing.set()
                time.sleep(0.3)
sys.meta_path.insert(0, Slow())
telemetry.run(command="build")
importing.wait()
child = os.fork()
if child == 0:
    import ssl
    telemetry.run(command="build")
    os._exit(7)
end = time.monotonic() + 60
while (ended := os.waitpid(child, os.WNOHANG))[0] == 0 and time.monotonic() < end:
    time.sleep(0.01)
if ended[0] == 0:
    os.kill(child, 9)
telemetry.flush(20)
print(os.WEXITSTATUS(ended[1]), outside)
`;
    expect((await run(python, "alone", source)).stdout.trim()).toBe("7 []");
  });

  it.each(["wire", "identity"])(
    "a module that is gone while the program runs is no error of the program's: %s",
    async (name) => {
      const source = `
sys.modules["tool_telemetry._runtime.${name}"] = None
telemetry.run(command="build")
started = time.monotonic()
telemetry.flush(20)
print(time.monotonic() - started < 10)`;
      const { stdout, stderr } = await run(python, "alone", source);
      expect([stdout.trim(), stderr]).toEqual(["True", ""]);
    },
  );

  const user = "5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58";
  it.each([
    ["off", { enabled: false }, { gone: ["os"] }],
    ["on", { enabled: true }, { gone: ["os"], run: ["os", "user_id"] }],
  ])(
    "what is sent although telemetry is off carries no identifier that the program gives: %s",
    async (_, stored, expected) => {
      const source = `
telemetry.setup(user_id="${user}")
telemetry.gone()
telemetry.run()
telemetry.flush(20)
print(json.dumps({one["e"]: sorted(one["c"]) for one in sent}))`;
      const { stdout, stderr } = await run(python, "given", source, stored);
      expect([JSON.parse(stdout || "null"), stderr]).toEqual([expected, ""]);
    },
  );

  it.each([
    ["{not json", "what it says can't be told, which counts as no. It is left as it is: repair or delete it."],
    ['{"enabled": false}', undefined],
  ])("status says of a state file that holds %s what follows from it", async (stored, note) => {
    const source = 'telemetry.setup(user_id="x")\ntelemetry.telemetry_command(["status", "--json"])';
    const { enabled, decided_by, notes } = JSON.parse((await run(python, "given", source, stored)).stdout || "{}");
    expect([enabled, decided_by]).toEqual([false, "stored"]);
    expect(notes).toEqual(note === undefined ? [] : [`The state file can't be read, so that ${note}`]);
  });

  it.each([
    ["carried", "print(telemetry.run(command='build').body)", "run build"],
    [
      "alone",
      "client.host.send = lambda url, headers, data, *_: sent.append(headers['content-type']) or 204\ntelemetry.run(command='build')\ntelemetry.flush(20)\nprint(*sent)",
      "text/plain",
    ],
  ])("a body that is a text goes as one, and whoever asks is shown the whole request: %s", async (name, does, said) => {
    const { stdout, stderr } = await run(python, name, `os.environ["TOOL_LOG"] = "1"\n${does}`);
    expect([stdout.trim(), stderr.trim()]).toEqual([said, "X-Tool: tool run\nrun build"]);
  });

  it("what is shown isn't sent; totals, and what waits from before, wait until nobody asks any more", async () => {
    const source = `
telemetry.run(command="test")
telemetry.count_use()
os.environ["TOOL_LOG"] = "log"
telemetry.count_use()
telemetry.run(command="build")
while client.armed: time.sleep(0.005)  # The burst is kept as of today.
client.host.now = lambda: time.time_ns() // 1_000_000 + 2 * 86_400_000
telemetry.flush(20)
print(len(sent))
del os.environ["TOOL_LOG"]
telemetry.flush(20)
print(json.dumps(sorted((each["event"], each["props"]) for one in sent for each in one["events"])))`;
    const { stdout, stderr } = await run(python, "shown", source);
    const [during, after] = stdout.split("\n");
    expect([during, JSON.parse(after || "null")]).toEqual([
      "0",
      [
        ["run", { command: "test" }],
        ["use", { calls: 2 }],
      ],
    ]);
    expect(stderr).toContain('{"events":[{"event":"run","props":{"command":"build"}}]}');
  });
});
