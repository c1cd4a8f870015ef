/** Lines that six writers and claimers beside them lose: ours, and the usual read, modify, write. `npm run bench -- client-disk` */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporary } from "../../test/client/program.js";
import { crowd } from "../../test/client/proof/crowd.js";

const [writers, lines] = [6, 300];
const folder = temporary();
const queue = join(folder, "queue.jsonl");
const byHand = join(folder, "by-hand.mjs");
writeFileSync(queue, "");
writeFileSync(
  byHand,
  `import { readFileSync, writeFileSync } from "node:fs";
  const read = () => { try { return readFileSync(${JSON.stringify(queue)}, "utf8"); } catch { return ""; } };
  for (let i = 0; i < ${lines}; i++) {
    writeFileSync(${JSON.stringify(queue)}, read() + JSON.stringify({ id: process.argv[2] + "-" + i }) + "\\n");
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
  }`,
);
await Promise.all(
  Array.from(
    { length: writers },
    (_, at) =>
      new Promise((resolve) =>
        spawn(process.execPath, [byHand, String(at)], { stdio: "inherit" }).on("close", resolve),
      ),
  ),
);
const left = readFileSync(queue, "utf8").split("\n").filter(Boolean).length;
const ours = await crowd({ recorders: writers, rounds: lines, senders: 2, atOnce: writers });
console.log(
  `read, modify, write (nobody claims, nobody is killed): ${writers * lines - left} of ${writers * lines} lines lost`,
);
console.log(
  `ours (senders beside them, ${ours.kills} of ${ours.processes} processes killed): ${ours.lost.length} of ${ours.kept / 2} lost, ${ours.doubled.length} doubled outside the stated window`,
);
process.exit(0);
