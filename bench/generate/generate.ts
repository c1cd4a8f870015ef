/**
 * CPU of a run, in multiples of a bare Node start (`node -e 0`) that took turns with it:
 * `npm run bench -- generate [EVENTS …]`. Rounds are interleaved, and the median is what is told.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { contractOf } from "./contract.js";
import { cpuOf, median } from "./cpu.js";

const top = join(import.meta.dirname, "../..");
const sizes = process.argv.slice(2).map(Number);
const rounds = (events: number) => (events > 500 ? 5 : 9);
const home = mkdtempSync(join(tmpdir(), "plainsight-bench-"));
const dist = join(home, "dist");
const cache = join(dist, ".cache");
cpSync(join(top, "dist"), dist, { recursive: true, filter: (name) => !name.endsWith(".cache") });
const plainsight = [process.execPath, join(dist, "plainsight.mjs")];
const quicktype = [process.execPath, join(top, "bench/node_modules/quicktype/dist/index.js")];

const rows = [["", "events", "× node -e 0", "CPU ms"]];
try {
  await measure(
    "all five contracts",
    (folder) => cpSync(join(top, "spec"), join(folder, "spec"), { recursive: true }),
    9,
  );
  for (const events of sizes.length > 0 ? sizes : [4, 100, 1000]) {
    await measure(String(events), (folder) => write(folder, contractOf(events)), rounds(events));
  }
  console.log(table(rows));
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function measure(name: string, prepare: (folder: string) => void, times: number): Promise<void> {
  const folder = mkdtempSync(join(home, "project-"));
  prepare(folder);
  cpuOf([...plainsight, "gen"], folder);
  const spec = readFileSync(join(folder, "spec/events.yaml"), "utf8");
  const forget = (kind: string) => {
    for (const file of readdirSync(cache)) if (file.startsWith(kind)) rmSync(join(cache, file));
  };
  const input = join(folder, "types.json");
  writeFileSync(input, JSON.stringify(typesOnly(join(folder, "generated/schema"))));
  let edit = 0;
  const runs: Readonly<Record<string, () => number>> = {
    "check, nothing to do": () => cpuOf([...plainsight, "check"], folder),
    "gen, nothing to do": () => cpuOf([...plainsight, "gen"], folder),
    "gen, one event edited": () => {
      edit++;
      write(folder, spec.replace(/^( {4}why: ).*$/m, `$1Edited ${edit} times.`));
      const spent = cpuOf([...plainsight, "gen"], folder);
      write(folder, spec);
      cpuOf([...plainsight, "gen"], folder);
      return spent;
    },
    "check, cold": () => {
      forget("memo");
      const spent = cpuOf([...plainsight, "check"], folder);
      return spent;
    },
    "check, cold, no code cache either": () => {
      forget("");
      const spent = cpuOf([...plainsight, "check"], folder);
      return spent;
    },
    "quicktype, types alone": () =>
      cpuOf([...quicktype, "-s", "schema", "-l", "typescript", "--just-types", input], folder),
  };
  const bare: number[] = [];
  const spent = new Map(Object.keys(runs).map((run) => [run, [] as number[]]));
  for (let round = 0; round < times; round++) {
    for (const [run, once] of Object.entries(runs)) {
      bare.push(cpuOf([process.execPath, "-e", "0"], folder));
      spent.get(run)?.push(once());
    }
  }
  const unit = median(bare);
  for (const [run, seconds] of spent)
    rows.push([run, name, (median(seconds) / unit).toFixed(1), (median(seconds) * 1000).toFixed(0)]);
  rows.push(["node -e 0", name, "1.0", (unit * 1000).toFixed(0)]);
  rmSync(folder, { recursive: true });
}

function write(folder: string, spec: string): void {
  mkdirSync(join(folder, "spec"), { recursive: true });
  writeFileSync(join(folder, "spec/events.yaml"), spec);
}

/** The schemas of the events that were generated, as one schema: what quicktype is given. */
function typesOnly(folder: string): unknown {
  const files = readdirSync(folder).filter((file) => !/^(index|payload)\./.test(file));
  const schemas = files.map((file): [string, unknown] => [
    basename(file, ".schema.json"),
    JSON.parse(readFileSync(join(folder, file), "utf8")),
  ]);
  for (const [, schema] of schemas)
    for (const key of ["$id", "$schema", "$comment"]) delete (schema as Record<string, unknown>)[key];
  return { type: "object", properties: Object.fromEntries(schemas) };
}

function table(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column < 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    )
    .join("\n");
}
