import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createClient, setupClient } from "../../templates/client/runtime/client.js";
import { inHome } from "../../templates/client/runtime/host/files.js";
import { byTheClock } from "../../templates/client/runtime/state/schedule.js";

/** One of many processes on one machine: notes the number of the mark under which it reports. */
const home = process.argv[2] ?? "";
const client = createClient(
  {
    schemaVersion: 1,
    consent: { optOut: true, order: [] },
    marks: { beside: inHome("queue.jsonl"), prefix: "product-once-" },
    timeout: 1,
  },
  {},
);
setupClient(client, { host: { home, env: {} } });
// As all do, at the same second.
await new Promise((resolve) => setTimeout(resolve, 3000 - (Date.now() % 1000)));
const { stop } = byTheClock(client, { name: "status", fields: [], schedule: { every: 60_000 } }, () =>
  appendFileSync(join(home, "sent"), `${process.pid}\n`),
);
await new Promise((resolve) => setTimeout(resolve, 1500));
stop();
