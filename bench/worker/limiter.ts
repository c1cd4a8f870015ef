/** The cost of limiting each sender, and what is kept of each: `npm run bench -- judging`. */
import { randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createMemoryLimiter } from "../../templates/worker/runtime/answer/memory-limiter.js";
import { inTurns, median } from "../measure.js";
import { type Cell, tell } from "../tell.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const limit = { per: "machine_id", check: () => true, requests: 6, total: Number.MAX_SAFE_INTEGER, window: 3_600_000 };
const requests = 400_000;

/** Requests of so many senders, in turns: what one costs, and what all of them left behind. */
function limited(senders: number): {
  readonly nanoseconds: number;
  readonly mebibytes: number;
  readonly refused: number;
} {
  const keys = Array.from({ length: senders }, () => randomUUID());
  collect();
  const before = process.memoryUsage().heapUsed;
  const limiter = createMemoryLimiter(limit, () => 1);
  const start = process.cpuUsage();
  let refused = 0;
  for (let at = 0; at < requests; at++) if (limiter("identifier", keys[at % senders] ?? "")) refused++;
  const { user, system } = process.cpuUsage(start);
  collect();
  const mebibytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  // Both must still be there when the memory is looked at.
  limiter("all", keys[0] ?? "");
  return { nanoseconds: ((user + system) * 1000) / requests, mebibytes, refused };
}

const counts = [1_000, 100_000, 400_000];
const rounds = await inTurns(
  Object.fromEntries(counts.map((senders) => [`${senders}`, async () => limited(senders)])),
  7,
);
const of = (senders: number, what: "nanoseconds" | "mebibytes" | "refused") =>
  median((rounds[`${senders}`] ?? []).map((one) => one[what]));
tell(
  `Limiting each sender in memory: ${requests.toLocaleString("en")} requests, medians of 7; it remembers 100,000 at most`,
  ["senders", "CPU ns a request", "MiB kept", "refused"],
  counts.map((senders): Cell[] => [
    senders.toLocaleString("en"),
    of(senders, "nanoseconds"),
    of(senders, "mebibytes"),
    of(senders, "refused"),
  ]),
  [
    { claim: "100,000 senders: CPU ns a request", value: of(100_000, "nanoseconds"), atMost: 1_000 },
    { claim: "400,000 senders: MiB kept", value: of(400_000, "mebibytes"), atMost: 16 },
  ],
);
