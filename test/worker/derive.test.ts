import { expect, it } from "vitest";
import { derive } from "../../templates/worker/runtime/judge/derive.js";

const now = Date.parse("2026-06-12T12:00:00Z");
const derives = { country: "client-ip", received: "now" } as const;

it.each([
  ["DE", { country: "DE", received: "2026-06-12T12:00:00.000Z" }],
  ["XX", { received: "2026-06-12T12:00:00.000Z" }],
  ["T1", { received: "2026-06-12T12:00:00.000Z" }],
  ["203.0.113.7", { received: "2026-06-12T12:00:00.000Z" }],
  [undefined, { received: "2026-06-12T12:00:00.000Z" }],
])("of the country %s", (country, fields) => {
  const headers = new Headers(
    country === undefined ? {} : { "cf-ipcountry": country, "x-forwarded-for": "203.0.113.7" },
  );
  expect(derive([{ event: "start", fields: { os: "linux" } }], derives, headers, now)).toEqual([
    { event: "start", fields: { os: "linux", ...fields } },
  ]);
});

it("an older version's events go without what it was never told of", () => {
  const [one] = derive([{ event: "start", fields: {}, withhold: ["received"] }], derives, new Headers(), now);
  expect(one?.fields).toEqual({});
});
