import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type SinkName, sinkNames, sinks } from "../../../generator/language/sinks/index.js";
import { deployPage } from "../../../generator/targets/worker/deploy-page.js";
import { openSink } from "../../../templates/worker/node/open-sink.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { generateWorker, modelOfSystem } from "../generated-worker.js";
import { bundleGenerated } from "../hosts/bundle-generated.js";

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

  it("is opened by the Node host, too", async () => {
    const data = temporaryFolder("sink");
    const sink = { sink: name, add: {}, url: "https://store.example.com/in/" };
    const opening = openSink({ host: "", port: 0, data, spoolMost: 1, sink }, { KEY: "k" });
    const said = await opening.then(
      ({ name }) => name,
      (error: Error) => error.message,
    );
    // The user's own has to be there; everything else is.
    expect(said).toMatch(sinks[name].own === undefined ? /^(?!There is no sink)/ : /own-sink\.js is not here/);
  });
});
