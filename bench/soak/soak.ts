import { hosts } from "./hosts.js";
import { growth, load } from "./load.js";

/** `tsx bench/soak/soak.ts [requests]`: what an hour of 100,000 active machines brings, as fast as it goes, on each host. */
const requests = Number(process.argv[2] ?? 100_000);

for (const [name, start] of Object.entries(hosts)) {
  const host = await start();
  const { statuses, memory, seconds } = await load(`${host.url}/v1/events`, host.pid, requests);
  await host.stop();
  const answers = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
  const sampled = memory.filter((_, index) => index % 5 === 0).map((mebibytes) => mebibytes.toFixed(0));
  console.log(`${name}: ${requests} requests from 50 clients in ${seconds.toFixed(0)} s; ${answers.join(", ")}`);
  console.log(`  resident MiB ${sampled.join(" ")}; last quarter / third quarter ${growth(memory).toFixed(2)}`);
}
