import { asksIn } from "../language/consent/parts.js";
import type { ModeWord } from "../language/delivery/modes/define.js";
import { modeOf } from "../model/delivery.js";
import { beginsAnew } from "../model/marks.js";
import type { Model } from "../model/model.js";
import { reportsEvery } from "../model/schedule.js";
import type { PlanControl } from "./plan.js";

/** Returns what a program calls beside the emitters: how it asks, and sends. */
export function planControls(model: Model): readonly PlanControl[] {
  const asks = asksIn(model.consent);
  const ask: readonly PlanControl[] =
    asks.length === 0 ? [] : [{ kind: "ask", words: ["ask"], where: asks.map(({ where }) => where) }];
  return [...ask, ...modeOf(model).controls.flatMap((name) => CONTROLS[name](model))];
}

const flush: PlanControl = { kind: "flush", words: ["flush"] };

const CONTROLS: Readonly<Record<ModeWord["controls"][number], (model: Model) => readonly PlanControl[]>> = {
  settle: () => [flush],
  flush: ({ delivery }) => [flush, ...points(delivery.flush)],
  reports: (model) => [
    { kind: "start-reports", words: ["start", "reports"], every: reportsEvery(model) ?? 0, inStep: beginsAnew(model) },
    { kind: "report-once", words: ["report", "once"] },
  ],
};

/** In an order of their own, whatever that of the contract is. */
function points(flush: Model["delivery"]["flush"]): readonly PlanControl[] {
  const at = (point: (typeof flush)[number]["at"]) => flush.find((one) => one.at === point);
  const [start, end, interval, exit] = [at("command-start"), at("command-end"), at("interval"), at("process-exit")];
  return [
    ...(start ? [{ kind: "command-start", words: ["command", "start"], commands: start.commands } as const] : []),
    ...(end
      ? [{ kind: "command-end", words: ["command", "end"], commands: end.commands, wait: end.wait } as const]
      : []),
    ...(interval?.every ? [{ kind: "flush-every", words: ["flush", "every"], every: interval.every } as const] : []),
    ...(exit ? [{ kind: "process-exit", words: ["process", "exit"] } as const] : []),
  ];
}
