import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { format, resolveConfig } from "prettier";
import { expect, it } from "vitest";
import { loadContract } from "../../../generator/spec/load-contract.js";
import { wranglerFiles } from "../../../generator/targets/worker/wrangler.js";
import { withSink, writeWorker } from "./generated-worker.js";
import { readSettings } from "./read-settings.js";

const wrangler = join(process.cwd(), "node_modules/wrangler/bin/wrangler.js");

interface Settings {
  readonly compatibility_date: string;
  readonly observability: unknown;
  readonly tail_consumers: unknown;
  readonly logpush: unknown;
}

const sinkOf = (sink: string) => (yaml: string) => withSink(yaml, sink);

/** Contract, what is changed in it, the bindings that wrangler must see, and a word of the only sink that may be in the bundle. */
const cases: [string, string, (yaml: string) => string, RegExp[], RegExp, RegExp][] = [
  [
    "codegraph",
    "spec/events.yaml",
    (yaml) => yaml,
    [
      /env\.QUEUE \(codegraph-telemetry\)/,
      /env\.DEAD_LETTERS/,
      /env\.LIMIT_IDENTIFIER \(6 requests\/60s\)/,
      /env\.LIMIT_ALL/,
    ],
    /\$geoip_disable/,
    /INSERT|cloudflare:sockets/,
  ],
  [
    "codegraph into Postgres",
    "spec/events.yaml",
    sinkOf("postgres"),
    [/env\.QUEUE/],
    /cloudflare:sockets/,
    /\$geoip_disable|INSERT OR IGNORE/,
  ],
  [
    "docglow",
    "spec/systems/docglow/events.yaml",
    (yaml) => yaml,
    [/env\.DB \(docglow-telemetry\)/],
    /INSERT OR IGNORE/,
    /\$geoip_disable|cloudflare:sockets/,
  ],
];

it.each([
  "spec/events.yaml",
  ...["cocoindex", "cozystack", "docglow", "jina"].map((name) => `spec/systems/${name}/events.yaml`),
])("%s: wrangler.jsonc is in prettier's form", async (spec) => {
  const { model } = loadContract(spec, spec);
  for (const { path, text } of model === undefined
    ? []
    : wranglerFiles(model).filter(({ path }) => path.endsWith(".jsonc"))) {
    expect(await format(text, { ...(await resolveConfig(import.meta.filename)), filepath: path })).toBe(text);
  }
  expect.assertions(1);
});

it.concurrent.each(cases)(
  "wrangler would deploy the worker of %s, which keeps no trace of a sender",
  async (_, spec, change, bindings, sink, foreign) => {
    const worker = await writeWorker(spec, change);
    try {
      const env = {
        ...process.env,
        WRANGLER_SEND_METRICS: "false",
        CI: "1",
        NO_COLOR: "1",
        WRANGLER_LOG_PATH: join(worker.folder, "logs"),
      };
      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        [wrangler, "deploy", "--dry-run", "--outdir", "out"],
        { cwd: worker.folder, env },
      );
      expect(stderr).toBe("");
      expect(stdout).not.toMatch(/warning/i);
      expect(stdout).toContain("--dry-run: exiting now.");
      for (const binding of bindings) expect(stdout).toMatch(binding);
      const bundle = readFileSync(join(worker.folder, "out/worker.js"), "utf8");
      expect(bundle).toMatch(sink);
      expect(bundle).not.toMatch(foreign);
      expect(bundle).not.toMatch(/cf-connecting-ip|x-real-ip|forwarded-for|request\.cf\b/i);
      const settings = readSettings(worker.folder) as Settings;
      expect(settings.observability).toEqual({
        enabled: true,
        head_sampling_rate: 1,
        logs: { enabled: true, invocation_logs: false },
        traces: { enabled: false },
      });
      expect(settings).toMatchObject({ tail_consumers: [], logpush: false, send_metrics: false });
      expect(settings.compatibility_date <= "2026-05-03").toBe(true);
      expect(existsSync(join(worker.folder, "schema.sql"))).toBe(/INSERT|sockets/.test(sink.source));
    } finally {
      worker.remove();
    }
  },
);
