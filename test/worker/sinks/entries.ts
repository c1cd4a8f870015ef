import type { SinkContract } from "../../../templates/worker/runtime/contract.js";
import type { Entry } from "../../../templates/worker/runtime/sinks/entry.js";

export const machine = "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

/** A day's count of one tool, as the judgement lets it through. */
export const usage = {
  event: "usage_rollup",
  time: "2026-06-12T12:00:00.000Z",
  fields: {
    machine_id: machine,
    os: "darwin",
    ci: false,
    node_major: 22,
    kind: "mcp_tool",
    name: "codegraph_explore",
    count: 12,
  },
};

export function entry(number: number, fields: Readonly<Record<string, unknown>> = {}): Entry {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return {
    id,
    event: "install",
    time: "2026-06-12T08:00:00.000Z",
    fields: { machine_id: machine, scope: "local", number, ...fields },
  };
}

export function contractOf(sink: Partial<SinkContract>): SinkContract {
  return { sink: "http", add: {}, ...sink };
}
