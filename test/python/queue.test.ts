import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Endpoint, endpoint } from "../client/endpoint.js";
import { files, keepState, queued } from "../client/program.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { describeInPython } from "../vectors/pythons.js";
import { inPython, writePython } from "./client.js";
import { codegraphIn, runPython } from "./program.js";

const folder = temporaryFolder("python-queue");
let to: Endpoint;
beforeAll(async () => {
  writePython(inPython("codegraph"), folder);
  to = await endpoint();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await to.close();
});

let homes = 0;
/** A home in which everything may be sent. */
function home(): string {
  const place = join(folder, `home-${homes++}`);
  mkdirSync(place);
  keepState(place, { enabled: true, first_run_notice_shown: true });
  return place;
}

interface Line {
  readonly event: string;
  readonly by?: { readonly name: string };
  readonly sums?: { readonly count: number; readonly error_count: number };
}
const lines = (place: string) => queued(place).map((line) => JSON.parse(line) as Line);
const eventsIn = (place: string) =>
  lines(place)
    .map(({ event }) => event)
    .sort();
const sumIn = (place: string) => lines(place).reduce((sum, { sums }) => sum + (sums?.count ?? 0), 0);

/** Ways in which a process ends right after it counted. */
const ways = {
  "running out of work": "pass",
  "sys.exit()": "sys.exit(7)",
  "an exception that nobody catches": "raise ValueError('of the program')",
  "an exception in a thread": "threading.Thread(target=lambda: 1 / 0).start()",
  "Ctrl-C": "import signal; os.kill(os.getpid(), signal.SIGINT); time.sleep(5)",
  "SIGTERM, which nobody hears, right after an event": "os.kill(os.getpid(), 15); time.sleep(5)",
  "SIGKILL after the burst": `import glob
def kept(): return [one for one in glob.glob(os.environ["HOME"] + "/.codegraph/telemetry-queue*") if os.path.getsize(one)]
for _ in range(6000):
    if "telemetry" not in globals() or len(kept()) == 2: break
    time.sleep(0.01)
os.kill(os.getpid(), 9)`,
} as const;

describeInPython((_, python) => {
  const run = (source: string, place: string, env: Record<string, string> = {}) =>
    runPython(python, `${codegraphIn(folder)}${source}`, { home: place, env: { ENDPOINT: to.url, ...env } });
  /** The events that arrived from a home, told apart by the name that only it counted. */
  const arrived = (name: string) => to.events().filter(({ props }) => props["name"] === name);

  it.each(Object.entries(ways))("what was counted survives %s, and the end stays what it was", async (_, way) => {
    const place = home();
    const [with_, without] = await Promise.all([
      run(`telemetry.count("cli_command", "affected", True)\ninstall()\n${way}`, place),
      runPython(python, `import os, sys, threading, time\n${way}`, { home: home() }),
    ]);
    expect([with_.code, with_.signal, with_.stdout]).toEqual([without.code, without.signal, without.stdout]);
    expect(eventsIn(place)).toEqual(["install", "usage_rollup"]);
  });

  it("signals stay the program's: a handler of its own that ends it keeps the last counts", async () => {
    const place = home();
    const source = `
import signal
telemetry.count("cli_command", "affected", True)
print(signal.getsignal(15) is signal.SIG_DFL)
signal.signal(15, lambda *_: sys.exit(3))
telemetry.count("cli_command", "affected", True)
os.kill(os.getpid(), 15)
time.sleep(5)`;
    expect(await run(source, place)).toMatchObject({ code: 3, stdout: "True\n", stderr: "" });
    expect(sumIn(place)).toBe(2);
  });

  it("no count of eight threads is lost", async () => {
    const place = home();
    await run(
      `
sys.setswitchinterval(1e-6)
bound = telemetry.counter("cli_command", "threads")
def work():
    for at in range(5_000):
        bound.ok()
        telemetry.count("cli_command", "threads", False)
threads = [threading.Thread(target=work) for _ in range(8)]
[one.start() for one in threads]
[one.join() for one in threads]`,
      place,
    );
    const sums = lines(place).map(({ sums }) => sums);
    const total = (of: "count" | "error_count") => sums.reduce((sum, one) => sum + (one?.[of] ?? 0), 0);
    expect([total("count"), total("error_count")]).toEqual([80_000, 40_000]);
  });

  it("a parent and its forked child never share what waits", async () => {
    const place = home();
    await run(
      `
bound = telemetry.counter("cli_command", "forks")
for _ in range(3): bound.ok()
child = os.fork()
for _ in range(4 if child else 2): bound.ok()
install()
if child: os.waitpid(child, 0)`,
      place,
    );
    expect([sumIn(place), eventsIn(place).filter((one) => one === "install")]).toEqual([9, ["install", "install"]]);
  });

  it.each(["fork", "spawn"])(
    "a child of multiprocessing (%s), which calls no exit handlers, keeps what it counted",
    async (how) => {
      const place = home();
      const { stderr } = await run(
        `
import multiprocessing
def work():
    for _ in range(5): telemetry.count("cli_command", "children", True)
if __name__ == "__main__":
    child = multiprocessing.get_context("${how}").Process(target=work)
    child.start()
    child.join()`,
        place,
      );
      expect([stderr, sumIn(place)]).toEqual(["", 5]);
    },
  );

  it("the end waits until each thread has begun: one that begins later crashes CPython 3.11", async () => {
    const ended = await runPython(
      python,
      `
import atexit
atexit.register(lambda: print(len(threads._beginning)))
${codegraphIn(folder)}
from codegraph_telemetry._runtime import threads
at_once = threads.start_new_thread
threads.start_new_thread = lambda run, _: at_once(lambda: (time.sleep(0.2), run()), ())
threads.start_thread(lambda: time.sleep(60))`,
      { home: home() },
    );
    expect(ended).toMatchObject({ code: 0, stdout: "0\n", stderr: "" });
  });

  it("what was handed over when the program ends is spent, and the rest goes back", async () => {
    const silent = await endpoint("never");
    const place = home();
    const { milliseconds } = await run(
      `
for _ in range(150): install()
telemetry.flush_soon if hasattr(telemetry, "flush_soon") else None
threading.Thread(target=telemetry.flush, args=(60,), daemon=True).start()
while not any(one.handover and one.handover.over for one in client.flushes): time.sleep(0.01)`,
      place,
      { ENDPOINT: silent.url },
    );
    expect(milliseconds).toBeLessThan(30_000);
    const sent = silent.events().length;
    expect([sent > 0, sent + queued(place).length]).toEqual([true, 150]);
    expect(files(place).filter((name) => name.includes(".claim-"))).toEqual([]);
    await silent.close();
  });

  it("what was not handed over when the program ends goes back whole", async () => {
    const place = home();
    await run(
      `
install()
begun = threading.Event()
def never(*_):
    begun.set()
    time.sleep(60)
client.host.send = never
threading.Thread(target=telemetry.flush, args=(60,), daemon=True).start()
begun.wait(20)`,
      place,
    );
    expect(files(place).filter((name) => name.startsWith("telemetry-queue"))).toEqual(["telemetry-queue.jsonl"]);
    expect(eventsIn(place)).toEqual(["install"]);
  });

  it("a salt that isn't whole is replaced once, and a whole one stays", async () => {
    const place = home();
    const source = `import os, sys
sys.path.insert(0, ${JSON.stringify(join(import.meta.dirname, "../../templates/python"))})
from runtime.combined import salt_of
queue = os.path.join(os.environ["HOME"], "q.jsonl")
open(queue + ".salt", "w").write("e55da64a1c51b7cb")
print(salt_of(queue) == salt_of(queue) == open(queue + ".salt").read(), [n for n in os.listdir(os.environ["HOME"]) if "tmp" in n])`;
    expect((await runPython(python, source, { home: place })).stdout.trim()).toBe("True []");
  });

  it("what can't be written waits in memory, and comes with the next", async () => {
    const place = home();
    await run(
      `
os.mkdir(os.path.expanduser("~/.codegraph/telemetry-queue.jsonl"))
install()
os.rmdir(os.path.expanduser("~/.codegraph/telemetry-queue.jsonl"))
install()`,
      place,
    );
    expect(eventsIn(place)).toEqual(["install", "install"]);
  });

  it("a day's counts are sent when it is over, as one event", async () => {
    const place = home();
    const name = `day-${python.length}-${homes}`;
    await run(`telemetry.count("cli_command", "${name}", True)`, place);
    await run(`telemetry.count("cli_command", "${name}", False)\ntelemetry.flush(20)`, place);
    expect(arrived(name)).toEqual([]);
    await run("telemetry.flush(20)", place, { DAYS: "1" });
    expect(arrived(name).map(({ props }) => [props["count"], props["error_count"]])).toEqual([[2, 1]]);
    expect(queued(place)).toEqual([]);
  });

  it("a no in between: nothing is sent, and nothing is left", async () => {
    const place = home();
    await run(`install()\ntelemetry.telemetry_command(["off"])\ninstall()\ntelemetry.flush(20)`, place);
    expect(files(place)).toEqual(["telemetry.json"]);
  });
});
