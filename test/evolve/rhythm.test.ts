import { describe, expect, it } from "vitest";
import { RHYTHM } from "../../generator/language/delivery/index.js";
import type { Limit, Sample, Schedule } from "../../generator/model/model.js";

const limit = (oncePer: Limit["oncePer"], ...forEach: string[]): Limit => ({ oncePer, forEach });
const sample = (oneIn: number, by?: string): Sample => ({ oneIn, ...(by === undefined ? {} : { by }) });
const hour = 3_600_000;

describe("a limit lets more through", () => {
  it.each<[Limit | undefined, Limit | undefined, boolean]>([
    [undefined, limit("process"), false],
    [limit("machine"), undefined, true],
    [limit("process"), limit("day"), false],
    [limit("day"), limit("machine"), false],
    [limit("machine"), limit("day"), true],
    [limit(12 * hour), limit("day"), false],
    [limit("day"), limit(12 * hour), true],
    [limit(7 * 24 * hour), limit("day"), true],
    [limit("day"), limit("day", "command"), true],
    [limit("day", "command"), limit("day"), false],
    [limit("day", "command"), limit("day", "client"), true],
    [limit("day", "a"), limit("machine", "a", "b"), true],
  ])("%j → %j: %j", (was, is, more) => expect(RHYTHM.limit.denser(was, is)).toBe(more));
});

describe("a sample lets more through", () => {
  it.each<[Sample | undefined, Sample | undefined, boolean]>([
    [undefined, sample(10), false],
    [sample(10), undefined, true],
    [sample(100), sample(10), true],
    [sample(10), sample(100), false],
    [sample(10), sample(10, "machine_id"), true],
    [sample(10, "machine_id"), sample(10), true],
  ])("%j → %j: %j", (was, is, more) => expect(RHYTHM.sample.denser(was, is)).toBe(more));
});

describe("a schedule lets more through", () => {
  const schedule = (every: number, firstAfter?: number, jitter?: number): Schedule => ({
    every: every * hour,
    ...(firstAfter === undefined ? {} : { firstAfter }),
    ...(jitter === undefined ? {} : { jitter }),
  });
  it.each<[Schedule | undefined, Schedule | undefined, boolean]>([
    [schedule(24), schedule(12), true],
    [schedule(12), schedule(24), false],
    [schedule(24), schedule(24, hour), false],
    [schedule(24, hour), schedule(24), true],
    [schedule(24, undefined, hour), schedule(24), true],
    [undefined, schedule(24), true],
    [schedule(24), undefined, true],
  ])("%j → %j: %j", (was, is, more) => expect(RHYTHM.every.denser(was, is)).toBe(more));
});
