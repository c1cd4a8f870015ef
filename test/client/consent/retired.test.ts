import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pairUp } from "../../../generator/evolve/pair.js";
import { eventRules } from "../../../generator/evolve/rules/events.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { ask, json } from "../../worker/collecting-host.js";
import { generateWorker, modelOf } from "../../worker/generated-worker.js";
import { programOf } from "./program.js";

const codegraph = readFileSync("spec/events.yaml", "utf8");
const retired = codegraph.replace(
  "\nconsent:",
  '\nretired: { since: "2026-06-01", why: The last release is out. }\nconsent:',
);

test("a retired product's client does nothing, whatever anybody says", async () => {
  const program = await programOf(retired);
  for (const env of [{}, { CODEGRAPH_TELEMETRY: "1" }]) {
    const one = await program.start({ env });
    one.telemetry["install"]?.({ targets: ["claude"], scope: "local", kind: "fresh" } as never);
    one.telemetry["count"]?.("mcp_tool" as never, "search" as never, true as never);
    await one.flush();
    expect([one.requests, one.file(".codegraph"), one.telemetry["enabled"]?.()]).toEqual([[], undefined, false]);
  }
});

test("what old clients still send is answered with success, and discarded", async () => {
  const model = { ...modelOf(retired), frozen: [] };
  const { contract, remove } = await generateWorker(model);
  remove();
  const body = json({
    machine_id: "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
    codegraph_version: "0.9.12",
    os: "darwin",
    arch: "arm64",
    node_major: 22,
    ci: false,
    schema_version: 1,
    events: [
      { event: "install", props: { targets: ["claude"], scope: "local", kind: "fresh", sqlite_backend: "native" } },
    ],
  });
  const { status, forwarded } = await ask(contract, "/v1/events", body);
  expect([status, forwarded]).toEqual([204, []]);
});

test("the page says it first", () => {
  const page = docsTarget.generate(modelOf(retired)).find(({ path }) => path.endsWith(".md"))?.text ?? "";
  expect(page.split("\n").slice(0, 8).join("\n")).toContain(
    "**Retired.** Since 2026-06-01 nothing is sent any more: The last release is out.",
  );
  expect(page).not.toContain("On by default");
});

test("ending it is less, and beginning again is more", () => {
  const [before, after] = [modelOf(codegraph), modelOf(retired)];
  const told = (pair: ReturnType<typeof pairUp>) =>
    eventRules.flatMap(({ id, find }) => find(pair).map(({ sentence }) => `${id}: ${sentence}`));
  expect(told(pairUp(before, after))).toEqual(["event-retired: Nothing is reported any more, since 2026-06-01."]);
  expect(told(pairUp(after, before))).toEqual(["event-added: It reports again; it was retired since 2026-06-01."]);
});
