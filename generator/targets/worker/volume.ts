import { modeOf } from "../../model/delivery.js";
import type { Event, Model } from "../../model/model.js";
import { reportsEvery } from "../../model/schedule.js";

/** The requests of one active machine in a month, and what was assumed for it. */
export interface Volume {
  /** Requests to the receiver. */
  readonly requests: number;
  /** Events or samples that are stored. */
  readonly events: number;
  /** One line per event or metric: how its share comes about. */
  readonly lines: readonly { readonly name: string; readonly monthly: number; readonly because: string }[];
  readonly requestsBecause: string;
}

/** Nobody can know these from a contract: they are written down, to be replaced by what is measured. */
export const assumed = {
  /** Days in a month on which an active machine is used; what runs by itself runs on all of them. */
  activeDays: 20,
  days: 30,
  /** The number of times that something without a limit happens on such a day, and that a process starts. */
  timesPerDay: 5,
  /** The same where rollups count what is frequent: what is left is rare, and this is for a whole month. */
  rareTimes: 4,
  /** Groups of one rollup in a day: tools or commands that were used at all. */
  groupsPerDay: 8,
  /** Samples of one metric in a report, where it has labels. */
  samplesPerReport: 3,
} as const;

const day = 86_400_000;

export function volumeOf(model: Model): Volume {
  const aDay = (every: number | undefined) => (every === undefined ? 1 : Math.max(1, Math.round(day / every)));
  const most = aDay(reportsEvery(model));
  const metrics = model.metrics.map((metric) => {
    const reports = aDay(metric.schedule?.every);
    const samples = metric.labels.length === 0 || metric.value.type.kind === "const" ? 1 : assumed.samplesPerReport;
    return {
      name: metric.wireName,
      monthly: samples * reports * assumed.days,
      because: `${plural(samples, "sample")} in each of ${reports} reports a day, every day`,
    };
  });
  const rare = model.events.some(({ rollup }) => rollup !== undefined);
  const lines = [...model.events.map((event) => eventLine(event, rare)), ...metrics];
  const events = lines.reduce((sum, { monthly }) => sum + monthly, 0);
  const [requests, requestsBecause] = modeOf(model).requests(model, { ...assumed, events, reportsPerDay: most });
  return { events, lines, requests, requestsBecause };
}

function eventLine(event: Event, rare: boolean): Volume["lines"][number] {
  const { activeDays, groupsPerDay, rareTimes, timesPerDay } = assumed;
  const line = (monthly: number, because: string) => ({ name: event.wireName, monthly, because });
  if (typeof event.rollup?.per === "number")
    return line(groupsPerDay, `${groupsPerDay} groups, each of ${event.rollup.per} calls once a month`);
  if (event.rollup !== undefined)
    return line(groupsPerDay * activeDays, `${groupsPerDay} groups on each of ${activeDays} active days`);
  if (event.schedule !== undefined) {
    const times = Math.max(1, Math.round((day * assumed.days) / event.schedule.every));
    return line(times, `${plural(times, "time")} in ${assumed.days} days, by the clock`);
  }
  const oncePer = event.limit?.forEach.length === 0 ? event.limit.oncePer : undefined;
  if (oncePer === "machine") return line(1, "once per machine; at worst all in the same month");
  if (oncePer === "day") return line(activeDays, `once on each of ${activeDays} active days`);
  if (rare && event.limit === undefined) return line(rareTimes, `${rareTimes} times: what is frequent is in a rollup`);
  const unit = oncePer === "process" ? "processes" : "times";
  return line(timesPerDay * activeDays, `${timesPerDay} ${unit} on each of ${activeDays} active days`);
}

function plural(count: number, word: string): string {
  return count === 1 ? `one ${word}` : `${count} ${word}s`;
}
