import { describe, expect, it, vi } from "vitest";
import { inPath } from "../../templates/client/runtime/send/in-path.js";
import type { WorkerContract } from "../../templates/worker/runtime/contract.js";
import { everything } from "../../templates/worker/runtime/everything.js";
import { readPath } from "../../templates/worker/runtime/judge/match-path.js";
import { pathOf, statedIn } from "../../templates/worker/runtime/judge/target.js";
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
    ["/{package}-{version}", false],
    ["/python-1.0.0%20", false],
    ["/Python-1.0.0", false],
    ["/", false],
    [`/python-1.0.0${"a".repeat(8000)}`, false],
  ],
};

const matchesPath = (path: string, contract: Pick<WorkerContract, "path" | "pathFields">) =>
  statedIn(path, contract, everything) !== undefined;

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

it("takes an empty text where the field may be one, and never for an event's own value", () => {
  const isShort = (value: unknown) => /^x?$/.test(String(value));
  const contract = { path: "/in/v-{a}/{$fields.b}", pathFields: { a: isShort } };
  for (const path of ["/in/v-/y", "/in/v-x/y"]) expect(matchesPath(path, contract), path).toBe(true);
  for (const path of ["/in/v-/", "/in/v-x/", "/in/v-z/y", "/in/v-"])
    expect(matchesPath(path, contract), path).toBe(false);
});

it("doesn't look at a long path once more for each of its characters: anybody may send one, and nobody is asked to wait for it", () => {
  const isLetters = (value: unknown) => /^[a-z-]{1,9}$/.test(String(value));
  const contract = { path: "/{a}-{b}", pathFields: { a: isLetters, b: isLetters } };
  const length = 6_000;
  const decode = vi.spyOn(globalThis, "decodeURIComponent");
  for (const unit of ["a-", "1-", "%20-", "%C3%A4-", "%ff-", "-"]) {
    decode.mockClear();
    expect(matchesPath(`/${unit.repeat(length / unit.length)}`, contract)).toBe(false);
    // The first of the two may end in nine places, and what is behind each is read.
    expect(decode.mock.calls.reduce((sum, [text]) => sum + text.length, 0)).toBeLessThanOrEqual(10 * length);
  }
  decode.mockRestore();
});

it.each([
  ["%C3%A4%F0%9F%98%80%E2%82%AC", "ä😀€"],
  ["a%20b'()*!~._-", "a b'()*!~._-"],
  ["%61", undefined],
  ["%c3%a4", undefined],
  ["%C3", undefined],
  ["%ED%A0%80", undefined],
  ["%C0%AF", undefined],
  ["ä", undefined],
  ["a+b", undefined],
])("%s is %s, as the client would have written it", (part, text) => {
  expect(readPath(`/${part}`, { path: "/{$event}", pathFields: {} })).toBe(
    text && new URLSearchParams([["{$event}", text]]).toString(),
  );
});

/** The client's way into the path, and the receiver's way back. */
it.each([
  [
    "/submit/app/{$event}/1/{$fields.id}",
    "%7B%24event%7D=base%20line&%7B%24fields.id%7D=a%2Fb",
    "/submit/app/base%20line/1/a%2Fb",
  ],
  ["/{$event}", "%7B%24event%7D=..%2F..", "/..%2F.."],
  ["/{$fields.a%b}", "%7B%24fields.a%25b%7D=1", "/1"],
])("%s: what an event brings stands in the path, and is read back", (path, query, filled) => {
  expect(inPath(`https://endpoint.example${path}`, `${query}&v=1`)).toBe(`https://endpoint.example${filled}?v=1`);
  expect([...new URLSearchParams(readPath(filled, { path, pathFields: {} }))]).toEqual([...new URLSearchParams(query)]);
});

it("an address of somebody else's keeps in its query what it has no place for", () => {
  expect(inPath("https://proxy.example/t?a=b", "%7B%24event%7D=x")).toBe(
    "https://proxy.example/t?a=b&%7B%24event%7D=x",
  );
  expect(inPath("https://proxy.example/%7B$event%7D", "%7B%24event%7D=x")).toBe("https://proxy.example/x");
});

it("a part that is empty, not escaped as the client does, or too many is another address", () => {
  const contract = { path: "/s/{$event}/{common}", pathFields: { common: (value: unknown) => value === "x" } };
  expect(readPath("/s/a/x", contract)).toBe("%7B%24event%7D=a");
  for (const path of ["/s//x", "/s/a/y", "/s/a/x/", "/s/%61/x", "/s/a/b/x", "/s/%zz/x"])
    expect(readPath(path, contract), path).toBeUndefined();
});
