import { bundle, made } from "./bundle.js";
import { peers } from "./peers.js";

export const host = "telemetry.getcodegraph.com";
const top = new URL("../..", import.meta.url).pathname;

/** Prints first, since the first print pays for opening both streams: everybody does it here, so that nobody's last line does. */
const begin = 'console.log("begins"); console.error("begins");';
/** A program's own last line says when it stands there; its last exit hook, how much CPU it took from there. */
const last = `const cpu = process.cpuUsage();
  process.on("exit", () => { const { user, system } = process.cpuUsage(cpu); console.log((user + system) / 1000); });
  console.log(performance.timeOrigin + performance.now());`;
const event = `import * as telemetry from "./generated/client/telemetry.js";
  telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" });`;
const send = `${event} telemetry.commandStart("index");`;
const work = "await new Promise((resolve) => setTimeout(resolve, 150));";

/** The least that keeps a line: whoever it is, whatever was said, however full. */
const append = `import { appendFileSync } from "node:fs"; process.on("exit", () => appendFileSync(process.env.HOME + "/line", "{}\\n"));`;
/** A machine that never ran the program: its folder has to be made. */
export const onNewMachine = "Plainsight: recorded, on a machine that is new to it";

const own = {
  nothing: last,
  "nothing, once more": last,
  "nothing, left by process.exit()": `${last} process.exit(0);`,
  "nothing for 150 ms": `${work} ${last}`,
  "an exit hook that appends a line, and asks nobody": `${append} ${last}`,
  "Plainsight: recorded": `${event} ${last}`,
  [onNewMachine]: `${event} ${last}`,
  "Plainsight: recorded, and asked to send soon": `${send} ${last}`,
  "Plainsight: the same, left by process.exit()": `${send} ${last} process.exit(0);`,
  "Plainsight: recorded and sent while the program works 150 ms": `${send} ${work} ${last}`,
};
type Own = keyof typeof own;

/** The pairs that are compared. */
export const pairs: readonly (readonly [name: Own, floor: Own])[] = [
  ["nothing, once more", "nothing"],
  ["an exit hook that appends a line, and asks nobody", "nothing"],
  ["Plainsight: recorded", "nothing"],
  [onNewMachine, "nothing"],
  ["Plainsight: recorded, and asked to send soon", "nothing"],
  ["Plainsight: the same, left by process.exit()", "nothing, left by process.exit()"],
  ["Plainsight: recorded and sent while the program works 150 ms", "nothing for 150 ms"],
];

const others: Record<string, string> = {
  "fetch, given up after 1.5 s": `fetch("https://${host}/v1/events", { method: "POST", body: "{}", signal: AbortSignal.timeout(1500) }).then(() => 0, () => 0); ${last}`,
};
for (const [peer, { make }] of Object.entries(peers))
  others[peer.replace(/ (capture|track|counter)$/, ", left as documented")] =
    `${make.replaceAll("ENDPOINT", `"https://${host}"`)} record(); ${last} await leave(); process.exit(0);`;

/** Each program's file. */
export const files: Readonly<Record<string, string>> = {
  ...(await made(own, (source) => bundle(begin + source, top, true))),
  ...(await made(others, (source) => bundle(begin + source, import.meta.dirname, true))),
};
