import { expect, it } from "vitest";
import { draftContract } from "../../generator/learn/draft.js";
import { auditText } from "../../generator/learn/report.js";
import { readSample, type Sample } from "../../generator/learn/sample.js";

it("a line of InfluxDB's own form is read: tags are texts, fields are what they are written as", () => {
  const line =
    'command_run,command=install,odd\\ name=a\\,b options="--cask \\"x\\"",count=3i,ok=t,share=0.5 1755873600';
  expect(readSample(line)).toEqual([
    {
      form: "line-protocol",
      payload: {
        event: "command_run",
        command: "install",
        "odd name": "a,b",
        options: '--cask "x"',
        count: 3,
        ok: true,
        share: 0.5,
        time: 1755873600,
      },
    },
  ]);
});

it("what is like it and isn't stays unreadable", () => {
  for (const text of ["a b", "a=b c", "measurement field=", "one,two three"])
    expect(readSample(text)).toHaveProperty("problem");
});

it("a text that holds JSON is said to, and none of it is drafted", () => {
  const samples = readSample('{"event":"run","props":"{\\"login\\":\\"ann\\"}"}') as readonly Sample[];
  const draft = draftContract(samples, () => false);
  expect(auditText(draft)).toContain("JSON in a text");
  expect(draft.text).not.toContain("ann");
});

it.each([
  ["a form that isn't one in the end", `${"a=1&".repeat(60)} x`],
  ["points that aren't in the end", `m ${Array(60).fill('a="x"').join()} zz`],
  ["what nests without end", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
  ["the same in base64", Buffer.from(`${"[".repeat(100_000)}1${"]".repeat(100_000)}`).toString("base64url")],
  ["one line without end", "x".repeat(5_000_000)],
])("is read or not at once, and never thrown over: %s", (_, text) => {
  expect(readSample(text)).toHaveProperty("problem");
});
