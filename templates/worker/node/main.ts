import type { Host, WorkerContract } from "../runtime/contract.js";
import { createCounters } from "./counters.js";
import { startHost } from "./node-host.js";
import { openSink } from "./open-sink.js";
import { readSettings, spoolFolder } from "./settings.js";
import { Spool } from "./spool.js";

/** What lies beside this file when it is generated. */
interface Product {
  readonly contract: WorkerContract;
  readonly pages: NonNullable<Host["pages"]>;
}

const reportEvery = 60_000;

/** `node node.mjs`: serves until SIGTERM or SIGINT, then lets what is under way finish. */
async function main(): Promise<void> {
  const { contract } = (await import(new URL("./contract.js", import.meta.url).href)) as Pick<Product, "contract">;
  const { pages } = (await import(new URL("./pages.js", import.meta.url).href)) as Pick<Product, "pages">;
  const settings = readSettings(process.env, contract.sink);
  const { sink, name } = await openSink(settings, process.env);
  const { count, report } = createCounters((line) => console.log(line));
  const backoff = { first: 1_000, most: 60_000 };
  const spool = new Spool({ folder: spoolFolder(settings), most: settings.spoolMost, backoff }, sink, count);
  const host = await startHost(contract, pages, settings, spool, count);
  const reporting = setInterval(report, reportEvery);
  console.log(`${contract.product} listens on ${host.url}${contract.path}, events go to ${name}`);

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
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : "could not start");
  process.exit(2);
});
