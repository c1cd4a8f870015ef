import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createClient, setupClient } from "../../templates/client/runtime/client.js";
import { endingAt, untilDay } from "../../templates/client/runtime/state/until.js";
import { text } from "../../templates/client/runtime/values/values.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([
  ["2026-12-31T23:59:59Z", true],
  ["2027-01-01T00:00:00Z", false],
  ["2030-01-01T00:00:00Z", false],
])("at %s it is there: %s", (now, there) => {
  vi.setSystemTime(new Date(now));
  const client = createClient({ schemaVersion: 1, consent: { order: [] }, timeout: 1 }, {});
  setupClient(client, { host: { now: Date.now } });
  expect(untilDay("2027-01-01")(client, "start", {})).toBe(there);
  expect(untilDay("2027-01-01", () => false)(client, "start", {})).toBe(false);
  const take = endingAt("2027-01-01", text(9));
  expect(take("abc")).toBe(there ? "abc" : undefined);
  // What was recorded before may still leave.
  expect(take("abc", true)).toBe("abc");
});
