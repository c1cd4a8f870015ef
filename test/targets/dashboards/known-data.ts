import { randomUUID } from "node:crypto";
import type { Entry } from "../../../templates/worker/runtime/sinks/entry.js";

const ada = "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
const bob = "0f0f0f0f-1111-4222-8333-444455556666";

/** A fortnight of CodeGraph, small enough to count by hand. 2026-06-08 and 2026-06-15 are Mondays. */
export const knownData: readonly Entry[] = [
  at("2026-06-08T00:00:00.000Z", "install", ada, "0.9.12", { targets: ["claude", "cursor"], scope: "local" }),
  at("2026-06-14T23:59:59.999Z", "install", bob, "0.9.12", { targets: ["claude"], scope: "global" }),
  at("2026-06-15T00:00:00.000Z", "install", bob, "0.9.13", { targets: [], scope: "global" }),
  at("2026-06-12T12:00:00.000Z", "usage_rollup", ada, "0.9.12", tool("codegraph_explore", 12, "Claude Code")),
  at("2026-06-13T12:00:00.000Z", "usage_rollup", ada, "0.9.12", tool("codegraph_explore", 30, "Claude Code")),
  at("2026-06-16T12:00:00.000Z", "usage_rollup", bob, "0.9.13", tool("codegraph_explore", 9, "Cursor")),
  at("2026-06-16T12:00:00.000Z", "usage_rollup", bob, "0.9.13", tool("codegraph_find", 7)),
  at("2026-06-16T12:00:00.000Z", "usage_rollup", bob, "0.9.13", { kind: "cli_command", name: "index", count: 99 }),
  at("2026-06-17T12:00:00.000Z", "index", bob, "0.9.13", { languages: ["typescript", "go"] }),
  at("2026-06-18T12:00:00.000Z", "index", bob, "0.9.13", { languages: ["go"] }),
  // A worker strips what isn't allowed: an event may come without its list.
  at("2026-06-18T12:00:00.000Z", "index", bob, "0.9.13", {}),
];

/** The rows of CodeGraph's five events, in this order. */
export const expectedRows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  codegraph_dashboard_weekly_active_machines: [
    { week: "2026-06-08", different_machine_id: 2 },
    { week: "2026-06-15", different_machine_id: 1 },
  ],
  codegraph_dashboard_installs_by_target: [
    { targets: "claude", events: 2 },
    { targets: "cursor", events: 1 },
  ],
  codegraph_dashboard_usage_by_tool_client: [
    { name: "codegraph_explore", client_name: "Claude Code", sum_count: 42 },
    { name: "codegraph_explore", client_name: "Cursor", sum_count: 9 },
    { name: "codegraph_find", client_name: null, sum_count: 7 },
  ],
  codegraph_dashboard_version_adoption: [
    { week: "2026-06-08", codegraph_version: "0.9.12", different_machine_id: 2 },
    { week: "2026-06-15", codegraph_version: "0.9.13", different_machine_id: 1 },
  ],
  codegraph_dashboard_languages_indexed: [
    { languages: "go", events: 2 },
    { languages: "typescript", events: 1 },
  ],
};

function at(time: string, event: string, machine_id: string, codegraph_version: string, fields: object): Entry {
  return { id: randomUUID(), event, time, fields: { machine_id, codegraph_version, ci: false, ...fields } };
}

function tool(name: string, count: number, client_name?: string): object {
  return { kind: "mcp_tool", name, count, ...(client_name === undefined ? {} : { client_name }) };
}
