import * as off from "../../generated/client/off.js";
import * as telemetry from "../../generated/client/telemetry.js";
import * as cozystack from "../../generated/systems/cozystack/client/telemetry.js";
import * as docglow from "../../generated/systems/docglow/client/telemetry.js";

/**
 * Calls that must not compile: each line below an expected error is one. Never run; `calls.test.ts` has the compiler judge it.
 */
export function calls(): void {
  telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" });
  // @ts-expect-error a value that is not in the set
  telemetry.install({ targets: ["claude"], scope: "world", kind: "fresh", sqliteBackend: "native" });
  // @ts-expect-error a missing field
  telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh" });
  // @ts-expect-error a field that is not in the contract
  telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native", path: "/home/ada" });
  // @ts-expect-error a wire name
  telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqlite_backend: "native" });
  // @ts-expect-error a text for a list
  telemetry.uninstall({ targets: "claude" });

  telemetry.index({ languages: ["go"], fileCount: 150, durationSeconds: 4.2, sqliteBackend: "wasm" });
  // @ts-expect-error a range's label: the emitter takes the number
  telemetry.index({ languages: ["go"], fileCount: "100-1k", durationSeconds: 4.2, sqliteBackend: "wasm" });

  telemetry.count("mcp_tool", "codegraph_explore", true, { name: "Claude Code", version: "2.1" });
  telemetry.count("cli_command", "affected", false);
  // @ts-expect-error a kind that is not in the set
  telemetry.count("mcp", "codegraph_explore", true);
  // @ts-expect-error whether it went well is missing
  telemetry.count("cli_command", "affected");
  // @ts-expect-error something else about the client
  telemetry.count("mcp_tool", "codegraph_explore", true, { name: "Claude Code", user: "ada" });
  telemetry.counter("cli_command", "affected").ok();
  // @ts-expect-error a counter counts calls, not amounts
  telemetry.counter("cli_command", "affected").ok(3);
  // @ts-expect-error there is no such event
  telemetry.pageView({});

  docglow.setup({ platform: "BeOS becomes other", pythonVersion: "3.12.2" });
  // @ts-expect-error what is given once is given whole
  docglow.setup({ platform: "linux" });
  const shape = { models: 1, sources: 2, seeds: 3, tests: 4, macros: 5 };
  const run = { command: "generate", result: "success", durationMs: 1, featuresUsed: ["slim"] } as const;
  docglow.commandRun({ ...run, adapterType: null, projectShape: shape });
  // @ts-expect-error null only where the contract says so
  docglow.commandRun({ ...run, adapterType: null, projectShape: shape, durationMs: null });
  // @ts-expect-error an object with a field more
  docglow.commandRun({ ...run, adapterType: null, projectShape: { ...shape, schemas: 1 } });

  cozystack.cozyNodesCount({ os: "linux", kernel: "6.6" }, 3);
  cozystack.cozyLoadbalancersCount(1);
  const info = { cozystackVersion: "v1.0", kubernetesVersion: "v1.31.4", oidcEnabled: "", bundleEnable: "" } as const;
  cozystack.cozyClusterInfo({ ...info, bundleName: "paas-full", bundleDisable: "" });
  // @ts-expect-error the value is always the same
  cozystack.cozyClusterInfo({ ...info, bundleName: "paas-full", bundleDisable: "" }, 2);
  // @ts-expect-error the value is missing
  cozystack.cozyNodesCount({ os: "linux", kernel: "6.6" });
}

/** The twin can stand in the module's place. */
off satisfies typeof telemetry;
