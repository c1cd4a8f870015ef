import { afterAll, beforeAll } from "vitest";
import { goldenPayload } from "../../generator/model/golden.js";
import { modelOfSystem } from "./generated-worker.js";
import { type Outcome, type RunningWorker, startWorker } from "./workerd.js";

/** CodeGraph's worker, for the tests of one file: what it accepts, and a way to post it. */
export function codegraphWorker() {
  const model = modelOfSystem("codegraph");
  const install = goldenPayload(
    model,
    model.events.find(({ wireName }) => wireName === "install") as (typeof model.events)[number],
  );
  const [entry] = install.events as readonly Record<string, unknown>[];

  let running: RunningWorker | undefined;
  const worker = () => running as RunningWorker;
  beforeAll(async () => {
    running = await startWorker(model);
  });
  afterAll(() => running?.stop());

  let machines = 0;
  return {
    worker,
    model,
    entry,
    /** A good batch of one event from a machine that nobody has heard of yet. */
    batch: (more: object = {}, ...others: unknown[]): string => {
      const machine = `b3a8c1d2-4e5f-4a6b-8c7d-${String(++machines).padStart(12, "0")}`;
      return JSON.stringify({ ...install, machine_id: machine, events: [...others, entry], ...more });
    },
    post: (body: string | Buffer, headers: Record<string, string> = {}, path = "/v1/events"): Promise<Outcome> =>
      worker().ask(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : new Uint8Array(body),
      }),
  };
}
