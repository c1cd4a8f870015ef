import { expect, test } from "vitest";
import { grantingRow } from "../../generator/language/consent/table.js";
import { toolContract } from "../support/tool-contract.js";
import { read } from "../targets/five.js";

/** The world in which a product's own tests send everything. */
test.each([
  ["that is one of its words", "[aye]", { "a.yml": { beta: "aye" }, "b.yml": { beta: "aye" } }],
  ["that none of its words for a no is", "{ any_except: [nay] }", { "a.yml": { beta: "1" }, "b.yml": { beta: "1" } }],
])("files grant a part with a text that all of its steps can tell: %s", (_, yes, config) => {
  const { consent } = read(
    toolContract(`
consent:
  model: opt-in
  order: [{ env: TOOL_TELEMETRY, enable_when: truthy }]
  parts:
    beta:
      model: opt-in
      order:
        - { flag: --beta, enable_when: present, only_where: { fact: trying, means: whether it is tried out } }
        - { config: [a.yml, b.yml], key: beta, enable_when: ${yes}, disable_when: [nay] }
events:
  tried: { part: beta, when: Now., why: How often. }
wire: { format: json, body: { event: $event, $common: , $fields: } }
delivery: { mode: immediate }
`),
    "spec/events.yaml",
  );
  expect(grantingRow(consent)).toMatchObject({ enabled: true, config });
});
