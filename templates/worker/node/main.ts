import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceOf } from "../runtime/answer/pages.js";
import type { Example, Host, WorkerContract } from "../runtime/contract.js";
import { createCounters } from "./counters.js";
import { curlLine } from "./curl-line.js";
import { startHost } from "./node-host.js";
import { openSink } from "./open-sink.js";
import { readSettings, spoolFolder } from "./settings.js";
import { Spool } from "./spool.js";

const reportEvery = 60_000;

/** `pages.js`. */
interface Pages {
  readonly pages: NonNullable<Host["pages"]>;
  readonly example: Example;
}

/** `node node.mjs`: serves until SIGTERM or SIGINT, then lets what is under way finish. */
async function main(): Promise<void> {
  // Beside this file, when it is generated: the product's own part of the worker.
  const beside = (path: string) => new URL(path, import.meta.url);
  const { contract } = (await import(beside("contract.js").href)) as { contract: WorkerContract };
  const { pages, example } = (await import(beside("pages.js").href)) as Pages;
  const env = process.argv.includes("--try") ? tryingOut() : process.env;
  const settings = readSettings(env, contract.sink);
  const { sink, name } = await openSink(settings, env);
  const { count, report } = createCounters((line) => console.log(line));
  const backoff = { first: 1_000, most: 60_000 };
  const spool = await Spool.open({ folder: spoolFolder(settings), most: settings.spoolMost, backoff }, sink, count);
  const host = await startHost(contract, pages, settings, spool, count, sourceOf(env));
  const reporting = setInterval(report, reportEvery);

  let leaving = false;
  const leave = async () => {
    if (leaving) return;
    leaving = true;
    clearInterval(reporting);
    await host.close();
    await spool.close();
    report();
    process.exit(0);
  };
  process.on("SIGTERM", leave);
  process.on("SIGINT", leave);
  // Only now: whoever waits for this line may stop us at once.
  console.log(`${contract.product} listens on ${host.url}${contract.path}, events go to ${name}`);
  console.log(`Try it: ${curlLine(example, host.url, contract.wire, new Date(), contract.method)}`);
}

/** `--try`: nothing leaves this machine, whatever the contract says, and nothing has to be set. */
function tryingOut(): NodeJS.ProcessEnv {
  return { TELEMETRY_DATA: mkdtempSync(join(tmpdir(), "telemetry-")), ...process.env, TELEMETRY_SINK: "sqlite" };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : "could not start");
  process.exit(2);
});
