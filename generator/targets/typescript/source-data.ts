import { type Literal, PureCall } from "../../emit/literal.js";
import { matchCall } from "../../language/consent/matches/index.js";
import type { Field, Match, Model } from "../../model/model.js";
import { planField } from "../../plan/fields.js";
import type { PlanField } from "../../plan/plan.js";
import { timeForm } from "../../plan/time-form.js";
import { closedSet } from "../../plan/values.js";

/** Returns what makes the identifier of an event. */
export function mintOf(model: Model, field: Field): Literal {
  return sourceData(planField(model, field));
}

/** Returns where a field that no caller gives comes from, as the runtime is told. */
export function sourceData({ from, value }: PlanField): Literal {
  switch (from.kind) {
    case "constant":
    case "call":
      return undefined;
    case "identifier":
      return { identifier: from.identifier };
    case "env":
      return from.is === undefined
        ? new PureCall("envText", [from.env])
        : { env: from.env, is: matchCall(from.is as Match) };
    case "os":
    case "arch":
      return from.as === undefined
        ? from.kind
        : new PureCall("machineWord", [{ os: "platform", arch: "arch" }[from.kind], from.as]);
    case "command":
      return new PureCall("commandOf", [...(closedSet(value) ?? [])]);
    case "runtime-version":
      return new PureCall("runtimeVersion");
    case "sequence":
      return new PureCall("sequence");
    case "each-event":
      return mintData(from.drawn);
    case "now":
      return new PureCall("moment", [timeForm(value)]);
    case "process-start":
      return STARTS[timeForm(value)];
    default:
      return from.kind;
  }
}

const STARTS = {
  utc: "process-start",
  local: "local-process-start",
  ms: "process-start-ms",
  s: "process-start-s",
} as const;

function mintData(drawn: Extract<PlanField["from"], { readonly kind: "each-event" }>["drawn"]): Literal {
  if (drawn === "uuid") return new PureCall("newUuid");
  if ("least" in drawn) return new PureCall("newNumber", [drawn.least, drawn.most]);
  return new PureCall(
    "drawn",
    drawn.map(({ of, times }) => [of, times]),
  );
}
