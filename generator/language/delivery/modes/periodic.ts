import { inStep, reportsEvery } from "../../../model/schedule.js";
import { everyInWords } from "../define.js";
import type { ModeWord } from "./define.js";

export const periodic: ModeWord = {
  describes: "metrics by the clock",
  waits: false,
  sendsEach: false,
  rides: false,
  reports: true,
  uses: [],
  controls: ["reports"],
  sender: ["deliver-report", "deliverReport"],
  clients: ["python", "go"],
  rhythm: (model) => {
    const every = reportsEvery(model);
    if (every === undefined) return ["A report is sent from time to time."];
    return [
      inStep(model)
        ? `A report is sent every ${everyInWords(every)}.`
        : "A report is sent when one of its metrics is due; it holds the metrics that are due.",
    ];
  },
  requests: (_, { reportsPerDay, days }) => [reportsPerDay * days, `${reportsPerDay} reports a day, every day`],
};
