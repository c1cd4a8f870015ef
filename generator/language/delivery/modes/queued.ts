import type { ModeWord } from "./define.js";

export const queued: ModeWord = {
  describes: "a queue on the disk",
  waits: true,
  sendsEach: false,
  rides: false,
  reports: false,
  uses: ["puts_back", "queue", "flush", "batch", "rollup"],
  controls: ["flush"],
  sender: ["flush-queue", "flushNow"],
  clients: ["python", "go"],
  rhythm: ({ delivery: { batch } }) =>
    batch === undefined ? [] : [`At most ${batch} ${batch === 1 ? "event goes" : "events go"} in one request.`],
  requests: ({ events }, { timesPerDay, activeDays }) => {
    const perDay = events.some(({ rollup }) => rollup !== undefined) ? 1 : timesPerDay;
    const often = perDay === 1 ? "once" : `${perDay} times`;
    return [perDay * activeDays, `what has queued up is sent together, ${often} on each of ${activeDays} active days`];
  },
};
