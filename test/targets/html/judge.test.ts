import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { goldenPayload, goldenSample } from "../../../generator/model/golden.js";
import type { Model } from "../../../generator/model/model.js";
import { rulesOf } from "../../../generator/targets/html/rules.js";
import { printValidation } from "../../../generator/validation/print-validation.js";
import { judge } from "../../../templates/html/judge.js";
import type { Checks, Finding } from "../../../templates/html/rules.js";
import { contract, FIVE } from "../five.js";

/** The page's judgement of a payload, with the very validators that the worker gets. */
async function judgeOf(model: Model) {
  const { checks, validators } = printValidation(model);
  const compiled = (await import(`data:text/javascript,${encodeURIComponent(validators)}`)) as Checks;
  const rules = rulesOf(model, checks);
  return (text: string) => judge(text, rules, compiled);
}

const wrong = (findings: readonly Finding[]) => findings.filter(({ verdict }) => verdict !== "allowed");

/** Reasons of the receiver that are not about the body: size, rate, address, headers, the clock. */
const otherReasons = /rate-limited|oversized|other-package-path|bare-path|old-timestamp|undeclared-cluster-id/;

describe.each(FIVE)("%s", async (product) => {
  const model = contract(product);
  const judged = await judgeOf(model);
  const folder = `test/conformance/fixtures/${product}`;
  const cases = readdirSync(folder).filter(
    (file) =>
      /^(accept|strip|reject)-/.test(file) &&
      existsSync(`${folder}/${file.replace(/\.\w+$/, "")}.expect.json`) &&
      !otherReasons.test(file),
  );

  test("there are cases", () => expect(cases.length).toBeGreaterThan(10));

  test.each(cases)("%s", (file) => {
    const report = judged(readFileSync(`${folder}/${file}`, "utf8"));
    const allowed = "findings" in report && wrong(report.findings).length === 0;
    expect(allowed, JSON.stringify(report)).toBe(file.startsWith("accept-"));
  });

  test("its own examples are allowed", () => {
    for (const event of model.events)
      expect(judged(JSON.stringify(goldenPayload(model, event)))).toEqual({
        findings: expect.not.arrayContaining([
          expect.objectContaining({ verdict: expect.not.stringMatching(/^allowed$/) }),
        ]),
      });
    for (const metric of model.metrics) expect("findings" in judged(goldenSample(metric))).toBe(true);
  });

  test.each([
    "",
    "[]",
    "null",
    '"x"',
    "{",
    "{}",
    '{"__proto__":{}}',
    '{"event":"constructor"}',
    '{"events":[null,1,[],{"event":"__proto__","props":[]}]}',
    'a{b="\\',
    "\u0000",
  ])("never throws: %j", (text) => {
    expect(judged(text)).toBeTypeOf("object");
  });
});

test("each thing that is wrong is named with its place, and what is done about it", async () => {
  const judged = await judgeOf(contract("codegraph"));
  const model = contract("codegraph");
  const install = model.events.find(({ wireName }) => wireName === "install");
  if (install === undefined) throw new Error("no install");
  const golden = goldenPayload(model, install) as { events: { props: object }[] };
  const { scope: _scope, ...props } = (golden.events[0] as { props: { scope: string } }).props;
  const report = judged(
    JSON.stringify({
      ...golden,
      hostname: "h",
      events: [
        { event: "install", ts: "yesterday", props: { ...props, kind: "again", path: "/home" } },
        { event: "keystroke" },
        { props: {} },
      ],
    }),
  );
  expect(
    "findings" in report ? wrong(report.findings).map(({ place, sent, verdict }) => [place, sent, verdict]) : report,
  ).toEqual([
    ["hostname", '"h"', "not on the list"],
    ["events[0].ts", '"yesterday"', "not allowed"],
    ["events[0].props.kind", '"again"', "not allowed"],
    ["events[0].props.path", '"/home"', "not on the list"],
    ["events[0].props.scope", "", "missing"],
    ["events[1].event", '"keystroke"', "not on the list"],
    ["events[2].event", "", "missing"],
  ]);
});

test("a field that is bound to another's value is allowed only beside it", async () => {
  const model = contract("codegraph");
  const judged = await judgeOf(model);
  const rollup = model.events.find(({ wireName }) => wireName === "usage_rollup");
  if (rollup === undefined) throw new Error("no usage_rollup");
  const text = JSON.stringify(goldenPayload(model, rollup));
  const places = (report: ReturnType<typeof judged>) =>
    "findings" in report ? wrong(report.findings).map(({ place, verdict }) => [place, verdict]) : report;
  expect(places(judged(text))).toEqual([]);
  expect(places(judged(text.replace('"mcp_tool"', '"cli_command"')))).toEqual([
    ["events[0].props.client_name", "not on the list"],
    ["events[0].props.client_version", "not on the list"],
  ]);
});
