import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasRealPart } from "../../support/real-part.js";
import { type Endpoint, endpoint } from "../endpoint.js";
import { codegraph, program, type Ran, temporary } from "../program.js";

/** Homes as they are found, made in a mount namespace of the test's own: whole processes in them, and the next one once it is mended. */
let file: string;
let to: Endpoint;
beforeAll(async () => {
  to = await endpoint();
  file = await program(`${codegraph}
    telemetry.count("cli_command", "affected", true);
    install();
    console.log("the program");
    if (process.argv[2] === "flush") await telemetry.flush();
    process.exit(0);`);
});
afterAll(() => to.close());

/** `$H` is the home, `run` records and leaves, `flush` records, flushes and leaves. */
function shell(script: string): Promise<Ran> {
  const home = temporary();
  const node = `'${process.execPath}' '${file}'`;
  const child = spawn("unshare", ["-m", "sh", "-ec", `run() { ${node}; }; flush() { ${node} flush; }; ${script}`], {
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      H: home,
      Q: `${home}/.codegraph/telemetry-queue.jsonl`,
      ENDPOINT: to.url,
      CODEGRAPH_TELEMETRY: "1",
    },
    timeout: 60_000,
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  return new Promise((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr, milliseconds: 0 })),
  );
}

/** The homes, and how each is mended. */
const homes: Readonly<Record<string, readonly [breaks: string, mends: string]>> = {
  "a disk that is full": [
    "mount -t tmpfs -o size=64k tmpfs $H; head -c 65536 /dev/zero > $H/full 2>/dev/null || true",
    "rm $H/full",
  ],
  "a disk that is full but for half a line": [
    "mount -t tmpfs -o size=64k tmpfs $H; mkdir $H/.codegraph; head -c 61390 /dev/zero > $Q; head -c 9999 /dev/zero > $H/full 2>/dev/null || true",
    "rm $H/full $Q",
  ],
  "a disk without a free inode": [
    "mount -t tmpfs -o nr_inodes=2 tmpfs $H; touch $H/one 2>/dev/null || true",
    "umount $H",
  ],
  "a home that is read-only": ["mount -t tmpfs -o ro tmpfs $H", "mount -o remount,rw $H"],
  "a home that is missing": ["rmdir $H", "mkdir $H"],
  "no home": ["unset HOME", "HOME=$H; export HOME"],
  "an empty home": ["export HOME=", "export HOME=$H"],
  "the root for a home": ["export HOME=/", "export HOME=$H"],
  "a home of the kernel's": ["export HOME=/proc/self", "export HOME=$H"],
  "a file for a folder": ["touch $H/.codegraph", "rm $H/.codegraph"],
  "a folder for a queue": ["mkdir -p $Q", "rmdir $Q"],
  "a FIFO for a queue": ["mkdir $H/.codegraph; mkfifo $Q", "rm $Q"],
  "a link for a queue": [
    "mkdir $H/.codegraph; echo mine > $H/mine; ln -s $H/mine $Q",
    "rm $Q; test $(cat $H/mine) = mine",
  ],
  "a FIFO for a state": ["mkdir $H/.codegraph; mkfifo $H/.codegraph/telemetry.json", "rm $H/.codegraph/telemetry.json"],
  "a folder for a state": ["mkdir -p $H/.codegraph/telemetry.json", "rmdir $H/.codegraph/telemetry.json"],
  "a state that goes round in circles": [
    "mkdir $H/.codegraph; ln -s telemetry.json $H/.codegraph/telemetry.json",
    "rm $H/.codegraph/telemetry.json",
  ],
  "a state of 1 GB": [
    "mkdir $H/.codegraph; truncate -s 1G $H/.codegraph/telemetry.json",
    "rm $H/.codegraph/telemetry.json",
  ],
  "half a line": ['mkdir $H/.codegraph; printf \'{"v":1,"ev\' > $Q', "true"],
  "binary in the queue": ["mkdir $H/.codegraph; head -c 3000 /dev/urandom > $Q", "true"],
  "a queue over its cap": ['mkdir $H/.codegraph; yes \'{"v":1,"event":"x"\' | head -c 400000 > $Q', "true"],
  "a queue of 1 GB": ["mkdir $H/.codegraph; truncate -s 1G $Q", "true"],
  "a folder that is taken away": [
    "mkdir $H/.codegraph; mount --bind $H/.codegraph $H/.codegraph; mount -o remount,bind,ro $H/.codegraph",
    "umount $H/.codegraph",
  ],
};

describe.runIf(hasRealPart("mounts of our own"))(
  "a program is unharmed, silent, and its telemetry recovers (needs to be root)",
  () => {
    it.concurrent.each(Object.entries(homes))("%s", async (_, [breaks, mends]) => {
      const ran = await shell(`${breaks}; run; flush; ${mends}; flush; test ! -e /.codegraph`);
      const notices = ran.stderr
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("codegraph collects anonymous usage stats"));
      expect([ran.code, ran.stdout, notices]).toEqual([0, "the program\n".repeat(3), []]);
    });

    it("what is recorded once the home is mended arrives", async () => {
      for (const [name, [breaks, mends]] of Object.entries(homes)) {
        const before = to.events().length;
        await shell(`${breaks}; ${mends}; flush`);
        expect([
          name,
          to
            .events()
            .slice(before)
            .some(({ event }) => event === "install"),
        ]).toEqual([name, true]);
      }
    });
  },
);
