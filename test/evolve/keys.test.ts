import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseDocument } from "yaml";
import { classify } from "../../generator/evolve/classify.js";
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
const dated = (from: number) => consent({ epoch_from: { stored: "notice", epochs: { 1: from } } });
const gated = (means: string) => consent({ order: [{ fact: "internal", means }, { stored: "enabled" }] });
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
  ["consent", consent(), consent({ use: "../crash/events.yaml" })],
  ["consent", consent({ use: "../crash/events.yaml" }), consent()],
  ["consent", consent({ use: "../crash/events.yaml" }), consent({ use: "../usage/events.yaml" })],
  ["consent", none("It runs by itself, without anybody."), none("Nobody would ever see a question.")],
  ["consent", consent(), dated(3)],
  ["consent", dated(3), dated(2)],
  ["consent", dated(2), dated(3)],
  ["consent", dated(3), consent()],
  ["consent", gated("It runs at Tool."), gated("It runs at the office.")],
  ["consent.notice", notice(), undefined],
  ["consent.notice", notice(), notice({ only_where: { fact: "ci" } })],
  ["consent.notice", notice({ sends_from: "next-run" }), notice()],
  ["destination", placed({ url: here }), placed({ url: "from-build" })],
  ["destination", placed({ url: "from-build" }), placed({ url: "operator" })],
  ["destination", placed({ url: here }), placed({ url: here, method: "PUT" })],
  ["destination.client_ip", "discarded", { is: "discarded", used_for: "counting requests" }],
  ["destination.client_ip", { is: "discarded", used_for: "limits" }, { is: "discarded", used_for: "a map" }],
  ["delivery", { mode: "immediate" }, { mode: "carried" }],
];

const told = (path: string, before: unknown, after: unknown, text = contract): string => {
  const [was, is] = [before, after].map((value) => {
    const spec = parseDocument(text);
    if (value === undefined) spec.deleteIn(path.split("."));
    else spec.setIn(path.split("."), spec.createNode(value));
    return modelOf(spec.toString({ lineWidth: 0 }), "events.yaml");
  }) as [ReturnType<typeof modelOf>, ReturnType<typeof modelOf>];
  const found = classify(was, is).map(({ id, verdict, sentence }) => `  ${verdict} ${id}: ${sentence}`);
  const said = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
  return `${path}: ${said(before)}\n→ ${said(after)}\n${found.join("\n") || "  UNTOLD"}\n`;
};

it("each is told, and of what kind it is", async () => {
  const all = [
    ...changes.map((one) => told(...one)),
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
