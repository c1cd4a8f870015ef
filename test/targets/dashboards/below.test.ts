import { expect, test } from "vitest";
import { readContract } from "../../../generator/spec/read-contract.js";
import { dashboardFiles } from "../../../generator/targets/dashboards/dashboards.js";
import { specWith } from "../../spec/sample-spec.js";

/** Objects are asked for by the way to them. */
const events = `  ran:
    when: Once.
    why: To see.
    fields:
      properties:
        type: object
        why: W.
        fields:
          command: { type: enum, values: [a, "it's"] }
          more: { type: object, fields: { "a.b": { type: int, example: 1 } } }
`;

const withDashboards = (entries: string) => `${specWith(events)}dashboards: [${entries}]\n`;

test("views and insights reach into objects", () => {
  const { model, diagnostics } = readContract(
    withDashboards(
      "{ title: by command, of: ran, by: [properties.command] }, { title: sum, of: ran, sum: properties.more.a.b }",
    ),
    "events.yaml",
  );
  expect(diagnostics).toEqual([]);
  if (model === undefined) return;
  const files = new Map(dashboardFiles(model).map(({ path, text }) => [path, text]));
  expect(files.get("dashboards/views.sqlite.sql")).toContain(
    `fields ->> '$."properties"."command"' AS "properties.command"`,
  );
  expect(files.get("dashboards/views.sqlite.sql")).toContain(`sum(fields ->> '$."properties"."more"."a.b"')`);
  expect(files.get("dashboards/views.postgres.sql")).toContain(`fields -> 'properties' ->> 'command'`);
  expect(files.get("dashboards/views.postgres.sql")).toContain(
    `sum((fields -> 'properties' -> 'more' ->> 'a.b')::numeric)`,
  );
  const insights = files.get("dashboards/posthog.json") ?? "";
  expect(insights).toContain("properties.`properties`.`command`");
  expect(insights).toContain("sum(toFloat(properties.`properties`.`more`.`a.b`))");
});

test("what isn't there is found there, too", () => {
  const { diagnostics } = readContract(
    withDashboards("{ title: one, of: ran, by: [properties.comand] }"),
    "events.yaml",
  );
  expect(diagnostics.map(({ code, hint }) => [code, hint?.slice(0, 36)])).toEqual([
    ["dashboard-unknown", 'did you mean "properties.command"? F'],
  ]);
});
