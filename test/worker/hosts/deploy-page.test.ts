import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { shellQuoted } from "../../../generator/emit/shell.js";
import { sinkNames } from "../../../generator/language/sinks/index.js";
import { loadContract } from "../../../generator/spec/load-contract.js";
import { deployPage } from "../../../generator/targets/worker/deploy-page.js";
import { costsOf } from "../../../generator/targets/worker/prices.js";
import { volumeOf } from "../../../generator/targets/worker/volume.js";
import { fc } from "../../support/property.js";
import { until } from "../../support/wait.js";
import { writeWorker } from "./generated-worker.js";
import { startNode } from "./start-node.js";

const specs = [
  "spec/events.yaml",
  ...["cocoindex", "cozystack", "docglow", "jina"].map((name) => `spec/systems/${name}/events.yaml`),
];

function load(spec: string) {
  const { model } = loadContract(spec, spec);
  if (model === undefined) throw new Error(`${spec} did not load`);
  return model;
}

it.each(specs)(
  "%s: the page leads to a deployment in ten commands, and the line that the host prints is accepted",
  async (spec) => {
    const model = load(spec);
    const worker = await writeWorker(spec);
    const page = readFileSync(join(worker.folder, "DEPLOY.md"), "utf8");
    const commands =
      /```sh\n([\s\S]*?)\n```/
        .exec(page)?.[1]
        ?.split("\n")
        .filter((line) => /^(npx|curl|psql|cd) /.test(line)) ?? [];
    expect(commands.length).toBeGreaterThan(4);
    expect(commands.length).toBeLessThanOrEqual(10);
    for (const title of [
      "DNS",
      "Secrets",
      "The backend",
      "When the backend is down",
      "Retention",
      "Deletion requests",
      "What it costs",
    ]) {
      expect(page).toContain(`\n## ${title}\n`);
    }
    const host = await startNode(worker.folder, {
      TELEMETRY_SINK: "sqlite",
      TELEMETRY_DATA: join(worker.folder, "data"),
    });
    try {
      await until("the host says how to try it", () => host.output().includes("Try it: "));
      const line = /^Try it: (.*)$/m.exec(host.output())?.[1] ?? "";
      const { stdout } = await promisify(execFile)("sh", ["-c", line]);
      expect(stdout).toMatch(new RegExp(`^HTTP/1\\.1 ${model.ingest.responses.accepted} `));
      const verify = /^npx plainsight verify \S+(.*)$/m.exec(deployPage(model));
      const options = verify?.[1]?.trim().split(" ") ?? ["no such line"];
      const verified = await promisify(execFile)(process.execPath, [
        "dist/plainsight.mjs",
        "verify",
        host.url,
        ...options.filter((word) => word !== ""),
      ]);
      expect(verified.stdout).toMatch(/^It shows the published contract: sha256-/);
      expect(await host.kill("SIGTERM")).toBe(0);
      // Nothing of it is dropped: its time is a present one.
      const { accepted, forwarded, stored, ...rest } = host.counted();
      expect({ accepted, forwarded, stored }).toEqual({ accepted: 1, forwarded: 1, stored: 1 });
      expect(Object.keys(rest).filter((reason) => /^(dropped|failed|lost)/.test(reason))).toEqual([]);
    } finally {
      await host.kill("SIGKILL");
      worker.remove();
    }
  },
);

it.each(sinkNames)("every sink has its settings, its retention and a way to forget a machine: %s", (sink) => {
  const model = load("spec/events.yaml");
  const page = deployPage({
    ...model,
    ingest: { ...model.ingest, forwardTo: { sink, secret: "KEY", add: {}, backendSettings: [] } },
  });
  const section = (title: string) => page.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
  for (const title of ["The backend", "Retention", "Deletion requests"])
    expect(section(title).length, title).toBeGreaterThan(60);
  if (sink !== "analytics-engine") expect(section("Deletion requests")).toContain("machine_id");
  expect(page).not.toMatch(/undefined|\[object/);
});

it("PostHog is asked to forget where the contract's events are, and only by what it knows a sender by", () => {
  const model = load("spec/events.yaml");
  const pageOf = (distinctId: string) => {
    const url = "https://eu.i.posthog.com/batch/";
    return deployPage({
      ...model,
      ingest: { ...model.ingest, forwardTo: { sink: "posthog", url, distinctId, add: {}, backendSettings: [] } },
    });
  };
  expect(pageOf("machine_id")).toContain('"https://eu.posthog.com/api/projects/$PROJECT/persons/bulk_delete/"');
  expect(pageOf("other")).not.toContain("bulk_delete");
  expect(pageOf("other")).toContain(`WHERE properties."machine_id" = '<machine_id>'`);
});

it("nothing in a contract's words becomes part of the page or of a command", () => {
  const model = load("spec/events.yaml");
  const hostile = "x\n```\n# Title\n<script>alert(1)</script> --> [a](javascript:b) '$(id)'\u202e";
  const page = deployPage({
    ...model,
    destination: {
      ...model.destination,
      deletion: hostile,
      retention: { raw: hostile },
      operator: { name: hostile, party: "third" },
    },
    ingest: {
      ...model.ingest,
      operatedBy: hostile,
      forwardTo: { sink: "posthog", distinctId: "machine_id", add: {}, backendSettings: [hostile] },
    },
  });
  expect(page).not.toMatch(/^# Title|(?<!\\)<script|\u202e|(?<!\\)\]\(javascript/m);
  expect(page.match(/^```/gm)?.length).toBe(deployPage(model).match(/^```/gm)?.length);
});

it("quotes whatever a contract says for a shell", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("'", '"', "$(id)", "`id`", "\\", "\n", " ", "a", "ü", "!", "&", ";") }),
      (text) => {
        expect(execFileSync("sh", ["-c", `printf %s ${shellQuoted(text)}`], { encoding: "utf8" })).toBe(text);
      },
    ),
    { numRuns: 40 },
  );
});

describe("costs", () => {
  const machines = [1_000, 100_000, 10_000_000];

  it("come from the contract's own volume", () => {
    const codegraph = volumeOf(load("spec/events.yaml"));
    expect(codegraph.lines.map(({ name, monthly }) => [name, monthly])).toEqual([
      ["index", 4],
      ["install", 4],
      ["uninstall", 4],
      ["usage_rollup", 160],
    ]);
    expect(codegraph).toMatchObject({ requests: 20, events: 172 });
    // Every 15 minutes: 96 reports a day.
    expect(volumeOf(load("spec/systems/cozystack/events.yaml")).requests).toBe(96 * 30);
  });

  it("are the price list's, worked out by hand for one case", () => {
    const model = load("spec/events.yaml");
    const costs = costsOf(model, volumeOf(model), machines);
    const at = (what: string) =>
      costs.find((line) => line.what.startsWith(what))?.at.map(({ dollars }) => Number(dollars.toFixed(2)));
    // 20, 2M, 200M requests: 190M beyond the plan at $0.30.
    expect(at("Workers: requests")).toEqual([0, 0, 57]);
    // 60k, 6M, 600M operations: 5M and 599M beyond at $0.40.
    expect(at("Queues")).toEqual([0, 2, 239.6]);
    // 17.2M: 1M at 50, 13M at 34.3 and 2.2M at 29.5 millionths of a dollar.
    expect(at("PostHog")?.slice(0, 2)).toEqual([0, 560.8]);
    expect(at("Together")?.[0]).toBe(5);
  });

  it.each(specs)("%s: never fall with the number of machines, and add up", (spec) => {
    const model = load(spec);
    const costs = costsOf(model, volumeOf(model), machines);
    for (const { at } of costs)
      expect(at.map(({ dollars }) => dollars)).toEqual(at.map(({ dollars }) => dollars).toSorted((a, b) => a - b));
    const parts = costs.slice(0, -1).map(({ at }) => at[2]?.dollars ?? 0);
    expect(costs.at(-1)?.at[2]?.dollars).toBeCloseTo(parts.reduce((sum, part) => sum + part, 0));
  });
});
