import { modeOf } from "../../model/delivery.js";
import type { Model } from "../../model/model.js";
import { recorded } from "./sent.js";
import type { Case, World } from "./world.js";

/** A program that records and ends in each way there is: its exit code and its output stay its own. */
export function exitCases(model: Model, world: World): readonly Case[] {
  const [event] = model.events;
  const ways = [
    { id: "runs out of work", way: "return", event, expect: { code: 0 } },
    { id: "exits with a code", way: "exit", event, code: 3, expect: { code: 3 } },
    { id: "fails", way: "throw", event, expect: { code: 1 } },
    // Not every language hears signals: where one ends the program, the last counts of a rollup may be lost, and no event is.
    {
      id: "is ended by a signal",
      way: "signal",
      event: model.events.find(({ rollup }) => rollup === undefined),
      expect: { signal: "SIGTERM" },
    },
  ];
  return ways.map(({ id, expect, event, ...way }) => ({
    id,
    ask: "exit",
    given: { ...world, record: event === undefined ? [] : [recorded(model, event)], ...way },
    expect: {
      ...expect,
      // Beside what the contract says there.
      ...(model.consent.notice?.stream === "stdout" ? {} : { stdout: "" }),
      ...(modeOf(model).waits && event !== undefined ? { kept: 1 } : {}),
    },
  }));
}
