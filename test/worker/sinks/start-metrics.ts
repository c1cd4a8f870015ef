import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { temporaryFolder } from "../../support/temp-folder.js";
import { freePort } from "./start-postgres.js";

const binary = "/usr/bin/victoria-metrics";

export interface Metrics {
  readonly url: string;
  /** Makes what was written visible to queries. */
  flush(): Promise<void>;
  remove(): Promise<void>;
}

/** A store of its own on loopback. */
export async function startMetrics(): Promise<Metrics> {
  const folder = temporaryFolder("metrics");
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const server = spawn(
    binary,
    [`-storageDataPath=${folder}`, `-httpListenAddr=${address}`, "-search.latencyOffset=0s", "-retentionPeriod=100y"],
    { stdio: "ignore" },
  );
  for (let attempt = 0; attempt < 100 && !(await isUp(url)); attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    url,
    flush: async () => void (await (await fetch(`${url}/internal/force_flush`)).text()),
    async remove() {
      if (server.exitCode === null) {
        const gone = new Promise((resolve) => server.once("exit", resolve));
        server.kill("SIGKILL");
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}
