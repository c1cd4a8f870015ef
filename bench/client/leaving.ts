/**
 * What recording and sending adds to the life of a short program, in four states of the network, beside a bare `fetch`:
 * `npm run bench -- client-leaving [runs]`. Needs root: each state is a network namespace of its own.
 */

import { program, temporary } from "../../test/client/program.js";
import { certificates, networkSpace, noSpaces, silent } from "../../test/client/proof/network-space.js";

if (noSpaces !== undefined) {
  console.error(`Not measured: ${noSpaces}.`);
  process.exit(2);
}
const runs = Number(process.argv[2] ?? 7);
const host = "telemetry.getcodegraph.com";
const states = {
  answering: { names: { [host]: "127.0.0.1" }, listens: true },
  refusing: { names: { [host]: "127.0.0.1" } },
  "black hole": { names: { [host]: silent } },
  "dead resolver": { resolver: silent },
} as const;

const event = 'telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" });';
const imported = 'import * as telemetry from "./generated/client/telemetry.js";';
const contenders = {
  nothing: "console.log('app');",
  "recorded only": `${imported} ${event} console.log('app');`,
  "recorded, sent in the background": `${imported} ${event} telemetry.commandStart("index"); console.log('app');`,
  "recorded, sent, process.exit()": `${imported} ${event} telemetry.commandStart("index"); console.log('app'); process.exit(0);`,
  "recorded, flush awaited": `${imported} ${event} console.log('app'); await telemetry.flush();`,
  "fetch, 1.5 s": `fetch("https://${host}/v1/events", { method: "POST", body: "{}", signal: AbortSignal.timeout(1500) }).then(() => 0, () => 0); console.log('app');`,
};

const tls = certificates([host]);
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;
const files = Object.fromEntries(
  await Promise.all(Object.entries(contenders).map(async ([name, source]) => [name, await program(source)] as const)),
);
const table: Record<string, Record<string, string>> = {};
for (const [state, { listens = false, ...options }] of Object.entries(states) as [
  string,
  { listens?: boolean; names?: Record<string, string>; resolver?: string },
][]) {
  const space = networkSpace(options);
  const receiver = listens ? await space.listen("204", { KEY: tls.key, CERT: tls.cert }) : undefined;
  const times: Record<string, number[]> = {};
  // In turns, so that the machine's moods fall on all alike.
  for (let run = 0; run < runs; run++) {
    for (const [name, file] of Object.entries(files)) {
      const { milliseconds } = await space.run(file, { home: temporary(), env: { NODE_EXTRA_CA_CERTS: tls.cert } });
      times[name] = [...(times[name] ?? []), milliseconds];
    }
  }
  const floor = median(times["nothing"] ?? []);
  for (const name of Object.keys(contenders))
    table[name] = {
      ...table[name],
      [state]:
        name === "nothing"
          ? `${Math.round(floor)} ms`
          : `${median(times[name] ?? []) - floor >= 0 ? "+" : ""}${Math.round(median(times[name] ?? []) - floor)} ms`,
    };
  await receiver?.end();
  space.remove();
}
console.log(`wall time added to a program that prints one line; medians of ${runs}`);
console.table(table);
process.exit(0);
