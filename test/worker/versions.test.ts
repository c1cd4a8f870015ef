import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Model } from "../../generator/model/model.js";
import { ask, json } from "./collecting-host.js";
import { type GeneratedWorker, generateWorker, modelOf } from "./generated-worker.js";

// biome-ignore lint/suspicious/noExplicitAny: a spec as YAML gives it, to be changed at will.
type Spec = any;

/** Today's contract after each change, with what it was before as the released version. */
function released(system: string, ...changes: readonly ((spec: Spec) => void)[]): Model {
  const path = system === "codegraph" ? "spec/events.yaml" : `spec/systems/${system}/events.yaml`;
  const spec: Spec = parse(readFileSync(join(import.meta.dirname, "../..", path), "utf8"));
  const models = [modelOf(JSON.stringify(spec), path)];
  for (const [index, change] of changes.entries()) {
    spec.schema_version = index + 2;
    spec.history.unshift({ version: index + 2, change: "Changed." });
    if (spec.common?.schema_version) spec.common.schema_version.value = index + 2;
    if (spec.events?.command_run) spec.events.command_run.fields.schema_version.value = index + 2;
    change(spec);
    models.push(modelOf(JSON.stringify(spec), path));
  }
  return { ...(models.at(-1) as Model), frozen: models.slice(0, -1) };
}

const machine = "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
function batch(version: number, ...events: object[]) {
  return json({
    machine_id: machine,
    codegraph_version: "0.9.12",
    os: "darwin",
    arch: "arm64",
    node_major: 22,
    ci: false,
    schema_version: version,
    events,
  });
}
const install = {
  event: "install",
  props: { targets: ["claude"], scope: "local", kind: "fresh", sqlite_backend: "native" },
};

async function worker(model: Model): Promise<GeneratedWorker> {
  const generated = await generateWorker(model);
  generated.remove();
  return generated;
}

describe("where a batch says its version", async () => {
  const model = released("codegraph", (spec) => {
    delete spec.events.install.fields.sqlite_backend;
    delete spec.events.uninstall;
    spec.events.install.fields.shell = { type: "enum", values: ["bash", "zsh"], why: "New in version 2." };
    spec.ingest.forward_to.add.$added = true;
  });
  const { contract } = await worker(model);

  it("what old clients send is let in; what is no longer collected is removed", async () => {
    const { status, forwarded } = await ask(contract, "/v1/events", batch(1, install));
    expect(status).toBe(204);
    expect(forwarded).toMatchObject([
      { event: "install", fields: { schema_version: 1, scope: "local" }, withhold: ["$added"] },
    ]);
    expect(forwarded[0]?.fields).not.toHaveProperty("sqlite_backend");
  });

  it("an event that is no longer collected is answered with success, and discarded", async () => {
    const { status, forwarded, counted } = await ask(
      contract,
      "/v1/events",
      batch(1, { event: "uninstall", props: { targets: [] } }),
    );
    expect([status, forwarded, counted]).toEqual([204, [], { accepted: 1, dropped_discarded: 1 }]);
  });

  it("what is new is not let in from old clients, and needed from new ones", async () => {
    const newer = { event: "install", props: { targets: ["claude"], scope: "local", kind: "fresh", shell: "zsh" } };
    expect((await ask(contract, "/v1/events", batch(2, newer))).forwarded).toMatchObject([
      { fields: { schema_version: 2, shell: "zsh" } },
    ]);
    expect((await ask(contract, "/v1/events", batch(2, install))).forwarded).toEqual([]);
    const mixed = { event: "install", props: { ...install.props, shell: "zsh" } };
    expect((await ask(contract, "/v1/events", batch(1, mixed))).forwarded[0]?.fields).not.toHaveProperty("shell");
  });

  it.each([3, 0, 1.5, "1", null, "__proto__"])("a version that nobody released is a bad value: %j", async (version) => {
    expect((await ask(contract, "/v1/events", batch(version as number, install))).forwarded).toEqual([]);
  });

  it("says which versions are heard", async () => {
    const generated = await generateWorker(model);
    const { pages } = generated;
    generated.remove();
    const { text } = await ask(contract, "/v1/contract", {}, { pages });
    expect(JSON.parse(text)).toMatchObject({ schema_version: 2, supported: [1, 2] });
  });
});

it("a version that has ended is answered with success, and all of it discarded", async () => {
  const model = released("codegraph", () => undefined);
  const { contract } = await worker({ ...model, ingest: { ...model.ingest, supportedFrom: 2 } });
  const { status, forwarded, counted } = await ask(contract, "/v1/events", batch(1, install, install));
  expect([status, forwarded, counted]).toEqual([204, [], { accepted: 1, dropped_discarded: 2 }]);
  expect((await ask(contract, "/v1/events", batch(2, install))).forwarded).toHaveLength(1);
});

it("a version that has ended may have said whose it is by another name", async () => {
  const model = released("codegraph", (spec) => {
    spec.common.machine = { ...spec.common.machine_id, of: "machine_id" };
    delete spec.common.machine_id;
    delete spec.dashboards;
  });
  const { contract } = await worker({ ...model, ingest: { ...model.ingest, supportedFrom: 2 } });
  const { status, forwarded, counted } = await ask(contract, "/v1/events", batch(1, install));
  expect([status, forwarded, counted]).toEqual([204, [], { accepted: 1, dropped_discarded: 1 }]);
});

describe("where the event itself says its version", async () => {
  const model = released("docglow", (spec) => {
    delete spec.events.command_run.fields.python_version;
  });
  const { contract } = await worker(model);
  const event = {
    instance_id: "5c5a6a39-54bb-4e98-8f3e-5a02e7d7c90e",
    command: "generate",
    result: "success",
    duration_ms: 1,
    docglow_version: "0.7.4",
    platform: "linux",
    adapter_type: null,
    project_shape: { models: 1, sources: 1, seeds: 1, tests: 1, macros: 1 },
    features_used: [],
  };
  it.each([
    ["version 1 with its field", { ...event, schema_version: 1, python_version: "3.12.2" }, 204],
    ["version 1 without it", { ...event, schema_version: 1 }, 400],
    ["version 2 without it", { ...event, schema_version: 2 }, 204],
    ["version 2 with it", { ...event, schema_version: 2, python_version: "3.12.2" }, 400],
  ])("%s", async (_, body, wanted) => {
    const { status, forwarded } = await ask(contract, "/v1/telemetry/events", json(body));
    expect([status, forwarded.length]).toEqual([wanted, wanted === 204 ? 1 : 0]);
    expect(JSON.stringify(forwarded)).not.toContain("python_version");
  });
});

describe("where no version is sent", async () => {
  const model = released("cocoindex", (spec) => {
    spec.common.wheel_kind = { type: "enum", values: ["wheel", "source"], from: "setup", why: "New in version 2." };
    delete spec.events.app_drop;
  });
  const { contract } = await worker(model);
  const facts = { platform: "aarch64-macos", lang: "python3.11" };
  it.each([
    ["today's", { event: "init", ...facts, wheel_kind: "wheel" }, 204, [{ ...facts, wheel_kind: "wheel" }]],
    ["yesterday's", { event: "init", ...facts }, 204, [facts]],
    ["yesterday's, of an event that has gone", { event: "app_drop", ...facts }, 204, []],
    ["nobody's", { event: "init", ...facts, application: "my-app" }, 400, []],
  ])("the newest version that lets it in decides: %s", async (_, body, wanted, kept) => {
    const { status, forwarded } = await ask(contract, "/python-1.0.0", json(body));
    expect([status, forwarded.map(({ fields }) => fields)]).toEqual([wanted, kept]);
  });
});
