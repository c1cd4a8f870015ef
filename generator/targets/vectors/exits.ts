import { modeOf } from "../../model/delivery.js";
import type { Model } from "../../model/model.js";
import { recorded } from "./sent.js";
import type { Case, World } from "./world.js";

/** A program that records and ends in each way there is: its exit code and its output stay its own. */
export function exitCases(model: Model, world: World): readonly Case[] {
  const record = model.events.slice(0, 1).map((event) => recorded(model, event));
  const ways = [
    { id: "runs out of work", way: "return", expect: { code: 0 } },
    { id: "exits with a code", way: "exit", code: 3, expect: { code: 3 } },
    { id: "fails", way: "throw", expect: { code: 1 } },
    { id: "is ended by a signal", way: "signal", expect: { signal: "SIGTERM" } },
  ];
  return ways.map(({ id, expect, ...way }) => ({
    id,
    ask: "exit",
    given: { ...world, record, ...way },
    expect: { ...expect, stdout: "", ...(modeOf(model).waits && record.length > 0 ? { kept: 1 } : {}) },
  }));
}
