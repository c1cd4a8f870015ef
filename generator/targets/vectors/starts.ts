import { beginsAnew } from "../../model/marks.js";
import type { Metric, Model } from "../../model/model.js";
import { isOver, sampleOf, where } from "./sent.js";
import type { Case, World } from "./world.js";

const year = 365 * 86_400_000;

/** A program that is started again and again on one machine: which of its starts report a metric, where the time of the last is kept. */
export function startCases(model: Model, world: World): readonly Case[] {
  return beginsAnew(model)
    ? []
    : model.metrics.filter((one) => !isOver(one)).flatMap((metric) => casesOf(model, metric, world));
}

function casesOf(model: Model, metric: Metric, world: World): readonly Case[] {
  const { every, firstAfter = 0, jitter = 0 } = metric.schedule ?? { every: year };
  const first = world.now + (firstAfter === 0 ? 0 : firstAfter + jitter);
  // The start that notes when the first one is due, where that isn't at once.
  const noted = firstAfter === 0 ? [] : [[world.now, 0] as const];
  const one = (what: string, ...starts: readonly (readonly [at: number, reports: number])[]): Case => {
    const all = [...noted, ...starts];
    return {
      id: `${metric.wireName}: ${what}`,
      ask: "starts",
      given: { ...where(world, metric), samples: [sampleOf(model, metric)], starts: all.map(([at]) => at) },
      expect: { reports: all.map(([, reports]) => reports) },
    };
  };
  const next = first + every + jitter;
  return [
    one("a restart changes nothing", [first, 1], [first + 1, 0], [first + every - 1, 0], [next, 1], [next + 1, 0]),
    one("a clock that is set forward is one report", [first, 1], [first + 10 * year, 1], [first + 10 * year + 1, 0]),
    one(
      "a clock that is set back is waited for once, and no longer",
      [first + 10 * year, 1],
      [first, 0],
      [first + every - 1, 0],
      [next, 1],
    ),
    ...(firstAfter === 0 ? [] : [one("the first one waits", [world.now + firstAfter - 1, 0], [first, 1])]),
  ];
}
