import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { joinProgrammes } from "../../generator/spec/join-programmes.js";
import { load } from "../../generator/spec/load.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { docsTarget } from "../../generator/targets/docs/docs.js";
import { plainsight } from "../cli/project.js";
import { temporaryFolder } from "../support/temp-folder.js";

const contract = (product: string, consent: string, rest: string) => `telemetry_spec: 1
product: ${product}
title: Telemetry
summary: What it reports.
schema_version: 1
why: [What breaks.]
never_collected: [Names of files.]
${consent}
destination:
  url: https://telemetry.tool.example/${product}
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Write to us.
${rest}
wire: { format: json, body: { event: $event, $common: , $fields: } }
delivery: { mode: immediate }
history: [{ version: 1, change: First version. }]
`;
const usage = contract(
  "usage",
  `consent:
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { stored: enabled }]
  commands: { disable: { run: tool telemetry off }, enable: { run: tool telemetry on } }
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool }, machine_id: { type: identifier } } }`,
  `identifiers: { machine_id: { identifies: machine, made_from: random, format: { type: uuid }, created: first-send } }
page: [../crash/events.yaml]
common: { machine_id: { type: identifier, why: Counts machines. } }
events: { run: { when: It ran., why: How often. } }`,
);
const crash = (consent: string) =>
  contract("crash", consent, "identifiers: none\nevents:\n  crashed: { when: It crashed., why: What breaks. }");
const folder = temporaryFolder("programmes");
const read = async (name: string) => {
  const { specs } = await load(join(folder, "spec"), "spec", async () => ({ joinProgrammes }));
  const found = specs.find(({ system }) => system === name);
  return {
    text: Buffer.from(found?.bytes ?? "").toString(),
    ...readContract(Buffer.from(found?.bytes ?? "").toString(), found?.source ?? ""),
  };
};

beforeAll(() => {
  for (const name of ["usage", "crash"]) mkdirSync(join(folder, `spec/systems/${name}`), { recursive: true });
  writeFileSync(join(folder, "spec/systems/usage/events.yaml"), usage);
});

test.each(["consent: { use: ../usage/events.yaml }", "consent:\n  use: ../usage/events.yaml"])(
  "%j",
  async (consent) => {
    const written = crash(consent);
    writeFileSync(join(folder, "spec/systems/crash/events.yaml"), written);
    const { model, diagnostics, text } = await read("crash");
    expect(diagnostics).toEqual([]);
    // One consent, one answer, no identifier; and every place of the rest is where it was.
    const {
      at: _,
      use,
      ...shared
    } = JSON.parse(JSON.stringify(model?.consent)) as { at: unknown; use: string; order: { place: unknown }[] };
    expect(use).toBe("../usage/events.yaml");
    expect(shared.order.map(({ place }) => place)).toEqual(
      (await read("usage")).model?.consent.order.map(({ place }) => place),
    );
    expect(model?.consent.stateFile?.keys.map(({ key }) => key)).toEqual(["enabled"]);
    expect(text.indexOf("destination:")).toBe(written.indexOf("destination:"));
    expect(readFileSync(join(folder, "spec/systems/crash/events.yaml"), "utf8")).toBe(written);
    const [page] = docsTarget.generate(model as never) as readonly { readonly text: string }[];
    expect(page?.text).toContain("[`spec/systems/usage/events.yaml`](../usage/TELEMETRY.md)");
    expect(page?.text).toContain("tool telemetry off");
  },
);

test("one that isn't there, or has no consent of its own, is told", async () => {
  for (const use of ["../other/events.yaml", "events.yaml"]) {
    writeFileSync(join(folder, "spec/systems/crash/events.yaml"), crash(`consent: { use: ${use} }`));
    expect((await read("crash")).diagnostics.map(({ code }) => code)).toEqual(["use-unknown"]);
  }
});

test("two files beside each other are compared with the consent that they name", () => {
  writeFileSync(join(folder, "spec/systems/crash/events.yaml"), crash("consent: { use: ../usage/events.yaml }"));
  writeFileSync(
    join(folder, "spec/systems/crash/own.yaml"),
    crash(usage.match(/^consent:\n(?: .*\n)+/m)?.[0].trimEnd() ?? "").replace(", machine_id: { type: identifier }", ""),
  );
  const told = (cwd: string, from: string, to: string) => plainsight(cwd, ["diff", "--from", from, "--to", to]);
  for (const [cwd, to] of [
    [folder, "spec/systems/crash/events.yaml"],
    [join(folder, "spec/systems/crash"), "events.yaml"],
  ] as const) {
    const { code, out } = told(cwd, to.replace("events", "own"), to);
    expect([code, out]).toEqual([0, expect.stringContaining("It has the consent of ../usage/events.yaml")]);
    expect(out).toContain("COLLECTS MORE 1 · COLLECTS LESS 0");
  }
  // Where it isn't there, the finding names it.
  writeFileSync(join(folder, "spec/systems/crash/alone.yaml"), crash("consent: { use: ../nowhere/events.yaml }"));
  const alone = told(folder, "spec/systems/crash/alone.yaml", "spec/systems/crash/events.yaml");
  expect([alone.code, alone.out + alone.err]).toEqual([2, expect.stringContaining("use-unknown")]);
});
