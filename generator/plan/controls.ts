import { asksIn } from "../language/consent/parts.js";
import type { Model } from "../model/model.js";
import { inStep, reportsEvery } from "../model/schedule.js";
import type { PlanControl } from "./plan.js";

/** Returns what a program calls beside the emitters: how it asks, and sends. */
export function planControls(model: Model): readonly PlanControl[] {
  const { consent, delivery } = model;
  const asks = asksIn(consent);
  const ask: readonly PlanControl[] =
    asks.length === 0 ? [] : [{ kind: "ask", words: ["ask"], where: asks.map(({ where }) => where) }];
  const flush: PlanControl = { kind: "flush", words: ["flush"] };
  switch (delivery.mode) {
    case "queued":
      return [...ask, flush, ...points(delivery.flush)];
    case "immediate":
      return [...ask, flush];
    // What somebody else's request carries, nobody has to wait for.
    case "carried":
      return ask;
    case "periodic":
      return [
        ...ask,
        {
          kind: "start-reports",
          words: ["start", "reports"],
          every: reportsEvery(model) ?? 0,
          inStep: inStep(model),
        },
        { kind: "report-once", words: ["report", "once"] },
      ];
    default:
      return delivery.mode satisfies never;
  }
}

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
    ...(exit ? [{ kind: "process-exit", words: ["process", "exit"], wait: exit.wait } as const] : []),
  ];
}
