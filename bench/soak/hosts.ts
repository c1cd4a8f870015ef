import { join } from "node:path";
import { bundleGenerated } from "../../test/worker/hosts/bundle-generated.js";
import { writeWorker } from "../../test/worker/hosts/generated-worker.js";
import { PosthogBackend } from "../../test/worker/hosts/posthog-backend.js";
import { startNode } from "../../test/worker/hosts/start-node.js";
import { startWorkerd } from "./start-workerd.js";

export interface SoakedHost {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Nobody is limited here: every request is to be judged. */
const unlimited = (yaml: string) => yaml.replace("requests: 6,", "requests: 1000000,");

/** The generated worker behind a backend on loopback that takes everything, one per platform. */
export const hosts: Readonly<Record<"node" | "workerd", () => Promise<SoakedHost>>> = {
  async node() {
    const worker = await writeWorker("spec/events.yaml", unlimited);
    const backend = new PosthogBackend();
    await backend.up();
    const env = { POSTHOG_KEY: "phc", TELEMETRY_SINK_URL: backend.url, TELEMETRY_DATA: join(worker.folder, "data") };
    const { url, pid, kill } = await startNode(worker.folder, env);
    return {
      url,
      pid,
      async stop() {
        await kill("SIGTERM");
        await backend.down();
        worker.remove();
      },
    };
  },
  async workerd() {
    const worker = await writeWorker("spec/events.yaml", unlimited);
    const backend = new PosthogBackend();
    await backend.up();
    const script = (await bundleGenerated(worker.folder)).replace("https://us.i.posthog.com/batch/", backend.url);
    const host = await startWorkerd(script);
    return {
      ...host,
      async stop() {
        await host.stop();
        await backend.down();
        worker.remove();
      },
    };
  },
};
