import { expect, it } from "vitest";
import { nameBasedUuid, stamp } from "../../../templates/worker/runtime/sinks/entry.js";
import { fc } from "../../support/property.js";
import { usage } from "./entries.js";

const dns = Uint8Array.from([
  0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
]);

it("is RFC 9562's version 5, by its own example", async () => {
  expect(await nameBasedUuid("www.example.com", dns)).toBe("2ed6657d-e927-568b-95e1-2665a8aea6a2");
});

it("an event with a time of its own has one identity however often it comes, and another once anything differs", async () => {
  const [first, again, later] = [
    await stamp([usage], 1),
    await stamp([usage], 2),
    await stamp([{ ...usage, time: "2026-06-13T12:00:00.000Z" }], 1),
  ];
  expect(again).toEqual(first);
  expect(later[0]?.id).not.toBe(first[0]?.id);
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (fields) => {
      const [changed] = await stamp([{ ...usage, fields: { ...usage.fields, ...fields, count: 13 } }], 1);
      expect(changed?.id).not.toBe(first[0]?.id);
    }),
    { numRuns: 50 },
  );
});

it("an event without one is dated by its arrival, and two equal ones stay two", async () => {
  const [one, two] = await stamp(
    [
      { event: "e", fields: {} },
      { event: "e", fields: {} },
    ],
    Date.UTC(2026, 5, 12, 8),
  );
  expect(one).toMatchObject({ event: "e", time: "2026-06-12T08:00:00.000Z", fields: {} });
  expect(one?.id).not.toBe(two?.id);
});
