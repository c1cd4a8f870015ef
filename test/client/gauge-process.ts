import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createClient, type Later, setupClient } from "../../templates/client/runtime/client.js";
import { inHome } from "../../templates/client/runtime/host/files.js";
import { gauge } from "../../templates/client/runtime/send/report.js";
import { reportsInTurn } from "../../templates/client/runtime/send/report-in-turn.js";

/** A program that reports how many nodes there are, and notes each report. It ends, or is killed, when somebody says so. */
const home = process.argv[2] ?? "";
const metric = { name: "nodes", labels: [], value: (value: unknown) => value as number };
const client = createClient(
  {
    schemaVersion: 1,
    consent: { optOut: true, order: [] },
    marks: { beside: inHome("telemetry.json"), prefix: "product-once-" },
    timeout: 1000,
  },
  {
    later: async () =>
      ({
        deliverReport: async (_: unknown, samples: ReadonlyMap<string, number>) => {
          for (const [series, value] of samples) appendFileSync(join(home, "sent"), `${series} ${value}\n`);
          process.send?.("reported");
        },
      }) as Partial<Later> as Later,
  },
);
setupClient(client, { host: { home, env: {} } });
reportsInTurn(client, { nodes: { every: Number(process.argv[3]) } }, () => gauge(metric, {}, 3));
// A report that has to come is waited for, however long it takes.
setTimeout(() => process.exit(0), process.argv[4] === "stays" ? 600_000 : 1200);
