import { describe, expect, it } from "vitest";
import type { Entry } from "../../../templates/worker/runtime/sinks/entry.js";
import { piecesOf } from "../../../templates/worker/runtime/sinks/pieces.js";
import { sendAll } from "../../../templates/worker/runtime/sinks/send-all.js";
import type { Sink } from "../../../templates/worker/runtime/sinks/sink.js";
import { fc } from "../../support/property.js";
import { entry } from "./entries.js";

const many = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => entry(from + index));

/** A backend that is up for so many requests, and answers 400 to a batch with a bad entry in it. */
function backend(up: number, bad: ReadonlySet<string>): Sink & { readonly stored: Entry[] } {
  let requests = 0;
  const stored: Entry[] = [];
  return {
    stored,
    async send(entries) {
      requests += 1;
      if (requests > up) return { kind: "retry", reason: "status 503" };
      if (entries.some((one) => bad.has(one.id)))
        return { kind: "refused", reason: "status 400", because: "one-of-them" };
      stored.push(...entries);
      return { kind: "stored" };
    },
  };
}

describe("sending all", () => {
  it("accounts for every entry, whatever is bad and whenever the backend goes down", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1200),
        fc.nat(40),
        fc.array(fc.nat(1200), { maxLength: 5 }),
        async (size, up, badOnes) => {
          const entries = many(0, size);
          const bad = new Set(badOnes.map((number) => entry(number).id));
          const sink = backend(up, bad);
          const counted = new Map<string, number>();
          const rest = await sendAll(sink, entries, (reason, n) => counted.set(reason, (counted.get(reason) ?? 0) + n));
          expect([...sink.stored, ...rest.refused, ...rest.retry].map(({ id }) => id).sort()).toEqual(
            entries.map(({ id }) => id),
          );
          expect(rest.refused.every(({ id }) => bad.has(id))).toBe(true);
          expect(counted.get("stored") ?? 0).toBe(sink.stored.length);
          // In order: what waits is the end of the list.
          expect(rest.retry.map(({ id }) => id)).toEqual(
            entries.slice(entries.length - rest.retry.length).map(({ id }) => id),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it("doesn't try the rest of it on a backend that is down", async () => {
    let requests = 0;
    const sink: Sink = { send: async () => ({ kind: "retry", reason: String(++requests) }) };
    expect((await sendAll(sink, many(0, 2000), () => {})).retry).toHaveLength(2000);
    expect(requests).toBe(1);
  });

  it("counts what the backend said it would not keep", async () => {
    const counted: [string, number][] = [];
    const sink: Sink = { send: async () => ({ kind: "stored", lost: { reason: "quota_limited", entries: 2 } }) };
    await sendAll(sink, many(0, 2), (reason, n) => counted.push([reason, n]));
    expect(counted).toContainEqual(["quota_limited", 2]);
  });
});

it("pieces hold everything in order, and none is over its limits unless one entry alone is", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300), { maxLength: 60 }), (sizes) => {
      const entries = sizes.map((size, index) => entry(index, { text: "x".repeat(size) }));
      const pieces = piecesOf(entries, { entries: 7, characters: 1000 });
      expect(pieces.flat()).toEqual(entries);
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(7);
        if (piece.length > 1) expect(piece.map((one) => JSON.stringify(one)).join("").length).toBeLessThanOrEqual(1000);
      }
    }),
  );
});
