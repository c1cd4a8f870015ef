import { describe, expect, test } from "vitest";
import { loadContract } from "../../generator/spec/load-contract.js";

const ROOT = "spec/events.yaml";
const system = (name: string) => `spec/systems/${name}/events.yaml`;
const FIVE = [ROOT, ...["cocoindex", "cozystack", "docglow", "jina"].map(system)];

function load(path: string) {
  const { model } = loadContract(path, path);
  if (model === undefined) throw new Error(`${path} did not load`);
  return model;
}

test.each(FIVE)("%s loads without a finding", (path) => {
  const { model, diagnostics } = loadContract(path, path);
  expect(diagnostics).toEqual([]);
  expect(model?.source).toBe(path);
});

describe("facts of the models", () => {
  test("what a spec leaves out gets the language's defaults", () => {
    const { ingest, delivery, consent, consentEpoch } = load(system("jina"));
    expect(ingest.responses).toEqual({
      accepted: 204,
      malformed: 400,
      too_large: 413,
      rate_limited: 429,
      wrong_path: 404,
      wrong_method: 405,
    });
    expect(ingest).toMatchObject({
      unknownEvent: "drop",
      unknownField: "strip",
      invalidField: "strip",
      limits: { body: 65536, events: 100 },
    });
    expect(delivery).toMatchObject({ mode: "immediate", timeout: 5000, attempts: 1, onFailure: "silent" });
    expect(consent).toMatchObject({ evaluated: "every-event", builds: [], ask: [], commands: {} });
    expect(consentEpoch).toBe(1);
  });

  test("durations are milliseconds and sizes bytes", () => {
    const { delivery, ingest } = load(ROOT);
    expect(delivery.queue).toMatchObject({ maxSize: 256 * 1024, reclaimAfter: 3_600_000 });
    expect(ingest.acceptTimes).toEqual({ past: 30 * 86_400_000, future: 600_000 });
    const cozystack = load(system("cozystack"));
    expect(cozystack).toMatchObject({ ingest: { limits: { body: 10 * 1024 * 1024 } } });
    expect([...new Set(cozystack.metrics.map(({ schedule }) => schedule?.every))]).toEqual([900_000]);
  });

  test("names in code are derived from those that travel, or stated", () => {
    const { common, events } = load(system("jina"));
    expect(common.map(({ wireName, codeName }) => [wireName, codeName])).toContainEqual(["session-id", "sessionId"]);
    expect(events.map(({ codeName }) => codeName)).toContain("grpcGatewayRuntimeStart");
    const [info] = load(system("cozystack")).metrics;
    expect(info?.labels.find(({ wireName }) => wireName === "bunde_enable")?.codeName).toBe("bundleEnable");
  });

  test("events and fields are sorted, labels stand as written", () => {
    const { events, common } = load(ROOT);
    expect(events.map(({ wireName }) => wireName)).toEqual(["index", "install", "uninstall", "usage_rollup"]);
    expect(common[0]?.wireName).toBe("arch");
    expect(load(system("cozystack")).metrics[0]?.labels[0]?.wireName).toBe("cozystack_version");
  });

  test("examples are there, written or derived", () => {
    const event = load(system("docglow")).events[0];
    const examples = Object.fromEntries(event?.fields.map(({ wireName, example }) => [wireName, example]) ?? []);
    expect(examples).toMatchObject({
      command: "generate",
      project_shape: { models: 142, macros: 8 },
      docglow_version: "0.7.4",
    });
    expect(examples.instance_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("the prometheus contract drops samples by default, and a missing ask ends undecided", () => {
    expect(load(system("cozystack")).ingest).toMatchObject({ unknownField: "drop", invalidField: "drop" });
    expect(load(ROOT).consent.ask[0]).toMatchObject({ whenSkipped: "undecided", askAgain: "never" });
  });
});
