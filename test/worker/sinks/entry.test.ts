import { expect, it } from "vitest";
import { stamp } from "../../../templates/worker/runtime/sinks/entry.js";
import { usage } from "./entries.js";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it("every accepted event has an identity of its own, however equal what they say, with a time and without", () => {
  const entries = stamp([usage, usage, { event: "e", fields: {} }, { event: "e", fields: {} }], 1);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(4);
  for (const { id } of entries) expect(id).toMatch(uuid);
});

it("an event keeps its own time; one without is dated by its arrival", () => {
  const now = Date.UTC(2026, 5, 12, 8);
  expect(stamp([usage, { event: "e", fields: { a: 1 } }], now)).toMatchObject([
    usage,
    { event: "e", time: "2026-06-12T08:00:00.000Z", fields: { a: 1 } },
  ]);
});
