import { spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../support/temp-folder.js";
import { freePort } from "./start-postgres.js";

const binary = [process.env["PLAINSIGHT_GO_TOOLS"], join(import.meta.dirname, "../../../.go/bin")]
  .flatMap((folder) => (folder === undefined ? [] : join(folder, "otelcol")))
  .find((path) => existsSync(path));

/** True if a collector is here: `.ci/run` builds the one in `collector/`. */
export const hasCollector = binary !== undefined;

export interface Collector {
  readonly url: string;
  /** All that it printed of what it received. */
  said(): string;
  remove(): Promise<void>;
}

/** A collector of its own on loopback, which prints what it receives. */
export async function startCollector(): Promise<Collector> {
  const folder = temporaryFolder("collector");
  const address = `127.0.0.1:${await freePort()}`;
  const pipeline = { receivers: ["otlp"], exporters: ["debug"] };
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: address } } } },
    exporters: { debug: { verbosity: "detailed", use_internal_logger: false } },
    service: {
      telemetry: { metrics: { level: "none" }, logs: { level: "warn" } },
      pipelines: { logs: pipeline, metrics: pipeline },
    },
  };
  // JSON is YAML, too.
  writeFileSync(join(folder, "config.yaml"), JSON.stringify(config));
  const collector = spawn(binary ?? "", ["--config", join(folder, "config.yaml")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  collector.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const url = `http://${address}/`;
  for (let up = false; !up; ) {
    if (collector.exitCode !== null) throw new Error(`The collector ended with ${collector.exitCode}.`);
    up = await fetch(url).then(
      () => true,
      () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 50)),
    );
  }
  return {
    url,
    said: () => said,
    async remove() {
      const gone = new Promise((resolve) => collector.once("exit", resolve));
      if (collector.exitCode === null && collector.kill("SIGKILL")) await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
