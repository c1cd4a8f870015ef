/** What the emitted worker weighs, and costs at a cold start, with 4, 100 and 1,000 events: `tsx bench/worker/size.ts`. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { generateWorker, modelOf } from "../../test/worker/generated-worker.js";
import { manyEvents } from "./many-events.js";

const starts = Number(process.argv[2] ?? 15);
const table: Record<string, Record<string, number>> = {};
for (const count of [0, 4, 100, 1000]) {
  const worker = count === 0 ? undefined : await generateWorker(modelOf(manyEvents(count)), { withRuntime: true });
  const folder = worker?.folder ?? import.meta.dirname;
  const contents =
    worker === undefined
      ? "export default { fetch: () => new Response(null, { status: 204 }) };"
      : `export { default } from "./worker/worker.js";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    external: ["cloudflare:sockets"],
    loader: { ".txt": "empty" },
    logLevel: "error",
  });
  const text = outputFiles[0]?.text ?? "";
  const file = join(worker?.folder ?? "/tmp", `cold-${count}.mjs`);
  writeFileSync(file, text);
  const code = `const start = process.cpuUsage(); import(${JSON.stringify(file)}).then(() => { const { user, system } = process.cpuUsage(start); console.log((user + system) / 1000); })`;
  const times = Array.from({ length: starts }, () =>
    Number(execFileSync(process.execPath, ["-e", code], { encoding: "utf8" })),
  );
  const cold = times.toSorted((a, b) => a - b)[starts >> 1] as number;
  table[`${count} events`] = {
    "minified KiB": Math.round(text.length / 102.4) / 10,
    "gzip KiB": Math.round(gzipSync(text).length / 102.4) / 10,
    "cold start, CPU ms": Math.round(cold * 10) / 10,
  };
  worker?.remove();
}
console.log("0 events: an empty worker. Pages are text beside the bundle.");
console.table(table);
