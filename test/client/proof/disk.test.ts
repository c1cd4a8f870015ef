import { spawn } from "node:child_process";
import { chmodSync } from "node:fs";
import { dirname } from "node:path";
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
    import { telemetryCommand } from "./generated/client/command.js";
    if (process.argv[2] === "status") process.exit(await telemetryCommand(["status", "--json"]));
    telemetry.count("cli_command", "affected", true);
    install();
    console.log("the program");
    // It ends once it is done: a machine with much to do is no finding.
    if (process.argv[2] === "flush") await telemetry.flush(60_000);
    process.exit(0);`);
  // For somebody who isn't root, too.
  for (const folder of [dirname(file), dirname(dirname(file))]) chmodSync(folder, 0o755);
});
afterAll(() => to.close());

/** `$H` is the home, `run` records and leaves, `flush` records, flushes and leaves, and `status` prints it. */
function shell(script: string, url = to.url): Promise<Ran> {
  const home = temporary();
  const node = `$AS '${process.execPath}' '${file}'`;
  const child = spawn(
    "unshare",
    ["-m", "sh", "-ec", `run() { ${node}; }; flush() { ${node} flush; }; status() { ${node} status; }; ${script}`],
    {
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        H: home,
        Q: `${home}/.codegraph/telemetry-queue.jsonl`,
        ENDPOINT: url,
        CODEGRAPH_TELEMETRY: "1",
      },
      timeout: 150_000,
    },
  );
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

/** Somebody who is not root, in a home that is theirs to look at. */
const somebody = "chmod 755 $H; export AS='setpriv --reuid=12345 --regid=12345 --clear-groups'";
/** As in a container that shows nothing of the kernel, or on another system. */
const withoutProc = "mount -t tmpfs tmpfs /proc";

/** The homes in which nothing is kept, for root and others. */
const unkept: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(homes).map(([name, [breaks]]) => [name, breaks])),
  "a home of root's": somebody,
  "a folder of root's": `${somebody}; mkdir -m 755 $H/.codegraph`,
  "a folder of root's, without /proc": `${somebody}; mkdir -m 755 $H/.codegraph; ${withoutProc}`,
  "a folder without rights": `${somebody}; mkdir -m 755 $H/.codegraph; chown 12345 $H/.codegraph; chmod 500 $H/.codegraph; ${withoutProc}`,
  "a home that is read-only, without /proc": `mount -t tmpfs -o ro tmpfs $H; ${withoutProc}`,
  "a home that is missing, without /proc": `rmdir $H; ${withoutProc}`,
  "a state file that is a link, without /proc": `mkdir $H/.codegraph; echo '{"enabled":true}' > $H/mine; ln -s $H/mine $H/.codegraph/telemetry.json; ${withoutProc}`,
  "a home without a fault, without /proc": withoutProc,
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

    it.concurrent.each(Object.entries(unkept))("%s: status tells whether anything is sent", async (_, breaks) => {
      const own = await endpoint();
      const { code, stdout } = await shell(`${breaks}; flush; flush; status`, own.url);
      const said = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { enabled: boolean; notes: readonly string[] };
      const isSent = said.enabled && !said.notes.some((note) => note.includes("nothing is sent"));
      const arrived = own.events().some(({ event }) => event === "install");
      await own.close();
      expect([code, isSent, said.notes]).toEqual([0, arrived, said.notes]);
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
