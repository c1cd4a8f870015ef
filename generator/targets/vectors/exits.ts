import { modeOf } from "../../model/delivery.js";
import type { Event, Model } from "../../model/model.js";
import { anyTold, isOver, recorded, where } from "./sent.js";
import type { Case, World } from "./world.js";

/** A program that records and ends in each way there is: its exit code and its output stay its own. */
export function exitCases(model: Model, world: World): readonly Case[] {
  // What is sent although telemetry is off never waits, and a first one that is due later isn't there yet.
  const isRecorded = (one: Event) =>
    !isOver(one) && one.schedule?.firstAfter === undefined && one.evenWhenOff === undefined;
  const told = anyTold(model);
  const event = told !== undefined && isRecorded(told) ? told : model.events.find(isRecorded);
  const ways = [
    { id: "runs out of work", way: "return", event, expect: { code: 0 } },
    { id: "exits with a code", way: "exit", event, code: 3, expect: { code: 3 } },
    { id: "fails", way: "throw", event, expect: { code: 1 } },
    // Not every language hears signals: where one ends the program, the last counts of a rollup may be lost, and no event is.
    {
      id: "is ended by a signal",
      way: "signal",
      event: model.events.find((one) => one.rollup === undefined && isRecorded(one)),
      expect: { signal: "SIGTERM" },
    },
  ];
  return ways.map(({ id, expect, event, ...way }) => ({
    id,
    ask: "exit",
    given:
      event === undefined
        ? { ...world, record: [], ...way }
        : { ...where(world, event), record: [recorded(model, event)], ...way },
    expect: {
      ...expect,
      // Beside what the contract says there.
      ...(model.consent.notice?.stream === "stdout" ? {} : { stdout: "" }),
      ...(modeOf(model).waits && event !== undefined ? { kept: 1 } : {}),
    },
  }));
}
