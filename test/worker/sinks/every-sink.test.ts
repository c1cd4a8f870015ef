import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type SinkName, sinkNames, sinks } from "../../../generator/language/sinks/index.js";
import { deployPage } from "../../../generator/targets/worker/deploy-page.js";
import { emptyFolder, plainsight } from "../../cli/project.js";
import { generateWorker, modelOfSystem } from "../generated-worker.js";
import { bundleGenerated } from "../hosts/bundle-generated.js";
import { startNode } from "../hosts/start-node.js";

const model = modelOfSystem("codegraph");
const into = (sink: SinkName) => ({
  ...model,
  ingest: {
    ...model.ingest,
    forwardTo: { sink, add: {}, backendSettings: [], url: "https://store.example.com/in/", secret: "KEY" },
  },
});

describe.each(sinkNames)("the sink %s", (name) => {
  it("has a worker that bundles, and a page that says how to run it", async () => {
    const worker = await generateWorker(into(name), { withRuntime: true });
    const { own, export: exported } = sinks[name];
    if (own !== undefined) writeFileSync(join(worker.folder, `worker/${own}.js`), "export const send = () => {};\n");
    expect(await bundleGenerated(join(worker.folder, "worker"))).toContain(exported);
    worker.remove();
    const page = deployPage(into(name));
    for (const title of ["The backend", "Retention", "Deletion requests"]) expect(page).toContain(`\n## ${title}\n`);
  });

  it("is opened by the Node host, too, which has no other", async () => {
    const worker = await generateWorker(into(name), { withRuntime: true });
    const script = await bundleGenerated(join(worker.folder, "worker"), "node.mjs");
    writeFileSync(join(worker.folder, "node.mjs"), script);
    const starting = startNode(worker.folder, { KEY: "k", TELEMETRY_DATA: join(worker.folder, "data") });
    const said = await starting.then(
      (host) => host.kill("SIGTERM").then(() => host.output()),
      (error: Error) => error.message,
    );
    // The user's own has to be there; everything else is.
    const { own, queued } = sinks[name];
    const stored = queued
      ? new RegExp(`events go to ${name} https://store.example.com\n`)
      : /events go to .*events\.\w+\n/;
    expect(said).toMatch(own === undefined ? stored : /own-sink\.js is not here/);
    const others = sinkNames.filter((other) => sinks[other].queued && other !== name);
    expect(others.filter((other) => script.includes(`${sinks[other].file}.ts`))).toEqual([]);
    worker.remove();
  });
});

it("Postgres has a host that starts as gen wrote it: what only Workers can load isn't in a file that Node loads", async () => {
  const folder = emptyFolder();
  plainsight(folder, ["init", "--yes"]);
  const spec = join(folder, "spec/events.yaml");
  const text = readFileSync(spec, "utf8");
  writeFileSync(spec, text.replace(/^ingest: \{\}$/m, "ingest: { forward_to: { sink: postgres, secret: KEY } }"));
  expect(plainsight(folder, ["gen", "--language", "js"])).toMatchObject({ code: 0 });
  const env = { KEY: "postgres://a:b@127.0.0.1:1/x", TELEMETRY_DATA: join(folder, "data") };
  const host = await startNode(join(folder, "generated/worker"), env);
  expect(host.output()).toContain("events go to postgres");
  await host.kill("SIGTERM");
});
