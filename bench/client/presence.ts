/** What it costs to have the client in a program that records nothing: `npm run bench -- client-presence`. */
import { execFileSync } from "node:child_process";
import { program } from "../../test/client/program.js";

const bare = await program("");
const loaded = await program(
  'import * as telemetry from "./generated/client/telemetry.js"; globalThis.kept = telemetry;',
);
/** Milliseconds of CPU from the start of the process to its end. */
const cpu = (file: string) =>
  Number(
    execFileSync(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `await import(${JSON.stringify(file)}); const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)`,
      ],
      { encoding: "utf8" },
    ),
  );
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;
const pairs = Array.from({ length: 21 }, () => [cpu(bare), cpu(loaded)] as const);
console.log(
  `import: ${median(pairs.map(([without, with_]) => with_ - without)).toFixed(1)} ms of CPU; Node alone: ${median(pairs.map(([without]) => without)).toFixed(0)} ms (medians of ${pairs.length}, in turns)`,
);
