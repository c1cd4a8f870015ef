/**
 * How much later a short program ends because it recorded and sent, in four states of the network, beside peers that are left as
 * their documents say: `npm run bench -- leaving`. Needs root: each state is a network namespace of its own.
 */
import { temporary } from "../../test/client/program.js";
import { certificates, networkSpace, noSpaces, silent } from "../../test/client/proof/network-space.js";
import { median } from "../measure.js";
import { type Goal, round, tell, tellAbsent } from "../tell.js";
import { bundle, peers } from "./bundle.js";

const title = "Leaving: milliseconds from a program's last line to its end, above one that does nothing";
if (noSpaces !== undefined) {
  tellAbsent(title, `${noSpaces}: no state of the network could be made here`);
  process.exit(0);
}
const runs = Number(process.argv[2] ?? 21);
/** After so many milliseconds a peer is ended and said to take longer. */
const limit = 12_000;
const host = "telemetry.getcodegraph.com";
const states = {
  answering: { names: { [host]: "127.0.0.1" }, listens: true },
  refusing: { names: { [host]: "127.0.0.1" }, listens: false },
  "black hole": { names: { [host]: silent }, listens: false },
  "dead resolver": { names: {}, resolver: silent, listens: false },
};

/** The program's own last line says when it stands there. */
const last = "console.log(performance.timeOrigin + performance.now());";
const event = `import * as telemetry from "./generated/client/telemetry.js";
  telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" });`;
const top = new URL("../..", import.meta.url).pathname;
const quick = {
  nothing: last,
  "nothing, once more": last,
  "Plainsight, recorded": `${event} ${last}`,
  "Plainsight, sent in the background": `${event} telemetry.commandStart("index"); ${last}`,
  "Plainsight, sent, process.exit()": `${event} telemetry.commandStart("index"); ${last} process.exit(0);`,
};
const slow: Record<string, string> = {
  "fetch, given up after 1.5 s": `fetch("https://${host}/v1/events", { method: "POST", body: "{}", signal: AbortSignal.timeout(1500) }).then(() => 0, () => 0); ${last}`,
};
for (const [peer, { make }] of Object.entries(peers))
  slow[peer.replace(/ (capture|track|counter)$/, ", left as documented")] =
    `${make.replaceAll("ENDPOINT", `"https://${host}"`)} record(); ${last} await leave(); process.exit(0);`;

const bundled = async (sources: Record<string, string>, from?: string) =>
  Promise.all(Object.entries(sources).map(async ([name, source]) => [name, await bundle(source, from, true)] as const));
const [quickFiles, slowFiles] = [await bundled(quick, top), await bundled(slow)];
const tls = certificates([host]);
const rows: Record<string, string[]> = {};
const goals: Goal[] = [];
for (const [state, { listens, ...options }] of Object.entries(states)) {
  const space = networkSpace(options);
  const receiver = listens ? await space.listen("204", { KEY: tls.key, CERT: tls.cert }) : undefined;
  /** NaN: it had to be ended. */
  const leave = async (file: string): Promise<number> => {
    const env = { NODE_EXTRA_CA_CERTS: tls.cert };
    const { code, stdout, stderr } = await space.run(file, { home: temporary(), env, limit });
    const end = performance.timeOrigin + performance.now();
    if (!/^\d/m.test(stdout)) throw new Error(`${file} did not come to its last line: ${stderr}`);
    return code === null ? Infinity : end - Number(/^\d[\d.]*$/m.exec(stdout)?.[0]);
  };
  const floor: number[] = [];
  const added: Record<string, number[]> = {};
  for (let run = -1; run < runs; run++) {
    const turn = run % 2 === 0 ? quickFiles : quickFiles.toReversed();
    const took = new Map<string, number>();
    for (const [name, file] of turn) took.set(name, await leave(file));
    if (run < 0) continue;
    floor.push(took.get("nothing") ?? NaN);
    for (const [name, one] of took) added[name] = [...(added[name] ?? []), one - (took.get("nothing") ?? NaN)];
  }
  // Seconds, not milliseconds: five of each at once, or this would take an hour.
  const bare = median(floor);
  await Promise.all(
    slowFiles.flatMap(([name, file]) =>
      Array.from({ length: 5 }, async () => {
        const one = await leave(file);
        added[name] = [...(added[name] ?? []), one - bare];
      }),
    ),
  );
  for (const [name, times] of Object.entries(added)) {
    const value = name === "nothing" ? bare : median(times);
    const told = value === Infinity ? `> ${limit.toLocaleString("en-US")}` : round(value);
    rows[name] = [...(rows[name] ?? []), name === "nothing" ? `(${told})` : told];
  }
  for (const name of ["Plainsight, sent in the background", "Plainsight, sent, process.exit()"])
    goals.push({ claim: `${state}: ms added by ${name}`, value: median(added[name] ?? []), atMost: 1 });
  await receiver?.end();
  space.remove();
}
tell(
  `${title}; medians of ${runs} pairs (peers: of 5 at once, ended after ${limit / 1000} s)`,
  ["recorded once", ...Object.keys(states)],
  Object.entries(rows).map(([name, cells]) => [name, ...cells]),
  goals,
);
process.exit(0);
