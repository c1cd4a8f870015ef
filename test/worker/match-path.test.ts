import { describe, expect, it } from "vitest";
import { matchesPath, pathOf } from "../../templates/worker/runtime/judge/match-path.js";
import { generateWorker, modelOfSystem } from "./generated-worker.js";

const paths: Readonly<Record<string, readonly (readonly [path: string, matches: boolean])[]>> = {
  codegraph: [
    ["/v1/events", true],
    ["/v1/events?x=1", true],
    ["/v1/events#x", true],
    ["/v1/events/", false],
    ["/v1/events/..", false],
    ["/x/../v1/events", false],
    ["/v1/%65vents", false],
    ["//v1/events", false],
    ["/", false],
    ["", false],
  ],
  cocoindex: [
    ["/python-1.0.0a1", true],
    ["/python-1.0.0", true],
    ["/python-1.0.0-alpha48", true],
    ["/ruby-1.0.0", false],
    ["/python-", false],
    ["/-1.0.0", false],
    ["/python-1.0.0/", false],
    ["/python-1.0.0/x", false],
    ["/python-192.168.0.1", false],
    ["/python-1.0.0%20", false],
    ["/Python-1.0.0", false],
    ["/", false],
    [`/python-1.0.0${"a".repeat(8000)}`, false],
  ],
};

describe.each(Object.entries(paths))("the path of %s", async (system, cases) => {
  const { contract, remove } = await generateWorker(modelOfSystem(system));
  remove();
  it.each(cases)("%s: %s", (path, matches) => {
    expect(matchesPath(pathOf(`https://endpoint.example${path}`), contract)).toBe(matches);
  });
});

it("tries every place where one placeholder may end and the next begin", () => {
  const isLetters = (value: unknown) => /^[a-z-]{1,9}$/.test(String(value));
  const contract = { path: "/t/{a}-{b}.json", pathFields: { a: isLetters, b: isLetters } };
  for (const path of ["/t/x-y.json", "/t/x-y-z.json", "/t/-----.json"])
    expect(matchesPath(path, contract), path).toBe(true);
  for (const path of ["/t/xy.json", "/t/x-.json", "/t/x-y/json", "/t/x-y.json.", "/t/X-y.json"])
    expect(matchesPath(path, contract), path).toBe(false);
});
