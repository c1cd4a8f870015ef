import type { PlanField } from "../../plan/plan.js";
import { type TimeForm, timeForm } from "../../plan/time-form.js";
import { closedSet } from "../../plan/values.js";
import { Call, type Literal, Name } from "./literal.js";
import { matchData } from "./matches.js";

/** Returns where a value comes from, as the runtime knows it. */
export function sourceData({ from, value }: PlanField): Literal {
  switch (from.kind) {
    case "constant":
    case "call":
      return undefined;
    case "identifier":
      return `identifier:${from.identifier}`;
    case "env":
      return new Call("", [new Name('"env"'), from.env, ...(from.is === undefined ? [] : [matchData(from.is)])]);
    case "os":
    case "arch":
      return from.as === undefined ? from.kind : new Call("", [new Name(`"${from.kind}"`), from.as]);
    case "process-start":
      return STARTS[timeForm(value)];
    case "now":
      return new Call("moment", [timeForm(value)]);
    case "sequence":
      return new Name("sequence");
    case "command":
      return new Call("command_of", (closedSet(value) ?? []) as readonly Literal[]);
    case "each-event":
      return mintData(from.drawn);
    case "setup":
    case "package-version":
    case "schema-version":
    case "node-major":
    case "runtime-version":
      return from.kind;
    default:
      return from satisfies never;
  }
}

/** When the process started, as the runtime says it in each form. */
const STARTS: Readonly<Record<TimeForm, Literal>> = {
  utc: "process-start",
  local: "local-process-start",
  ms: new Call("started", ["ms"]),
  s: new Call("started", ["s"]),
};

function mintData(drawn: Extract<PlanField["from"], { readonly kind: "each-event" }>["drawn"]): Literal {
  if (drawn === "uuid") return new Name("new_uuid");
  if ("least" in drawn) return new Call("new_number", [drawn.least, drawn.most]);
  return new Call(
    "drawn_from",
    drawn.map(({ of, times }) => new Call("", [of, times])),
  );
}
