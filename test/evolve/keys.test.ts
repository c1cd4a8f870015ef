import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseDocument } from "yaml";
import { classify } from "../../generator/evolve/classify.js";
import { ALONE, DECIDES, EDITIONS, GAUGES, TRAVELS, WAITING } from "./further-keys.js";
import { casesFolder, modelOf } from "./read-case.js";

// Keys that come, go or change, one at a time in one contract. `every-leaf.test.ts` can only change what stands somewhere.
const contract = readFileSync(join(casesFolder, "promise-added/head.yaml"), "utf8");
const field = "events.index.fields.full";
const consent = (more = {}) => ({
  model: "opt-out",
  order: [{ env: "DO_NOT_TRACK", disable_when: "truthy" }, { stored: "enabled" }],
  commands: { disable: { run: "tool off" }, enable: { run: "tool on" } },
  state_file: {
    path: "~/.tool/telemetry.json",
    keys: { enabled: { type: "bool" }, notice: { type: "int", max: 9 }, machine_id: { type: "identifier" } },
  },
  ...more,
});
/** It has no key for this contract's identifier, which the other one doesn't know. */
const used = (use: string) =>
  consent({
    use,
    state_file: {
      path: "~/.tool/telemetry.json",
      keys: { enabled: { type: "bool" }, notice: { type: "int", max: 9 } },
    },
  });
const dated = (from: number) => consent({ epoch_from: { stored: "notice", epochs: { 1: from } } });
const gated = (means: string) => consent({ order: [{ fact: "internal", means }, { stored: "enabled" }] });
const steps = (...more: readonly object[]) =>
  consent({ order: [...more, { env: "DO_NOT_TRACK", disable_when: "truthy" }, { stored: "enabled" }] });
const parts = (crash: object) =>
  consent({ parts: { usage: { model: "opt-out", order: [{ env: "U", disable_when: "truthy" }] }, crash } });
const asks = (more = {}) => ({ where: "first run", question: "May we?", preselected: "decline", ...more });
const kept = (file: object) =>
  consent({ state_file: { keys: { enabled: { type: "bool" }, machine_id: { type: "identifier" } }, ...file } });
const adopts = (more: object) => consent({ adopts: [{ from: "~/.old/a.json", key: "a", ...more }] });
const scheduled = (more: object) => ({ why: "How often it is used.", every: "24h", ...more });
const left = (more: object) => ({
  when: "It is turned off.",
  why: "How many do.",
  even_when_off: { reason: "We count.", despite: ["stored"], ...more },
});
const none = (justification: string) => ({ model: "none", justification });
const notice = (more = {}) => ({ when: "before-first-send", stream: "stderr", text: "tool tells.", ...more });
const placed = (place: object) => ({ ...place, operator: { name: "Tool", party: "first" }, client_ip: "discarded" });
const here = "https://telemetry.tool.example/v1/events";
const located = (more = {}) => ({
  ...placed({ url: here }),
  client_ip: { is: "geolocated-then-discarded", used_for: "the country" },
  ...more,
});

const changes: readonly (readonly [path: string, before: unknown, after: unknown])[] = [
  ["legal", undefined, { controller: "Tool Ltd", basis: "consent", rights: "Access.", processors: ["Host"] }],
  ["legal", { controller: "Tool Ltd", basis: "consent", processors: ["Host"] }, undefined],
  ["legal", { controller: "Tool Ltd", basis: "consent" }, { controller: "Other Ltd", basis: "interest" }],
  ["licence", undefined, "CC0-1.0"],
  ["licence", "CC0-1.0", "MIT"],
  ["page", undefined, ["../crash/events.yaml"]],
  [`${field}.owner`, undefined, "core"],
  ["events.index.owner", "core", "web"],
  [`${field}.class`, undefined, "usage"],
  [`${field}.class`, "usage", "personal"],
  ["events.index.class", "usage", undefined],
  [`${field}.purpose`, undefined, "adoption"],
  ["events.index.purpose", "adoption", "marketing"],
  ["events.index.only_where", undefined, { fact: "ci" }],
  ["events.index.only_where", { fact: "ci" }, undefined],
  ["events.index.only_where", { fact: "ci" }, { fact: "internal", means: "It runs at Tool." }],
  ["consent", consent(), used("../crash/events.yaml")],
  ["consent", used("../crash/events.yaml"), consent()],
  ["consent", used("../crash/events.yaml"), used("../usage/events.yaml")],
  ["consent", none("It runs by itself, without anybody."), none("Nobody would ever see a question.")],
  ["consent", consent(), dated(3)],
  ["consent", dated(3), dated(2)],
  ["consent", dated(2), dated(3)],
  ["consent", dated(3), consent()],
  ["consent", gated("It runs at Tool."), gated("It runs at the office.")],
  ["consent.notice", notice(), undefined],
  ["consent.notice", notice(), notice({ only_where: { fact: "ci" } })],
  ["consent.notice", notice({ sends_from: "next-run" }), notice()],
  ["shared", undefined, { machine_id: ["../crash/events.yaml"] }],
  ["shared", { machine_id: ["../crash/events.yaml"] }, { machine_id: ["../usage/events.yaml"] }],
  ["destination", placed({ url: here }), placed({ url: "from-build" })],
  ["destination", placed({ url: "from-build" }), placed({ url: "operator" })],
  ["destination", placed({ url: here }), placed({ url: here, method: "PUT" })],
  [
    "destination",
    placed({ url: here, override: { order: [{ env: "A" }, { env: "B" }] } }),
    placed({ url: here, override: { order: [{ env: "B" }, { env: "A" }] } }),
  ],
  ["destination.client_ip", "discarded", { is: "discarded", used_for: "counting requests" }],
  ["destination.client_ip", { is: "discarded", used_for: "limits" }, { is: "discarded", used_for: "a map" }],
  ["delivery", { mode: "immediate" }, { mode: "carried" }],
  // Who decides.
  [
    "consent",
    steps({ env: "TOOL", disable_when: ["never"], any_case: true }),
    steps({ env: "TOOL", disable_when: ["never"] }),
  ],
  [
    "consent",
    steps({ env: "TOOL", disable_when: ["never"], trimmed: true }),
    steps({ env: "TOOL", disable_when: ["never"] }),
  ],
  [
    "consent",
    steps({ env: "TOOL", disable_when: "falsy", otherwise: "disable" }),
    steps({ env: "TOOL", disable_when: "falsy" }),
  ],
  ["consent", steps({ flag: "--no-telemetry" }), steps()],
  [
    "consent",
    steps({ flag: "--telemetry", disable_when: ["false"] }),
    steps({ flag: "--telemetry", disable_when: ["never"] }),
  ],
  ["consent", steps({ fact: "ci" }), steps()],
  ["consent", steps({ given: "helm", means: "the Helm value" }), steps()],
  ["consent", steps({ given: "helm", means: "the Helm value" }), steps({ given: "helm", means: "another value" })],
  ["consent", steps({ config: "~/.tool/off" }), steps()],
  ["consent", steps({ config: ["a.yml", "a.yaml"], key: "a" }), steps({ config: "a.yml", key: "a" })],
  [
    "consent",
    steps({ config: "~/.toolrc", form: "json", key: "a" }),
    steps({ config: "~/.toolrc", form: "yaml", key: "a" }),
  ],
  [
    "consent",
    steps({ env: "TOOL", disable_when: "truthy" }),
    steps({ env: "TOOL", disable_when: "truthy", only_where: "ci" }),
  ],
  ["consent", consent({ ask: [asks()] }), consent()],
  ["consent", consent({ ask: [asks({ needs: ["terminal"] })] }), consent({ ask: [asks()] })],
  ["consent", consent({ ask: [asks({ only_where: "ci" })] }), consent({ ask: [asks()] })],
  ["consent", consent({ ask: [asks({ when_skipped: "decline" })] }), consent({ ask: [asks()] })],
  ["consent", consent({ ask: [asks()] }), consent({ ask: [asks({ preselected: "accept" })] })],
  ["consent", consent({ commands: { disable: { where: "Settings" }, enable: { run: "tool on" } } }), consent()],
  ["consent", consent(), consent({ commands: { enable: { run: "tool on" } } })],
  ["consent", kept({ path: "~/.tool/t", form: "yaml" }), kept({ path: "~/.tool/t" })],
  ["consent", kept({ path: "~/.tool/t.yaml" }), kept({ path: "~/.tool/t.json" })],
  ["consent", adopts({}), consent()],
  ["consent", consent(), adopts({})],
  ["consent", adopts({ disable_when: ["never", false] }), adopts({})],
  ["consent", adopts({}), adopts({ enable_when: [true, "yes"] })],
  ["consent", adopts({ from: ["~/.old/a.json", "~/.old/b.json"] }), adopts({})],
  ["consent", adopts({ key: "a.b" }), adopts({ key: "a.c" })],
  ["consent", adopts({}), adopts({ epoch_from: { stored: "at", epochs: { 1: "2023-08-25" } } })],
  ["consent", adopts({ identifiers: { machine_id: "id" } }), adopts({})],
  // When.
  ["events.index.every", undefined, "24h"],
  ["events.index.every", "24h", "12h"],
  ["events.index", scheduled({ first_after: "1h" }), scheduled({})],
  ["events.index", scheduled({ jitter: "1h" }), scheduled({})],
  ["events.index.limit", { once_per: "day" }, undefined],
  ["events.index.limit", { once_per: "day" }, { once_per: "12h" }],
  ["events.index.limit", { once_per: "machine" }, { once_per: "process" }],
  ["events.index.sample", { one_in: 100 }, { one_in: 10 }],
  ["events.index.sample", { one_in: 100 }, undefined],
  ["events.index.expires", "2030-01-01", undefined],
  ["events.index.expires", "2030-01-01", "2031-01-01"],
  [`${field}.expires`, "2030-01-01", undefined],
  ["events.index.even_when_off", undefined, { reason: "We count.", despite: ["stored"] }],
  [
    "events.index.even_when_off",
    { reason: "We count.", despite: ["stored"] },
    { reason: "We count.", despite: ["stored", "DO_NOT_TRACK"] },
  ],
  ["events.left", left({ on: "disable" }), left({})],
  // How it travels.
  ["delivery", { mode: "immediate", debug: { env: "D", sends: false } }, { mode: "immediate", debug: { env: "D" } }],
  [
    "delivery",
    { mode: "immediate", debug: { env: "D", sends: false, when_off: true } },
    { mode: "immediate", debug: { env: "D", sends: false } },
  ],
  ["delivery", { mode: "immediate", debug: { env: "D" } }, { mode: "immediate" }],
  ["retired", { since: "2026-01-01", why: "Nobody read it." }, undefined],
  ["retired", undefined, { since: "2026-01-01", why: "Nobody read it." }],
];

const ofParts: typeof changes = [
  [
    "consent",
    parts({ model: "opt-in", needs: "usage", order: [{ env: "C", enable_when: "truthy" }] }),
    parts({ model: "opt-in", order: [{ env: "C", enable_when: "truthy" }] }),
  ],
  [
    "consent",
    parts({ model: "opt-in", order: [{ env: "C", enable_when: "truthy" }] }),
    parts({ model: "opt-out", order: [{ env: "C", disable_when: "truthy" }] }),
  ],
  [
    "consent",
    parts({ model: "opt-in", order: [{ env: "C", enable_when: "truthy" }] }),
    parts({ model: "opt-in", order: [{ env: "C", enable_when: "present" }] }),
  ],
];

const gauges = readFileSync(new URL("../vectors/contracts/gauges.yaml", import.meta.url), "utf8");

const queued = `mode: queued
  queue: { file: ~/.tool/queue, max_size: 64KiB, when_full: drop-oldest }
`;

const told = (path: string, before: unknown, after: unknown, text = contract): string => {
  const [was, is] = [before, after].map((value) => {
    // In YAML 1.1 dates and words such as yes are quoted.
    const spec = parseDocument(text, { version: "1.1" });
    if (value === undefined) spec.deleteIn(path.split("."));
    else spec.setIn(path.split("."), spec.createNode(value));
    return modelOf(spec.toString({ lineWidth: 0 }), "events.yaml");
  }) as [ReturnType<typeof modelOf>, ReturnType<typeof modelOf>];
  const found = classify(was, is).map(({ id, impact, sentence }) => `  ${impact} ${id}: ${sentence}`);
  const said = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
  return `${path}: ${said(before)}\n→ ${said(after)}\n${found.join("\n") || "  UNTOLD"}\n`;
};

it("each is told, and of what kind it is", async () => {
  const all = [
    ...[...changes, ...DECIDES, ...TRAVELS].map((one) => told(...one)),
    ...EDITIONS.map((one) => told(...one, contract.replace("consent_epoch: 1", "consent_epoch: 2"))),
    ...WAITING.map((one) => told(...one, contract.replace("mode: immediate\n", queued))),
    ...ALONE.map((one) =>
      told(
        ...one,
        contract
          .replace(/body:.*\n.*each:.*/, "body: { event: $event, ts: $time, $common: , $fields: }")
          .replace("limits: { body: 64KiB, events: 100 }", "limits: { body: 64KiB }"),
      ),
    ),
    ...GAUGES.map((one) => told(...one, gauges)),
    ...ofParts.map((one) => told(...one, withParts())),
    // What is worked out of a request, where the address may be used.
    ...[
      [undefined, { country: { from: "client-ip" } }],
      [{ country: { from: "client-ip" } }, undefined],
    ].map(([was, is]) => told("ingest.derives", was, is, withDestination())),
  ];
  expect(all.filter((one) => one.includes("UNTOLD"))).toEqual([]);
  await expect(all.join("\n")).toMatchFileSnapshot("keys.txt");
});

function withDestination(): string {
  const spec = parseDocument(contract);
  spec.set("destination", spec.createNode(located()));
  return spec.toString({ lineWidth: 0 });
}

function withParts(): string {
  const spec = parseDocument(contract);
  spec.setIn(["events", "index", "part"], "crash");
  spec.setIn(["events", "install", "part"], "usage");
  return spec.toString({ lineWidth: 0 });
}
